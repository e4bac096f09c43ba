// The shapes of what a tablet keeps, and of what it hears from the server to keep.
import type { Outcome, State } from "./checkin-rule";
import type { Visit } from "./setup";

/** Somebody on the roster, as GET /api/v1/roster tells them. */
export interface Person {
  id: number;
  name: string;
  name_en: string;
  pinyin: string;
  company: string;
  company_label: string;
  company_pinyin: string;
  company_id: number;
  kind: string;
  role: string;
  remote: boolean;
  walk_in: boolean;
  gone: boolean;
  badges: string[];
  revoked: string[];
  state: State;
  since: string | null;
  scan: string | null;
  gate: string;
  device: string;
  title?: string;
  last4?: string;
  received_by?: string;
}

/** A scan as it is handed in. */
export interface Scan {
  id: string;
  kind: "in" | "out" | "undo" | "table";
  at: string;
  badge?: string;
  delegate?: number;
  gate?: string;
  undoes?: string;
  table?: number;
  walk_up?: boolean;
  /** What the person at the door was told before the server had answered. */
  told?: Outcome;
  /** Stays here: the event it was made at, by which station, and what its clock was worth then (see clock.ts). */
  of?: string;
  by?: number;
  off?: number;
  heard?: number;
  /** Who comes in unannounced: registered by the server before it takes the scan. */
  walk_in?: WalkIn;
}

/** Somebody registered at the desk. */
export interface WalkIn {
  company: string;
  name: string;
  title: string;
  phone: string;
  wishes: { host: number; interest: number }[];
}

/** Where somebody stood before a scan moved them, so that it can be taken back without a connection. */
export type Standing = Pick<Person, "state" | "since" | "scan" | "gate" | "device">;

/** A scan that this tablet made, as the list of the last ones shows it. Keeps no code. */
export interface Made {
  id: string;
  kind: Scan["kind"];
  at: string;
  person?: number;
  name: string;
  company: string;
  outcome: Outcome;
  sent: boolean;
  undone?: boolean;
  /** What the server said that differs from what the tablet had told, until somebody has seen it. */
  differs?: Outcome;
  message?: string;
  before?: Standing;
  /** A scan or walk-in that the server could not take at all, whole, until a person has saved and seen it. */
  refused?: Scan;
  saved?: boolean;
  /** At a table: whom it counts as having come. */
  visit?: Visit;
}

/** How this tablet is known, and how far it knows the event. */
export interface Identity {
  token: string;
  id: number;
  name: string;
  role: "gate" | "desk" | "lead" | "table" | "kiosk";
  gate: string;
  table_id: number | null;
  locked: boolean;
  event: string;
}

/** A print that the server has not answered. */
export interface Print {
  id: string;
  name: string;
}

/** What is known of our clock, in milliseconds: how far it is ahead of the server's, and when that was last heard. */
export interface Clock {
  off: number;
  /** By the server's clock; 0 for never. */
  heard: number;
}

/** What outlives the page: what the clock is worth, how long the server has been silent (ms), and when that was, by it. */
export interface Watched extends Clock {
  silent: number;
  wall: number;
}
