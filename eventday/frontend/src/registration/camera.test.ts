import assert from "node:assert/strict";
import { test } from "node:test";

import { Steady } from "./camera";

const FRAME = 100;

test("a badge held up before many frames counts once, however long it is held", () => {
  const steady = new Steady();
  const fresh = Array.from({ length: 100 }, (_, frame) => steady.fresh("A", frame * FRAME));
  assert.deepEqual(fresh.indexOf(true), 0);
  assert.equal(fresh.filter(Boolean).length, 1);
});

test("a frame or two that cannot be read do not make the same badge a new one", () => {
  const steady = new Steady();
  steady.fresh("A", 0);
  assert.equal(steady.fresh("A", 2900), false);
});

test("the next badge counts at once, and the first again when it comes back after a while", () => {
  const steady = new Steady();
  steady.fresh("A", 0);
  assert.equal(steady.fresh("B", FRAME), true);
  assert.equal(steady.fresh("B", 3 * FRAME), false);
  assert.equal(steady.fresh("A", 3001), true);
});

test("two badges before the camera count once each, though frames show the one and the other by turns", () => {
  const steady = new Steady();
  const fresh = Array.from({ length: 100 }, (_, frame) => steady.fresh("AB"[frame % 2]!, frame * FRAME));
  assert.deepEqual(fresh.slice(0, 2), [true, true]);
  assert.equal(fresh.filter(Boolean).length, 2);
});

test("a badge that was away for a while counts again", () => {
  const steady = new Steady();
  steady.fresh("A", 0);
  assert.equal(steady.fresh("A", 3001), true);
});
