// How long a station keeps what it knows of people without hearing from its server: then it locks itself and forgets.
import type { Identity } from "./store";

const HOUR = 3600_000;
/** A desk knows titles and digits of phones, so it forgets sooner than a gate. */
const KEEPS: Record<Identity["role"], number> = { desk: 12 * HOUR, lead: 12 * HOUR, gate: 18 * HOUR, table: 18 * HOUR, kiosk: 18 * HOUR };
/** Without an answer for so long the server may have moved, and the person is told what to do about that. */
const MOVED_AFTER = 120_000;

/** Whether a station that last heard from its server at `heardAt` has to forget everybody. */
export function isExpired(role: Identity["role"], heardAt: number, now: number): boolean {
  return heardAt > 0 && now - heardAt > KEEPS[role];
}

/** After how many hours that is, as the person is told. */
export function keepsHours(role: Identity["role"]): number {
  return KEEPS[role] / HOUR;
}

/** Whether the silence has lasted long enough to ask if the server has another address now. */
export function mayHaveMoved(heardAt: number, now: number): boolean {
  return heardAt > 0 && now - heardAt > MOVED_AFTER;
}
