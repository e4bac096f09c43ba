// What this tablet's clock is worth: how far it is from the server's, and what that makes of a scan's time.
import type { Clock, Scan } from "./kept";

/** Shifts smaller than this (in ms) are the way that a message takes, not a clock's. */
export const STEP = 2000;

/** When the scan was truly made (ms), by what the clock was worth then. */
export function madeAt({ at, off }: Pick<Scan, "at" | "off">): number {
  return Date.parse(at) - (off ?? 0);
}

/**
 * A scan as it is sent: by the clock as it is now, since the server corrects by what the clock says at sending. What the
 * clock was worth when the scan was made is on the scan. Unless that leads before the last word from the server or past
 * now: then the clock was set between that word and the scan, and is taken as it is now.
 */
export function asSent({ of: _of, by: _by, off, heard, ...scan }: Scan, clock: Clock, now = Date.now()): Scan {
  const at = Date.parse(scan.at), trulyNow = now - clock.off;
  let truly = at - (off ?? clock.off);
  if (truly < (heard ?? 0) - STEP || truly > trulyNow + STEP) truly = Math.min(at - clock.off, trulyNow);
  const shift = truly + clock.off - at;
  return Math.abs(shift) < STEP ? scan : { ...scan, at: new Date(at + shift).toISOString() };
}
