// Somebody stands before the tablet: decided, kept on the disk, told; taken back where it was wrong.
import { say } from "../shared/messages";
import type { Bond } from "./bond";
import type { Kind } from "./checkin-rule";
import { readPairing } from "./codes";
import type { Desk } from "./desk";
import type { Notices } from "./notices";
import type { Queue } from "./queue";
import type { ResultScreen } from "./result";
import type { Roster } from "./roster";
import type { Station, Told } from "./station";
import type { Made, Person, Scan, Store, WalkIn } from "./store";
import { answerTo } from "./telling";

/** So long (ms) after its frame a scan is answered, with what the server says or without: half a second with painting. */
const ANSWERED_BY = 400;
/** How long the server may take of that, and how long it is given on a tablet that has used up the time itself. */
const LONGEST = 300;
const SHORTEST = 100;

/** What taking rests on. */
export interface Counter {
  store: Store;
  roster: Roster;
  queue: Queue;
  bond: Bond;
  desk: Desk;
  result: ResultScreen;
  notices: Notices;
  /** This station's mind, while the tablet is one. */
  station(): Station | undefined;
  drain(): Promise<unknown>;
  show(): Promise<void>;
}

export class Taking {
  /** Which way people go. */
  mode: "in" | "out" = "in";

  constructor(private readonly on: Counter) {}

  /** A text from the camera, a scanner, a photo or the keyboard, which was `seen` at that time of `performance.now`. */
  async text(text: string, seen = performance.now(), more: Partial<Scan> = {}): Promise<void> {
    const pairing = readPairing(text);
    if (pairing) return this.on.bond.pairBy(pairing);
    const station = this.#ready();
    if (!station) return;
    const kind: Kind = station.identity.role === "table" ? "table" : this.mode;
    await this.#tell(station.takeText(text, kind, more), seen, () => void this.text(text, performance.now(), { walk_up: true }));
  }

  /** Somebody found by name. */
  async person(person: Person, kind: Kind): Promise<void> {
    const station = this.#ready(), seen = performance.now();
    const seatAnyway = () => void this.#tell(station!.takePerson(person, kind, { walk_up: true }), performance.now());
    if (station) await this.#tell(station.takePerson(person, kind), seen, seatAnyway);
  }

  /** Somebody who comes unannounced; false when this tablet may take nobody now, as its notices say. */
  walkIn(walkIn: WalkIn): boolean {
    const station = this.#ready();
    if (station) void this.#tell(station.takeWalkIn(walkIn), performance.now());
    return station !== undefined;
  }

  /** Take back what was told of somebody. */
  async undo(made: Made): Promise<void> {
    const { on } = this;
    const undoing = await on.station()!.undo(made).catch(() => undefined);
    if (!undoing) return this.#notKept();
    const { decision: { outcome }, scan } = undoing;
    const about = { name: made.name, detail: made.company, more: "", sent: scan ? false : undefined };
    on.result.show({ id: scan?.id ?? "", kind: "undo", outcome, ...about });
    void on.drain();
    await on.show();
  }

  /** Nothing turns green that is not on the disk. */
  #notKept(): void {
    const about = { id: "", kind: "in", name: "", detail: say("not_kept_why"), more: "", sent: undefined } as const;
    this.on.result.show({ ...about, outcome: "not_kept" });
    this.on.notices.put("not_kept", "bad", say("not_kept_why"));
  }

  #ready(): Station | undefined {
    return this.on.bond.mayTake() ? this.on.station() : undefined;
  }

  async #tell(taking: Promise<Told>, seen: number, seatAnyway: () => void = () => undefined): Promise<void> {
    const { result, notices, bond } = this.on;
    const told = await taking.catch(() => undefined);
    if (!told) return this.#notKept();
    notices.drop("not_kept");
    if (bond.link.online) await this.#hearServer(seen);
    else void bond.link.run();
    const made = await this.#settled(told);
    // Revoked by the very answer: what was kept stays, and the page says what happened.
    if (!bond.identity) return this.on.show();
    result.show(...answerTo(told, made, this.on.roster, bond.identity.role, {
      undo: (made) => void this.undo(made),
      print: (person) => void this.on.desk.print(person),
      giveCode: (person) => void this.on.desk.giveCode(person),
      seatAnyway,
      checkIn: (people) => void this.#checkIn(people),
    }));
    await this.on.show();
  }

  /** Hand in what waits, and wait for the answer as long as the person at the door does not notice. */
  async #hearServer(seen: number): Promise<void> {
    const left = Math.min(LONGEST, Math.max(SHORTEST, seen + ANSWERED_BY - performance.now()));
    await Promise.race([this.on.drain(), new Promise((done) => setTimeout(done, left))]);
  }

  /** The scan as it is on the disk now. */
  async #settled({ scan, decision }: Told): Promise<Made | undefined> {
    const { store, queue } = this.on;
    const made = await store.get("made", scan.id);
    // Online, but the answer takes long: from here on the person is told what this tablet decided.
    const late = !made?.sent && !scan.told;
    if (late && !(await queue.told(scan.id, decision.outcome).catch(() => true))) return store.get("made", scan.id);
    return made;
  }

  async #checkIn(people: Person[]): Promise<void> {
    for (const each of people) await this.person(each, "in");
  }
}
