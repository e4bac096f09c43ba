import assert from "node:assert/strict";
import { test } from "node:test";
import { asSent } from "./clock";
import type { Scan } from "./kept";

const HOUR = 3600_000;
const NOON = Date.parse("2026-11-28T12:00:00.000Z");
const at = (truly: number, off: number, more: Partial<Scan> = {}): Scan => ({ id: "1", kind: "in", at: new Date(truly + off).toISOString(), ...more });

/** When the server will take the scan to have been made: it corrects by what the clock says at sending. */
function taken(scan: Scan, off: number, now = NOON): number {
  return Date.parse(asSent(scan, { off, heard: now }, now + off).at) - off;
}

test("a clock that is wrong all the time is corrected by its error", () => {
  const scan = at(NOON - HOUR, 2 * HOUR, { off: 2 * HOUR, heard: NOON - 2 * HOUR });
  assert.equal(taken(scan, 2 * HOUR), NOON - HOUR);
  assert.equal(asSent(scan, { off: 2 * HOUR, heard: 0 }, NOON + 2 * HOUR).at, scan.at);
});

test("a clock that was put right after the scan does not shift it, and none was before it either", () => {
  for (const wrong of [2 * HOUR, -2 * HOUR, 24 * 365 * HOUR]) {
    const heard = NOON - HOUR;
    assert.equal(taken(at(NOON - HOUR / 2, wrong, { off: wrong, heard }), 0), NOON - HOUR / 2);
    assert.equal(taken(at(NOON - HOUR / 2, 0, { off: wrong, heard }), 0), NOON - HOUR / 2);
  }
});

test("no scan comes from the future, and what is local to the tablet is not sent", () => {
  const scan = at(NOON + 5 * HOUR, 0, { off: 0, heard: NOON - HOUR, of: "forum", by: 1 });
  assert.equal(taken(scan, 0), NOON);
  assert.deepEqual(Object.keys(asSent(scan, { off: 0, heard: 0 }, NOON)), ["id", "kind", "at"]);
});
