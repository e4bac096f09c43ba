// What the server says of what was handed in.
import type { Made } from "./kept";

export interface Result {
  id: string | null;
  outcome: Made["outcome"];
  message: string;
  field?: string;
  first?: { at: string | null; gate: string; device: string } | null;
  delegate?: { id: number; name: string; name_en: string; company: string; kind: string; role: string } | null;
  right?: { table: string; room: string; room_en: string; start: string } | null;
  free_seats?: number;
  seat?: string;
  walk_up?: boolean;
}

/** What the server says of a walk-in. */
export interface WalkedIn {
  id: string;
  delegate_id: number;
  maybe: { id: number; name: string; title: string }[];
}

/** An answer to a scan, and what this tablet had decided by itself. */
export interface Settled {
  result: Result;
  before: Made | undefined;
}

/** A scan as it is shown once the server has answered. */
export function asAnswered(made: Made, { outcome, message, delegate }: Result): Made {
  const known = { ...made, sent: true, outcome, message };
  return delegate && !made.name ? { ...known, name: delegate.name, company: delegate.company } : known;
}

/** `stuck`: somebody answered, but not as our server does, or the disk failed; all stays, and is tried again. */
export type Drained = "done" | "silent" | "stuck" | { status: number; error: string };
