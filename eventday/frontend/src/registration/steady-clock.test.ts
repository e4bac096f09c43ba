import assert from "node:assert/strict";
import { test } from "node:test";
import { isExpired } from "./expiry";
import type { Watched } from "./kept";
import { SteadyClock } from "./steady-clock";

const MINUTE = 60_000, HOUR = 60 * MINUTE;
const NOON = Date.parse("2026-11-28T12:00:00.000Z");

/** A tablet whose clock is `off`, and the true time that goes on around it. */
function tablet(off: number, kept?: Watched) {
  const world = { truly: NOON, ran: 0, off };
  const clock = new SteadyClock(() => world.truly + world.off, () => world.ran);
  if (kept) clock.resume(kept);
  const goes = (ms: number, awake = true): void => {
    world.truly += ms;
    if (awake) world.ran += ms;
  };
  const hear = (): void => clock.hear(world.truly, world.truly + world.off);
  return { world, clock, goes, hear };
}

test("a clock twelve hours slow that is put right offline locks nothing, and times stay true", () => {
  const { world, clock, goes, hear } = tablet(-12 * HOUR);
  hear();
  goes(MINUTE);
  world.off = 0;
  assert.equal(clock.silentFor(), MINUTE);
  assert.deepEqual([clock.now(), clock.worth().off], [world.truly, 0]);
  goes(13 * HOUR);
  assert.ok(isExpired("desk", clock.silentFor()));
});

test("a clock that was ahead and is put back offline hides no hour of the silence", () => {
  const { world, clock, goes, hear } = tablet(12 * HOUR);
  hear();
  world.off = 0;
  goes(11 * HOUR);
  assert.deepEqual([isExpired("desk", clock.silentFor()), clock.now()], [false, world.truly]);
  goes(2 * HOUR);
  assert.ok(isExpired("desk", clock.silentFor()));
});

test("sleep counts, though the page does not run in it, also with a clock that is wrong", () => {
  for (const off of [0, 12 * HOUR, -12 * HOUR]) {
    const { world, clock, goes, hear } = tablet(off);
    hear();
    goes(13 * HOUR, false);
    assert.equal(clock.silentFor(), 13 * HOUR);
    assert.equal(clock.now(), world.truly);
  }
});

test("a page opened again goes on counting; a clock that went back meanwhile is taken as put right", () => {
  const first = tablet(5 * HOUR);
  first.hear();
  first.goes(HOUR);
  const kept = first.clock.watched();
  const again = tablet(5 * HOUR, { ...kept, wall: kept.wall - 2 * HOUR });
  assert.equal(again.clock.silentFor(), 2 * HOUR);
  assert.equal(again.clock.worth().off, 5 * HOUR);
  const back = tablet(0, { ...kept, heard: NOON - 3 * HOUR });
  assert.deepEqual([back.clock.silentFor(), back.clock.worth().off], [3 * HOUR, 0]);
});

test("a server never heard is not silent", () => {
  const { clock, goes } = tablet(0);
  goes(HOUR);
  assert.equal(clock.silentFor(), undefined);
  assert.ok(!isExpired("desk", undefined));
});
