import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Client } from "./client";
import type { Made, Person } from "./kept";
import { Roster } from "./roster";
import { learnTraditional } from "./search";
import type { Setup, Visit } from "./setup";
import { openStore } from "./store";

learnTraditional("");
const VISIT: Visit = [7, 1, null, 4, false];
const person: Person = {
  id: 7, name: "单国嘉", name_en: "", pinyin: "shan guo jia", company: "朗捷", company_label: "朗捷", company_pinyin: "lang jie",
  company_id: 4, kind: "sme", role: "delegate", remote: false, walk_in: false, gone: false, badges: [], revoked: [],
  state: "expected", since: null, scan: null, gate: "", device: "", title: "总经理", last4: "0102", received_by: "尹磊国",
};
const made: Made = { id: "s", kind: "table", at: "2026-11-28T04:00:00.000Z", name: "", company: "", outcome: "accepted", sent: true, visit: VISIT };

let number = 0;

/** A roster as a server told it at that time, to a table station that has been visited. */
async function told(server_time: string, visits: Visit[]) {
  const store = await openStore(`roster-${++number}`);
  const event = { rounds: [], tables: [], meetings: [], seats: {}, walk_in_companies: [], visits } as unknown as Setup;
  const body = { cursor: "5-abc", full: true, event, people: [person], server_time };
  const client: Client = {
    get: async () => ({ kind: "answered", took: 1, body: body as never }),
    post: async () => ({ kind: "silent" }),
  };
  const roster = new Roster(store);
  await roster.refresh(client, new Set());
  return { store, roster, client };
}

test("a station that becomes a gate knows no title and no digits of a phone from then on, nor does its disk", async () => {
  const { store, roster } = await told("2026-11-28T03:00:00Z", []);
  assert.deepEqual(roster.index.find("0102"), [7]);
  await roster.startOver(false);
  assert.deepEqual([roster.cursor, roster.index.find("0102"), roster.index.find("单")], ["", [], [7]]);
  const again = new Roster(store);
  await again.load();
  assert.deepEqual([again.cursor, again.isLoaded], ["", true]);
  for (const known of [...roster.people.values(), ...(await store.getAll("people"))]) {
    assert.deepEqual([known.name, known.title, known.last4, known.received_by], ["单国嘉", undefined, undefined, undefined]);
  }
});

test("a visit that the server does not tell of any more does not come back when the page is opened again", async () => {
  for (const [server_time, stands] of [["2026-11-28T05:00:00Z", false], ["2026-11-28T03:00:00Z", true]] as const) {
    const { store } = await told(server_time, []);
    await store.put("made", made);
    const again = new Roster(store);
    await again.load();
    assert.equal(again.visits.has(7, 1, undefined), stands);
  }
});

test("who moved while the roster was under way stays where this tablet saw them", async () => {
  const { store, roster, client } = await told("2026-11-28T03:00:00Z", []);
  const slow: Client = {
    ...client,
    get: async (...call) => {
      roster.move(roster.people.get(7)!, { state: "arrived", since: made.at, scan: "s", gate: "", device: "North 1" });
      return client.get(...call);
    },
  };
  await roster.refresh(slow, new Set());
  assert.equal(roster.people.get(7)!.state, "arrived");
  assert.equal((await store.get("people", 7))!.state, "arrived");
});

test("until it was told who is registered, and once it had to forget them, it knows of nobody that they are unknown", async () => {
  const { store, roster } = await told("2026-11-28T03:00:00Z", []);
  assert.equal(new Roster(store).isLoaded, false);
  await roster.expire();
  const again = new Roster(store);
  await again.load();
  assert.deepEqual([roster.isLoaded, again.isLoaded], [false, false]);
});
