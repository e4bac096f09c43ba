// How long a station keeps what it knows of people without hearing from its server: then it locks itself and forgets.
import type { Identity } from "./kept";

const HOUR = 3600_000;
/** A desk knows titles and digits of phones, so it forgets sooner than a gate. */
const KEEPS: Record<Identity["role"], number> = { desk: 12 * HOUR, lead: 12 * HOUR, gate: 18 * HOUR, table: 18 * HOUR, kiosk: 18 * HOUR };
/** Without an answer for so long the server may have moved, and the person is told what to do about that. */
const MOVED_AFTER = 120_000;

/** Whether a station that has not heard from its server for `silent` ms (undefined: never did) has to forget everybody. */
export function isExpired(role: Identity["role"], silent: number | undefined): boolean {
  return silent !== undefined && silent > KEEPS[role];
}

/** After how many hours that is, as the person is told. */
export function keepsHours(role: Identity["role"]): number {
  return KEEPS[role] / HOUR;
}

/** Whether the silence (ms) has lasted long enough to ask if the server has another address now. */
export function mayHaveMoved(silent: number | undefined): silent is number {
  return silent !== undefined && silent > MOVED_AFTER;
}
