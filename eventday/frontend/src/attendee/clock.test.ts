import assert from "node:assert/strict";
import test from "node:test";
import { leftOf, shownIndex } from "./clock";

const minute = 60_000;
const day = [
  { from: 10 * minute, until: 35 * minute },
  { from: 40 * minute, until: 65 * minute },
];

test("before the day the first meeting is shown, with the minutes until it begins", () => {
  assert.equal(shownIndex(day, 0), 0);
  assert.deepEqual(leftOf(day[0]!, 0), { running: false, minutes: 10 });
});

test("a meeting that goes on is shown with the minutes left", () => {
  assert.equal(shownIndex(day, 34.5 * minute), 0);
  assert.deepEqual(leftOf(day[0]!, 34.5 * minute), { running: true, minutes: 1 });
});

test("the moment a meeting ends the next one is shown", () => {
  assert.equal(shownIndex(day, 35 * minute), 1);
});

test("after the last meeting nothing is shown", () => {
  assert.equal(shownIndex(day, 65 * minute), -1);
});

test("a meeting days away is not counted down in minutes", () => {
  assert.equal(leftOf({ from: 5000 * minute, until: 5001 * minute }, 0).minutes, null);
});
