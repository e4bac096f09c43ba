// What this tablet's clock is worth: how far it is from the server's, and what that makes of a scan's time.
import type { Scan } from "./store";

/** A clock that moved by less than this (in ms) between a scan and its sending is left alone. */
const STEP = 2000;

/**
 * A scan as it is sent: by the clock as it is now, since the server corrects by what the clock says at sending. A clock
 * that was put right between the scan and its sending would otherwise shift the scan.
 */
export function asSent({ of: _of, off, ...scan }: Scan, now: number): Scan {
  if (off === undefined || Math.abs(now - off) < STEP) return scan;
  return { ...scan, at: new Date(Date.parse(scan.at) - off + now).toISOString() };
}
