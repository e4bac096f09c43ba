import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Aside } from "./aside";
import type { Answer, Client } from "./client";
import { newId } from "./codes";
import type { Result, Settled } from "./answers";
import type { Made, Scan } from "./kept";
import { Outbox } from "./outbox";
import { Queue } from "./queue";
import { openStore, wipe, type Store } from "./store";

const AT = "2025-06-18T05:42:07.120Z";
let number = 0;

async function fresh(): Promise<Store> {
  return openStore(`test-${++number}`);
}

function scan(): Scan {
  return { id: newId(), kind: "in", at: AT, badge: "7KQ2M9XWJ4TPA3HD" };
}

function shown(from: Scan): Made {
  return { id: from.id, kind: from.kind, at: from.at, name: "尹磊国", company: "泓辰", outcome: "accepted", sent: false };
}

/** A server that keeps what it took, and may fail to answer although it took it. */
class Server {
  taken: string[] = [];
  up = true;
  loses = 0;
  refuses: Answer<never> | undefined;
  client: Client = {
    get: async () => ({ kind: "silent" }),
    post: async (_path, body) => {
      if (!this.up) return { kind: "silent" };
      if (this.refuses) return this.refuses;
      const scans = (body as { scans: Scan[] }).scans;
      for (const { id } of scans) if (!this.taken.includes(id)) this.taken.push(id);
      if (this.loses-- > 0) return { kind: "silent" };
      const results: Result[] = scans.map(({ id }) => ({ id, outcome: "accepted", message: "" }));
      return { kind: "answered", took: 1, body: { results, server_time: AT } as never };
    },
  };
}

type Tablet = Pick<Queue, "add" | "told" | "waiting"> & Pick<Outbox, "drain"> & { heard: string[] };

async function outboxWith({ client }: { client: Client }, store: Store): Promise<Tablet> {
  const queue = new Queue(store, () => ({ event: "forum", id: 1 }), () => ({ off: 0, heard: 0 }));
  const heard: string[] = [];
  const answered = (settled: Settled[]) => void heard.push(...settled.map(({ result: { id, outcome } }) => `${id} ${outcome}`));
  const outbox = new Outbox(queue, new Aside(store, queue), client, { answered, registered: () => undefined });
  return { heard, add: (...all) => queue.add(...all), told: (...all) => queue.told(...all), waiting: () => queue.waiting(), drain: () => outbox.drain() };
}

test("what waits is handed in in order, and also what comes meanwhile", async () => {
  const server = new Server(), store = await fresh(), outbox = await outboxWith(server, store);
  const scans = Array.from({ length: 450 }, scan);
  for (const each of scans.slice(0, 440)) await outbox.add(each, shown(each));
  const draining = outbox.drain();
  for (const each of scans.slice(440)) await outbox.add(each, shown(each));
  assert.equal(await draining, "done");
  await outbox.drain();
  assert.deepEqual(server.taken, scans.map(({ id }) => id));
  assert.equal((await outbox.waiting()).count, 0);
});

test("without a connection everything stays, also when the app starts again", async () => {
  const server = new Server(), store = await fresh(), outbox = await outboxWith(server, store);
  server.up = false;
  const one = scan();
  await outbox.add(one, shown(one));
  assert.equal(await outbox.drain(), "silent");
  const again = await outboxWith(server, store);
  const { count, since } = await again.waiting();
  assert.deepEqual([count, since], [1, AT]);
  server.up = true;
  assert.equal(await again.drain(), "done");
  assert.deepEqual(server.taken, [one.id]);
});

test("an answer that was lost is asked for again and nothing is twice", async () => {
  const server = new Server(), store = await fresh(), outbox = await outboxWith(server, store);
  server.loses = 1;
  const one = scan();
  await outbox.add(one, shown(one));
  assert.equal(await outbox.drain(), "silent");
  assert.equal(await outbox.drain(), "done");
  assert.deepEqual(server.taken, [one.id]);
});

test("a revoked station forgets people and keeps what was not handed in", async () => {
  const server = new Server(), store = await fresh(), outbox = await outboxWith(server, store);
  server.refuses = { kind: "refused", status: 401, error: "revoked", message: "" };
  const one = scan();
  await outbox.add(one, shown(one));
  assert.deepEqual(await outbox.drain(), { status: 401, error: "revoked" });
  await wipe(store);
  assert.equal(await store.count("made"), 0);
  assert.equal((await outbox.waiting()).count, 1);
});

test("what was told and what the server found is shown when it differs", async () => {
  const server = new Server(), store = await fresh(), outbox = await outboxWith(server, store);
  const one = scan();
  await outbox.add(one, { ...shown(one), outcome: "already" });
  await outbox.told(one.id, "already");
  await outbox.drain();
  assert.equal((await store.get("made", one.id))?.differs, "accepted");
});

test("a scan that cannot be kept says so", async () => {
  const server = new Server(), store = await fresh(), outbox = await outboxWith(server, store);
  store.close();
  const one = scan();
  await assert.rejects(outbox.add(one, shown(one)));
});

test("a walk-in waits for its turn, and one that is refused makes way and keeps what was typed", async () => {
  const store = await fresh();
  const paths: string[] = [];
  const walkIn = { company: "新到科技", name: "贺新来", title: "", phone: "", wishes: [{ host: 1, interest: 5 }] };
  const client: Client = {
    get: async () => ({ kind: "silent" }),
    post: async (path, body) => {
      paths.push(path);
      if (path === "walk-ins") return { kind: "refused", status: 422, error: "invalid", message: "no" };
      const results = (body as { scans: Scan[] }).scans.map(({ id }) => ({ id, outcome: "accepted", message: "" }));
      return { kind: "answered", took: 1, body: { results, server_time: AT } as never };
    },
  };
  const outbox = await outboxWith({ client }, store);
  const entries: Scan[] = [scan(), { id: newId(), kind: "in", at: AT, walk_in: walkIn }, scan()];
  for (const each of entries) await outbox.add(each, shown(each));
  assert.equal(await outbox.drain(), "done");
  assert.deepEqual(paths, ["scans", "walk-ins", "scans"]);
  const kept = await store.get("made", entries[1]!.id);
  assert.deepEqual([kept?.differs, kept?.refused?.walk_in], ["invalid", walkIn]);
  // Whoever was told that they are in hears otherwise, on the screen too.
  assert.deepEqual(outbox.heard, entries.map(({ id, walk_in }) => `${id} ${walk_in ? "invalid" : "accepted"}`));
});
