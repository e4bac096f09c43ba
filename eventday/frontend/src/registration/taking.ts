// Somebody stands before the tablet: decided, kept on the disk, told; taken back where it was wrong.
import { say } from "../shared/messages";
import { asAnswered, type Settled, type WalkedIn } from "./answers";
import type { Bond } from "./bond";
import type { Kind, Outcome } from "./checkin-rule";
import { readPairing } from "./codes";
import type { Desk } from "./desk";
import type { Made, Person, Scan, Standing, WalkIn } from "./kept";
import type { Notices } from "./notices";
import type { Queue } from "./queue";
import type { Group, ResultScreen } from "./result";
import type { Roster } from "./roster";
import type { Station, Told } from "./station";
import type { Store } from "./store";
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

/** The scan on the screen, to be told anew once the server has found something else. */
interface OnScreen {
  id: string;
  tell(made: Made | undefined, first?: Standing): void;
}

export class Taking {
  /** Which way people go. */
  mode: "in" | "out" = "in";
  #onScreen: OnScreen | undefined;
  readonly #undoing = new Set<string>();

  constructor(private readonly on: Counter) {}

  /** A text from the camera, a scanner, a photo or the keyboard, which was `seen` at that time of `performance.now`. */
  async text(text: string, seen = performance.now(), more: Partial<Scan> = {}): Promise<void> {
    const pairing = readPairing(text);
    if (pairing) return this.on.bond.pairBy(pairing);
    const station = this.#ready();
    if (!station) return;
    const kind: Kind = station.identity.role === "table" ? "table" : this.mode;
    await this.#take(station.takeText(text, kind, more), seen, () => void this.text(text, performance.now(), { walk_up: true }));
  }

  /** Somebody found by name, perhaps together with others. */
  async person(person: Person, kind: Kind, group?: Group): Promise<void> {
    const station = this.#ready(), seen = performance.now();
    const seatAnyway = () => void this.#take(station!.takePerson(person, kind, { walk_up: true }), performance.now());
    if (station) await this.#take(station.takePerson(person, kind), seen, seatAnyway, group);
  }

  /** Somebody who comes unannounced; false when they were not taken, as the screen says, and what was typed is still needed. */
  async walkIn(walkIn: WalkIn): Promise<boolean> {
    const told = await this.#kept(this.#ready()?.takeWalkIn(walkIn));
    if (told) void this.#tell(told, performance.now());
    return told !== undefined;
  }

  /** Take back what was told of somebody. A second tap while that is under way is the same one. */
  async undo(made: Made): Promise<void> {
    const station = this.#ready(), seen = performance.now();
    if (!station || this.#undoing.has(made.id)) return;
    this.#undoing.add(made.id);
    const undoing = await this.#kept(station.undo(made));
    if (undoing) {
      const { decision: { outcome }, scan = { id: "" } } = undoing;
      const about = { id: scan.id, kind: "undo", name: made.name, detail: made.company } as const;
      await this.#tellAsFound(scan, outcome, seen, (said) => {
        const found = said?.sent ? said.outcome : outcome, more = said?.sent && found !== "undone" ? said.message ?? "" : "";
        const sent = scan.id && found !== "invalid" ? said?.sent ?? false : undefined;
        this.on.result.show({ ...about, outcome: found, sent, more });
      });
    }
    this.#undoing.delete(made.id);
  }

  /** The server has answered about a scan. The one on the screen is confirmed, or told anew where the server differs. */
  answered({ result, before }: Settled): void {
    if (this.on.result.sent(result.id ?? "", result.outcome) || result.id !== this.#onScreen?.id) return;
    const { at: since = null, gate = "", device = "" } = result.first ?? {};
    this.#onScreen.tell(before && asAnswered(before, result), { state: "arrived", since, gate, device, scan: null });
  }

  /** A walk-in has a number and a badge of the server's now. */
  registered({ id, delegate_id, maybe }: WalkedIn, { name, company }: WalkIn): void {
    const { result, desk, notices } = this.on;
    result.sent(id, "accepted");
    result.offer(id, { label: say("print_badge"), primary: true, run: () => void desk.print({ id: delegate_id, name }) });
    if (maybe.length) notices.tell(`maybe-${id}`, "warn", say("maybe_same", { name, company }));
  }

  /** Nothing turns green that is not on the disk: what was kept, or undefined and the person is told. */
  async #kept<What>(keeping: Promise<What> | undefined): Promise<What | undefined> {
    const kept = await keeping?.catch(() => undefined);
    if (kept) this.on.notices.drop("not_kept");
    else if (keeping) this.#refuse(say("not_kept_why"), true);
    return kept;
  }

  /** Say full-screen that nobody was taken, and why. */
  #refuse(why: string, stays = false): void {
    const detail = this.on.bond.identity?.role === "kiosk" ? say("kiosk_help") : why; // whoever stands there can mend nothing
    this.on.result.show({ id: "", kind: "in", outcome: "not_kept", name: "", detail, more: "", sent: undefined });
    if (stays) this.on.notices.put("not_kept", "bad", why);
  }

  /** The station, if it may take somebody now; else the person is told. A page that is none says so all the time. */
  #ready(): Station | undefined {
    const { bond } = this.on, { identity } = bond;
    if (!identity || bond.mayTake()) return identity && this.on.station();
    this.#refuse(bond.whyNot());
    return undefined;
  }

  async #take(taking: Promise<Told>, seen: number, seatAnyway?: () => void, group?: Group): Promise<void> {
    const told = await this.#kept(taking);
    if (told) await this.#tell(told, seen, seatAnyway, group);
  }

  /** Tell what became of a scan that is on the disk. */
  #tell(told: Told, seen: number, seatAnyway: () => void = () => undefined, group?: Group): Promise<void> {
    const { roster, bond, desk, result } = this.on;
    return this.#tellAsFound(told.scan, told.decision.outcome, seen, (made, first = told.first) => {
      const [shown, ...acts] = answerTo({ ...told, first }, made, roster, bond.identity!.role, {
        undo: (made) => void this.undo(made),
        print: (whom) => void desk.print(whom),
        giveCode: (whom) => void desk.giveCode(whom),
        seatAnyway,
        checkIn: (people) => void this.#checkIn(people),
      });
      result.show({ ...shown, group }, ...acts);
    });
  }

  /** What the server found is told where it answers in time, else what this tablet found, and the server when it has. */
  async #tellAsFound(scan: Pick<Scan, "id" | "told">, outcome: Outcome, seen: number, tell: OnScreen["tell"]): Promise<void> {
    const { bond, show } = this.on;
    if (bond.link.online) await this.#hearServer(seen);
    else void bond.link.run();
    const made = await this.#settled(scan, outcome);
    // Revoked by the very answer: what was kept stays, and the page says what happened.
    if (!bond.identity) return show();
    this.#onScreen = { id: scan.id, tell };
    tell(made);
    await show();
  }

  /** Hand in what waits, and wait for the answer as long as the person at the door does not notice. */
  async #hearServer(seen: number): Promise<void> {
    const left = Math.min(LONGEST, Math.max(SHORTEST, seen + ANSWERED_BY - performance.now()));
    await Promise.race([this.on.drain(), new Promise((done) => setTimeout(done, left))]);
  }

  /** The scan as it is on the disk now. */
  async #settled({ id, told }: Pick<Scan, "id" | "told">, outcome: Outcome): Promise<Made | undefined> {
    const { store, queue } = this.on;
    const made = await store.get("made", id);
    // Online, but the answer takes long: from here on the person is told what this tablet decided.
    const late = made && !made.sent && !told;
    if (late && !(await queue.told(id, outcome).catch(() => true))) return store.get("made", id);
    return made;
  }

  async #checkIn(people: Person[]): Promise<void> {
    const group: Group = {};
    for (const each of people) await this.person(each, "in", group);
  }
}
