// The station's mind: what a code means here and now, and what is kept of it. No screen in it, so that it can be tested.
import { decide, seatAt, type Decision, type Facts, type Kind } from "./checkin-rule";
import { digestOf, newId, readCode } from "./codes";
import type { Outbox } from "./outbox";
import { standingOf, type Found, type Roster } from "./roster";
import { freeSeats, meetingsOf, type TableSetup } from "./setup";
import type { Identity, Made, Person, Scan, Standing, Store, WalkIn } from "./store";

/** What the person at the door is told. */
export interface Told {
  scan: Scan;
  decision: Decision;
  person: Person | undefined;
  /** For a duplicate: where and when it was first, and by whom. */
  first: Standing | undefined;
  /** For a wrong table: the right one. */
  right: { table: TableSetup; start: string } | undefined;
  /** May be seated all the same, if somebody says so. */
  maySit: boolean;
}

/** A text that is no code of ours. */
export type Unreadable = "unreadable";

export class Station {
  constructor(
    private readonly store: Store,
    private readonly roster: Roster,
    private readonly outbox: Outbox,
    readonly identity: Identity,
    /** Our clock corrected by the server's, in milliseconds. */
    private readonly now: () => number,
  ) {}

  /** Take a badge's text: decide, keep it durably, tell. Rejects when it could not be kept. */
  async takeText(text: string, kind: Kind, more: Partial<Scan> = {}): Promise<Told> {
    const code = readCode(text);
    const found: Found = code ? this.roster.find(digestOf(code)) : { state: "unknown" };
    return this.#take({ ...this.#scan(kind), badge: code ?? text.slice(0, 500), ...more }, found);
  }

  /** Take a person found by name. */
  async takePerson(person: Person, kind: Kind, more: Partial<Scan> = {}): Promise<Told> {
    return this.#take({ ...this.#scan(kind), delegate: person.id, ...more }, { state: "live", person });
  }

  /** Register somebody who comes unannounced, and let them in. */
  async takeWalkIn(walkIn: WalkIn): Promise<Told> {
    const scan: Scan = { ...this.#scan("in"), walk_in: walkIn };
    const decision: Decision = { outcome: "accepted", state: "arrived" };
    const shown = { name: walkIn.name, company: walkIn.company, outcome: decision.outcome, sent: false };
    await this.outbox.add(scan, { id: scan.id, kind: "in", at: scan.at, ...shown });
    return { scan, decision, person: undefined, first: undefined, right: undefined, maySit: false };
  }

  /** Take back a scan; only what this station did, unless it leads. */
  async undo(made: Made): Promise<Decision> {
    const standing = made.outcome === "accepted" && !made.undone;
    const lead = this.identity.role === "lead";
    const decision = decide({ kind: "undo", target: standing ? "standing" : "void", own: true, lead });
    if (decision.outcome !== "undone") return decision;
    const scan: Scan = { ...this.#scan("undo"), undoes: made.id };
    const person = made.person === undefined ? undefined : this.roster.people.get(made.person);
    const moved = person && made.before && person.scan === made.id ? { ...person, ...made.before } : undefined;
    const about = { person: made.person ?? -1, name: made.name, company: made.company };
    await this.outbox.add(scan, { id: scan.id, kind: "undo", at: scan.at, ...about, outcome: "undone", sent: false }, moved);
    await this.store.put("made", { ...(await this.store.get("made", made.id)), ...made, undone: true });
    if (moved) this.roster.move(person!, standingOf(moved));
    return decision;
  }

  async #take(scan: Scan, { state, person }: Found): Promise<Told> {
    const { facts, right } = this.#facts(scan, state, person);
    const decision = decide(facts);
    const before = person && standingOf(person);
    const moved = person && decision.state ? { ...person, ...this.#standing(scan, decision) } : undefined;
    const made: Made = {
      id: scan.id, kind: scan.kind, at: scan.at, name: person?.name ?? "", company: person?.company_label ?? "",
      outcome: decision.outcome, sent: false,
      ...(person ? { person: person.id } : {}),
      ...(before && moved ? { before } : {}),
    };
    await this.outbox.add(scan, made, moved);
    if (moved) this.roster.move(person!, standingOf(moved));
    const first = decision.outcome === "already" && scan.kind !== "table" ? before : undefined;
    const maySit = decision.outcome === "wrong_table" && facts.seat === "later" && (facts.free_seats ?? 0) > 0;
    return { scan, decision, person, first, right, maySit };
  }

  #scan(kind: Kind): Scan {
    // The raw clock: the server corrects it by what the clock says when the scan is sent.
    const scan: Scan = { id: newId(), kind, at: new Date().toISOString() };
    if (this.identity.gate) scan.gate = this.identity.gate;
    if (kind === "table" && this.identity.table_id !== null) scan.table = this.identity.table_id;
    return scan;
  }

  #standing(scan: Scan, decision: Decision): Standing {
    const since = new Date(this.now()).toISOString();
    return { state: decision.state!, since, scan: scan.id, gate: scan.gate ?? "", device: this.identity.name };
  }

  #facts(scan: Scan, badge: Found["state"], person: Person | undefined): { facts: Facts; right: Told["right"] } {
    const facts: Facts = { kind: scan.kind, badge, ...(person ? { state: person.state } : {}) };
    const setup = this.roster.setup;
    const table = setup?.tables.find(({ id }) => id === scan.table);
    if (scan.kind !== "table" || !setup || !table || !person) return { facts, right: undefined };
    const place = seatAt(table.id, meetingsOf(setup, person.company_id), setup.rounds, this.now());
    const seat = person.company_id === table.host ? "mine" : place.seat;
    const to = place.right;
    const where = to && setup.tables.find(({ id }) => id === to[0]);
    const when = to && setup.rounds.find(({ id }) => id === to[1]);
    const right = where && when ? { table: where, start: when.start } : undefined;
    const free_seats = freeSeats(setup, table, place.round);
    return { facts: { ...facts, seat, free_seats, walk_up: scan.walk_up ?? false }, right };
  }
}
