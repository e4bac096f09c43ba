// The station's mind: what a code means here and now, and what is kept of it. No screen in it, so that it can be tested.
import { decide, seatAt, type Decision, type Facts, type Kind } from "./checkin-rule";
import { digestOf, newId, readCode } from "./codes";
import type { Settled } from "./answers";
import type { Identity, Made, Person, Scan, Standing, WalkIn } from "./kept";
import type { Queue } from "./queue";
import { standingOf, type Found } from "./known";
import type { Roster } from "./roster";
import { freeSeats, meetingsOf, type TableSetup } from "./setup";
import type { Store } from "./store";
import { provisional } from "./walk-in-person";

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

/** Where a walk-in stands once it is taken back. */
const NOT_YET: Standing = { state: "expected", since: null, scan: null, gate: "", device: "" };

/** What a station knows of its surroundings. */
export interface Around {
  /** Our clock corrected by the server's, in milliseconds. */
  now(): number;
  /** Whether the server answers; else the person is told what this station decides, and the scan says so. */
  online(): boolean;
}

export class Station {
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly store: Store,
    private readonly roster: Roster,
    private readonly queue: Queue,
    readonly identity: Identity,
    private readonly around: Around,
  ) {}

  /** Take a badge's text: decide, keep it durably, tell. Rejects when it could not be kept. */
  async takeText(text: string, kind: Kind, more: Partial<Scan> = {}): Promise<Told> {
    const code = readCode(text);
    const scan = { ...this.#scan(kind), badge: code ?? text.slice(0, 500), ...more };
    return this.#inTurn(() => this.#take(scan, code ? this.roster.find(digestOf(code)) : { state: "unknown" }));
  }

  /** Take a person found by name. */
  async takePerson(person: Person, kind: Kind, more: Partial<Scan> = {}): Promise<Told> {
    const scan = { ...this.#scan(kind), delegate: person.id, ...more };
    return this.#inTurn(() => this.#take(scan, { state: "live", person: this.roster.people.get(person.id) ?? person }));
  }

  /** One after the other: a scan is decided when what the one before it changed is known. */
  #inTurn<T>(taking: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(taking);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  /** Register somebody who comes unannounced, and let them in. */
  async takeWalkIn(walkIn: WalkIn): Promise<Told> {
    const scan: Scan = { ...this.#scan("in"), walk_in: walkIn };
    const decision: Decision = { outcome: "accepted", state: "arrived" };
    const shown = { name: walkIn.name, company: walkIn.company, outcome: decision.outcome, sent: false };
    const person = provisional(walkIn, this.roster.companyCalled(walkIn.company), this.#standing(scan, decision));
    await this.queue.add(scan, { id: scan.id, kind: "in", at: this.#now(), person: person.id, before: NOT_YET, ...shown }, person);
    this.roster.move(person, standingOf(person));
    return { scan, decision, person: undefined, first: undefined, right: undefined, maySit: false };
  }

  /** Take back a scan; only what this station did, unless it leads. `scan` is the entry that says so, if there is one. */
  async undo(made: Made): Promise<{ decision: Decision; scan?: Scan }> {
    const { outcome, undone } = (await this.store.get("made", made.id)) ?? made;
    const standing = outcome === "accepted" && !undone;
    const lead = this.identity.role === "lead";
    const decision = decide({ kind: "undo", target: standing ? "standing" : "void", own: true, lead });
    if (decision.outcome !== "undone") return { decision };
    const scan: Scan = { ...this.#scan("undo"), undoes: made.id };
    const person = made.person === undefined ? undefined : this.roster.people.get(made.person);
    const moved = person && made.before && person.scan === made.id ? { ...person, ...made.before } : undefined;
    const about = { person: made.person ?? -1, name: made.name, company: made.company };
    this.#say(scan, decision);
    await this.queue.add(scan, { id: scan.id, kind: "undo", at: this.#now(), ...about, outcome: "undone", sent: false }, moved);
    await this.store.put("made", { ...made, ...(await this.store.get("made", made.id)), undone: true });
    if (made.visit) this.roster.visits.drop(made.id, made.visit);
    if (moved) this.roster.move(person!, standingOf(moved));
    return { decision, scan };
  }

  /** The scan that somebody's standing rests on, whichever station made it, for a lead to take back. */
  async lastOf(person: Person): Promise<Made> {
    const own = await this.store.get("made", person.scan ?? "");
    if (own) return own;
    // Where they stood before is a guess until the server says so: it is right unless they went in and out.
    const left = person.state === "left";
    const before: Standing = { state: left ? "arrived" : "expected", since: null, scan: null, gate: "", device: "" };
    const about = { person: person.id, name: person.name, company: person.company_label };
    return { id: person.scan ?? "", kind: left ? "out" : "in", at: person.since ?? "", ...about, outcome: "accepted", sent: true, before };
  }

  async #take(scan: Scan, { state, person }: Found): Promise<Told> {
    const { facts, right, round } = this.#facts(scan, state, person);
    const decision = decide(facts);
    this.#say(scan, decision);
    const before = person && standingOf(person);
    const moved = person && decision.state ? { ...person, ...this.#standing(scan, decision) } : undefined;
    const made: Made = {
      id: scan.id, kind: scan.kind, at: this.#now(), name: person?.name ?? "", company: person?.company_label ?? "",
      outcome: decision.outcome, sent: false,
      ...(person ? { person: person.id } : {}),
      ...(before && moved ? { before } : {}),
    };
    if (scan.kind === "table" && person && decision.outcome === "accepted") {
      made.visit = [person.id, scan.table!, round ?? null, person.company_id, decision.walk_up ?? false];
    }
    await this.queue.add(scan, made, moved);
    if (made.visit) this.roster.visited(scan.id, made.visit);
    if (moved) this.roster.move(person!, standingOf(moved));
    const first = decision.outcome === "already" && scan.kind !== "table" ? before : undefined;
    const maySit = decision.outcome === "wrong_table" && facts.seat === "later" && (facts.free_seats ?? 0) > 0;
    return { scan, decision, person, first, right, maySit };
  }

  /** The server found something else than was decided here: where somebody stands is put right. */
  async learn(settled: Settled[]): Promise<void> {
    for (const { result, before } of settled) {
      if (!before || before.outcome === result.outcome) continue;
      if (before.visit) this.roster.visits.drop(before.id, before.visit);
      const person = this.roster.people.get(before.person ?? 0);
      if (result.outcome === "already" && result.first && person?.scan === before.id) {
        const { at: since, gate, device } = result.first;
        await this.store.put("people", this.roster.move(person, { ...standingOf(person), since, gate, device, scan: null }));
      } else await this.roster.distrust();
    }
  }

  /** Without a connection the person is told what was decided here: the scan says so from the beginning. */
  #say(scan: Scan, decision: Decision): void {
    if (!this.around.online()) scan.told = decision.outcome;
  }

  #scan(kind: Kind): Scan {
    // The raw clock: the server corrects it by what the clock says when the scan is sent.
    const scan: Scan = { id: newId(), kind, at: new Date().toISOString() };
    if (this.identity.gate) scan.gate = this.identity.gate;
    if (kind === "table" && this.identity.table_id !== null) scan.table = this.identity.table_id;
    return scan;
  }

  /** The time as the server has it, for people to read. */
  #now(): string {
    return new Date(this.around.now()).toISOString();
  }

  #standing(scan: Scan, decision: Decision): Standing {
    return { state: decision.state!, since: this.#now(), scan: scan.id, gate: scan.gate ?? "", device: this.identity.name };
  }

  #facts(scan: Scan, badge: Found["state"], person: Person | undefined): { facts: Facts; right: Told["right"]; round?: number | undefined } {
    const facts: Facts = { kind: scan.kind, badge, ...(person ? { state: person.state } : {}) };
    const { setup, visits } = this.roster;
    const table = setup?.tables.find(({ id }) => id === scan.table);
    if (scan.kind !== "table" || !setup || !table || !person) return { facts, right: undefined };
    const place = seatAt(table.id, meetingsOf(setup, person.company_id), setup.rounds, this.around.now());
    const guests = visits.guests(table.id, place.round);
    const welcome = person.company_id === table.host || guests.has(person.company_id);
    const to = place.right;
    const where = to && setup.tables.find(({ id }) => id === to[0]);
    const when = to && setup.rounds.find(({ id }) => id === to[1]);
    const right = where && when ? { table: where, start: when.start } : undefined;
    const seen = visits.has(person.id, table.id, place.round);
    const free_seats = freeSeats(setup, table, place.round, guests);
    const seat = welcome ? "mine" : place.seat;
    return { facts: { ...facts, seat, seen, free_seats, walk_up: scan.walk_up ?? false }, right, round: place.round };
  }
}
