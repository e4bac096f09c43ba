import assert from "node:assert/strict";
import { test } from "node:test";
import { isSameTap } from "./same-tap";

const FIRST = { at: 1000, x: 200, y: 300 };

test("a tap that comes twice does not press what came under the finger meanwhile", () => {
  assert.equal(isSameTap(FIRST, { at: 1150, x: 204, y: 297 }, 1040), true);
});

test("what was there before may be tapped as fast as one likes, and what is elsewhere or later, too", () => {
  assert.equal(isSameTap(undefined, FIRST, 900), false);
  assert.equal(isSameTap(FIRST, { at: 1150, x: 204, y: 297 }, 900), false);
  assert.equal(isSameTap(FIRST, { at: 1150, x: 320, y: 297 }, 1040), false);
  assert.equal(isSameTap(FIRST, { at: 1700, x: 204, y: 297 }, 1040), false);
});
