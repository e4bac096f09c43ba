import assert from "node:assert/strict";
import test from "node:test";
import { aheadBy, nextPage, standing, tonguesNow, untilText } from "./turning";

const rows = [0, 100, 200, 300, 400].map((top) => ({ top, bottom: top + 90 }));

test("a page turns to the first row that was not whole on it", () => {
  assert.equal(nextPage(rows, 0, 250), 200);
  assert.equal(nextPage(rows, 200, 250), 400);
});

test("after the last page comes the first", () => assert.equal(nextPage(rows, 400, 250), 0));

test("a list that fits stays", () => assert.equal(nextPage(rows, 0, 600), 0));

test("a row higher than the wall is scrolled through", () => {
  const high = [{ top: 0, bottom: 500 }];
  assert.equal(nextPage(high, 0, 200), 200);
  assert.equal(nextPage(high, 200, 200), 400);
  assert.equal(nextPage(high, 400, 200), 0);
});

test("a round counts down to its beginning, then to its end, then says nothing", () => {
  const minute = 60_000;
  const say = (now: number) => untilText(now, 10 * minute, 35 * minute, "starts in {n}", "{n} left");
  assert.equal(say(7 * minute), "starts in 3:00");
  assert.equal(say(34 * minute + 55_000), "0:05 left");
  assert.equal(say(35 * minute), "");
  assert.equal(say(-60 * minute), "");
});

test("a row that would be cut in two waits for the next page", () => {
  assert.deepEqual(standing(rows, 0, 250), [true, true, false, false, false]);
  assert.deepEqual(standing(rows, 200, 250), [false, false, true, true, false]);
  assert.deepEqual(standing([{ top: 0, bottom: 500 }], 200, 200), [true]);
});

test("the languages stand as the organiser chose, by turns when nothing is known", () => {
  assert.deepEqual(tonguesNow('<section data-tongues="turns">', "en"), ["en"]);
  assert.deepEqual(tonguesNow('<section data-tongues="side">', "en"), ["zh", "en"]);
  assert.deepEqual(tonguesNow('<section data-tongues="zh">', "en"), ["zh"]);
  assert.deepEqual(tonguesNow("", "zh"), ["zh"]);
});

test("a computer whose clock is wrong follows the server's", () => {
  const date = "Wed, 18 Jun 2025 06:30:00 GMT";
  const now = Date.parse(date);
  assert.equal(aheadBy(date, now + 900), 0);
  assert.equal(aheadBy(date, now - 600_000), 600_500);
  assert.equal(aheadBy(null, now), 0);
});
