import assert from "node:assert/strict";
import { test } from "node:test";

import { meantBy, Sight, Steady } from "./sight";

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

const BADGE = "HTTPS://FORUM.EXAMPLE/B/7KQ2M9XWJ4TPA3HD";
const OTHER = "HTTPS://FORUM.EXAMPLE/B/0000M9XWJ4TPA3HD";
const STRANGER = "https://u.wechat.com/x";

/** What is taken of `frames`, one every FRAME. */
function taken(sight: Sight, frames: string[][], from = 0): string[] {
  return frames.flatMap((texts, frame) => sight.look(texts, from + frame * FRAME).text ?? []);
}

const times = (count: number, texts: string[]): string[][] => Array.from({ length: count }, () => texts);

test("of all codes in a picture the badge is the one that counts, wherever it stands", () => {
  assert.deepEqual(meantBy([STRANGER, BADGE]), { text: BADGE, several: false });
  assert.deepEqual(meantBy([BADGE, BADGE.toLowerCase()]).several, false);
  assert.deepEqual(meantBy([]), { text: undefined, several: false });
  assert.deepEqual(taken(new Sight(), times(50, [STRANGER, BADGE])), [BADGE]);
});

test("a stranger's code is told when no badge is read beside it, and not when one is", () => {
  assert.deepEqual(taken(new Sight(), [...times(3, [STRANGER]), ...times(50, [STRANGER, BADGE]), ...times(20, [STRANGER])]), [BADGE]);
  assert.deepEqual(taken(new Sight(), times(50, [STRANGER])), [STRANGER]);
});

test("of two badges at once neither is taken, also when a frame shows but one; the one that stays is", () => {
  const sight = new Sight();
  assert.deepEqual(taken(sight, [...times(3, [BADGE, OTHER]), [OTHER], ...times(3, [BADGE, OTHER]), ...times(3, [OTHER])]), []);
  assert.equal(sight.look([BADGE, OTHER], 1000).several, true);
  assert.deepEqual(taken(sight, times(20, [OTHER]), 1100), [OTHER]);
});
