// What a scan means, decided on the tablet. `eventday/rules/checkin.py` says the same on the server; both are held to
// tests/registration/checkin_cases.json. Change a line here, change it there, and add a case.

export type Outcome =
  | "accepted" | "already" | "unknown" | "revoked" | "wrong_event" | "wrong_table" | "undone" | "nothing_to_undo" | "invalid";
export type State = "expected" | "arrived" | "left";
export type BadgeState = "live" | "revoked" | "elsewhere" | "unknown";
export type Seat = "mine" | "elsewhere" | "later" | "free";
export type Kind = "in" | "out" | "undo" | "table";

/** Everything that decides one scan; what is left out has the server's default. */
export interface Facts {
  kind: Kind;
  badge?: BadgeState;
  state?: State;
  target?: "standing" | "void" | "none";
  own?: boolean;
  lead?: boolean;
  seat?: Seat;
  seen?: boolean;
  free_seats?: number;
  walk_up?: boolean;
}

export interface Decision {
  outcome: Outcome;
  state?: State;
  field?: string;
  walk_up?: boolean;
}

/** The outcome of one scan. */
export function decide(facts: Facts): Decision {
  const { kind, badge = "live", state = "expected" } = facts;
  if (kind === "undo") return undo(facts);
  if (badge === "unknown") return { outcome: "unknown" };
  if (badge === "elsewhere") return { outcome: "wrong_event" };
  if (badge === "revoked") return { outcome: "revoked" };
  if (kind === "table") return atTable(facts);
  if (kind === "in") return state === "arrived" ? { outcome: "already" } : { outcome: "accepted", state: "arrived" };
  // Somebody who leaves without having been scanned in was inside all the same: the gate tells what it saw.
  return state === "left" ? { outcome: "already" } : { outcome: "accepted", state: "left" };
}

function undo({ target = "none", own = false, lead = false }: Facts): Decision {
  if (target !== "standing") return { outcome: "nothing_to_undo" };
  return own || lead ? { outcome: "undone" } : { outcome: "invalid", field: "undoes" };
}

function atTable({ seat = "free", seen = false, free_seats = 0, walk_up = false }: Facts): Decision {
  if (seen) return { outcome: "already" };
  if (seat === "mine") return { outcome: "accepted" };
  const maySit = free_seats > 0 && (seat === "free" || (seat === "later" && walk_up));
  return maySit ? { outcome: "accepted", walk_up: true } : { outcome: "wrong_table" };
}

export interface Slot {
  id: number;
  start: string;
  end: string;
}

/** A table and a round. */
export type Meeting = [table: number, round: number];

export interface Place {
  seat: Seat;
  round?: number;
  right?: Meeting;
}

/** A table scan this long before a round begins belongs to it. */
const EARLY = 15 * 60_000;
const time = (moment: string): number => Date.parse(moment);

/** The round that a scan at `at` belongs to: the running one, else one that begins soon. */
export function roundAt(rounds: readonly Slot[], at: number): Slot | undefined {
  const coming = rounds
    .filter((slot) => time(slot.end) > at)
    .sort((a, b) => time(a.start) - time(b.start) || a.id - b.id)[0];
  return coming && time(coming.start) - EARLY <= at ? coming : undefined;
}

/** Whether the company with these meetings belongs at `table` at `at`, and if not, where. */
export function seatAt(table: number, meetings: readonly Meeting[], rounds: readonly Slot[], at: number): Place {
  const slots = new Map(rounds.map((slot) => [slot.id, slot]));
  const begins = ([, round]: Meeting) => time(slots.get(round)!.start);
  const known = meetings
    .filter(([, round]) => slots.has(round))
    .sort((a, b) => begins(a) - begins(b) || a[1] - b[1] || a[0] - b[0]);
  const now = roundAt(rounds, at);
  if (now) {
    const hereNow = known.filter(([, round]) => round === now.id);
    if (hereNow.some(([where]) => where === table)) return { seat: "mine", round: now.id };
    if (hereNow[0]) return { seat: "elsewhere", round: now.id, right: hereNow[0] };
    const later = known.find((each) => begins(each) > time(now.start));
    return later ? { seat: "later", round: now.id, right: later } : { seat: "free", round: now.id };
  }
  // Between or outside the rounds a table still knows its own: the next meeting here, else the last one.
  const coming = known.filter(([, round]) => time(slots.get(round)!.end) > at);
  const here = coming.find(([where]) => where === table) ?? known.filter(([where]) => where === table).at(-1);
  if (here) return { seat: "mine", round: here[1] };
  const right = coming[0] ?? known.at(-1);
  return right ? { seat: "elsewhere", right } : { seat: "free" };
}
