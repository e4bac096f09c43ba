import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { decide, seatAt, type Facts, type Meeting, type Place, type Slot } from "./checkin-rule";

interface Cases {
  decisions: { name: string; facts: Facts; expect: object }[];
  rounds: Slot[];
  seats: { name: string; at: string; table: number; meetings: Meeting[]; expect: Place }[];
}
const file = join(process.env["EVENTDAY_TESTS"]!, "registration/checkin_cases.json");
const cases = JSON.parse(readFileSync(file, "utf-8")) as Cases;

for (const { name, facts, expect } of cases.decisions) {
  test(`a scan is decided: ${name}`, () => assert.deepEqual(decide(facts), expect));
}
for (const { name, at, table, meetings, expect } of cases.seats) {
  test(`a company's place: ${name}`, () => {
    const moment = Date.parse(`2025-06-18T${at}:00+08:00`);
    assert.deepEqual(seatAt(table, meetings, cases.rounds, moment), expect);
  });
}
