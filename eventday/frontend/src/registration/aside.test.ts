import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Aside } from "./aside";
import type { Scan } from "./kept";
import { madeOf, Queue } from "./queue";
import { openStore, wipe } from "./store";

const walk_in = { company: "新到科技", name: "贺新来", title: "经理", phone: "13800138000", wishes: [{ host: 1, interest: 5 }] };
const SCAN: Scan = { id: "1", kind: "in", at: "2025-06-18T05:42:07.120Z", walk_in };
const ORDINARY: Scan = { id: "2", kind: "in", at: SCAN.at, badge: "7KQ2M9XWJ4TPA3HD", told: "accepted" };

let number = 0;

async function fresh() {
  const store = await openStore(`aside-${++number}`);
  const queue = new Queue(store, () => ({ event: "forum", id: 3 }), () => ({ off: 3600_000, heard: 0 }));
  return { store, queue, aside: new Aside(store, queue) };
}

test("what was set aside stays whole through another pairing, and goes once more when it may be taken", async () => {
  const { store, queue, aside } = await fresh();
  await queue.add(SCAN, madeOf(SCAN));
  await aside.put((await queue.next(10))[0]!, "no desk");
  assert.equal((await queue.waiting()).count, 0);
  await wipe(store);
  const [kept] = await aside.all();
  assert.deepEqual([kept!.refused.walk_in, kept!.refused.by, kept!.message, kept!.saved], [walk_in, 3, "no desk", undefined]);
  await aside.saved([kept!]);
  assert.equal((await aside.all())[0]!.saved, true);
  await aside.retry();
  assert.deepEqual(await aside.all(), []);
  assert.deepEqual((await queue.next(10)).map(({ scan }) => [scan.id, scan.walk_in]), [["1", walk_in]]);
});

test("what the server found otherwise stays in sight through another pairing; the rest of the last scans goes", async () => {
  const { store, queue } = await fresh();
  for (const scan of [ORDINARY, { ...ORDINARY, id: "3" }]) await queue.add(scan, madeOf(scan));
  const entries = await queue.next(10);
  await queue.settle(entries, [{ id: "2", outcome: "revoked", message: "" }, { id: "3", outcome: "accepted", message: "" }]);
  await wipe(store);
  assert.deepEqual((await store.getAll("made")).map(({ id, differs }) => [id, differs]), [["2", "revoked"]]);
});

test("times are told as the server has them, whatever the tablet's clock said", async () => {
  const { queue } = await fresh();
  await queue.add(ORDINARY, madeOf(ORDINARY));
  assert.equal((await queue.waiting()).since, "2025-06-18T04:42:07.120Z");
});
