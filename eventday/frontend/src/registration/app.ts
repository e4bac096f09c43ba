// The station app: puts mind, disk, connection, camera and screen together.
import { say } from "../shared/messages";
import type { Drained, Settled, WalkedIn } from "./answers";
import { Bond } from "./bond";
import { Camera, prepareReader } from "./camera";
import type { Kind } from "./checkin-rule";
import { readPairing } from "./codes";
import { bindControls, startCamera } from "./controls";
import { Kiosk } from "./kiosk";
import { isOurs, type Contact } from "./link";
import { showFound } from "./lists";
import { Notices } from "./notices";
import { Outbox } from "./outbox";
import { at } from "./page";
import { Paper, type Badge } from "./paper";
import { Queue } from "./queue";
import { ResultScreen } from "./result";
import { Roster } from "./roster";
import { learnTraditional } from "./search";
import { Settling } from "./settle";
import type { Silence } from "./sound";
import { StatePanel } from "./state-panel";
import { Station, type Told } from "./station";
import { keep, openStore, setting, type Identity, type Made, type Person, type Scan, type Store, type WalkIn } from "./store";
import { answerTo } from "./telling";
import { leaveTrace } from "./traces";
import { saveUnsent } from "./unsent-file";
import { WalkInForm } from "./walk-in";

/** How long a result waits for the server before it is shown as saved here only. */
const PATIENCE = 300;
/** Who registers walk-ins and prints badges. */
const DESKS = ["desk", "lead"];

export class App {
  readonly #root = at("station");
  readonly #notices = new Notices(at("notices"));
  readonly #silence: Silence = { quiet: false, still: false };
  readonly #result = new ResultScreen(at("result"), this.#silence);
  readonly #queue: Queue;
  readonly #outbox: Outbox;
  readonly #roster: Roster;
  readonly #panel: StatePanel;
  readonly #bond: Bond;
  readonly #walkIn: WalkInForm;
  readonly #paper = new Paper();
  readonly #kiosk = new Kiosk();
  readonly #settling: Settling;
  readonly #camera: Camera;
  #station: Station | undefined;
  #mode: "in" | "out" = "in";
  /** The roster's cursor at the last search. */
  #searched = "";

  constructor(private readonly store: Store) {
    this.#roster = new Roster(store);
    this.#queue = new Queue(store, () => this.#bond.identity, () => this.#bond.clock);
    const save = () => void saveUnsent(this.#queue);
    this.#panel = new StatePanel(store, this.#roster, this.#queue, this.#notices, (made) => void this.#undo(made), save);
    this.#walkIn = new WalkInForm(this.#roster, (walkIn) => void this.#tell(() => this.#station!.takeWalkIn(walkIn)));
    this.#bond = new Bond(store, this.#roster, this.#queue, this.#notices, this.#root.dataset["version"] ?? "", {
      became: (identity) => this.#became(identity),
      online: (online) => this.#panel.showLink(online, Boolean(this.#bond.identity)),
      heard: (contact) => this.#heard(contact),
      drain: () => this.#drain(),
      show: () => this.#showState(),
    });
    this.#settling = new Settling(this.#bond.client, (why) => this.#notices.tell("settle", "warn", why));
    this.#outbox = new Outbox(this.#queue, this.#bond.client, {
      answered: (settled) => this.#answered(settled),
      registered: (answer, walkIn, person) => this.#registered(answer, walkIn, person),
    });
    const reader = prepareReader(this.#root.dataset["wasm"]!);
    this.#camera = new Camera(at<HTMLVideoElement>("film"), reader, (text) => void this.take(text));
  }

  /** Begin: from the disk first, so that it works without a connection. */
  async start(): Promise<void> {
    void navigator.storage?.persist?.();
    for (const what of ["quiet", "still"] as const) this.#silence[what] = (await setting(this.store, what)) ?? false;
    await this.#bond.load();
    await this.#roster.load();
    this.#bind();
    await this.#became(this.#bond.identity);
    await this.#bond.arriveByAddress();
    void startCamera(this.#camera);
    if (this.#bond.identity) await this.#bond.link.run();
  }

  /** A text from the camera, a scanner, a photo or the keyboard. */
  async take(text: string, more: Partial<Scan> = {}): Promise<void> {
    const pairing = readPairing(text);
    if (pairing) return this.#bond.pairBy(pairing);
    if (!this.#station || !this.#bond.mayTake()) return;
    const kind: Kind = this.#bond.identity?.role === "table" ? "table" : this.#mode;
    await this.#tell(() => this.#station!.takeText(text, kind, more), text);
  }

  async #tell(taking: () => Promise<Told>, text = ""): Promise<void> {
    let told: Told;
    try {
      told = await taking();
    } catch {
      // Nothing turns green that is not on the disk.
      this.#result.show({ id: "", kind: "in", outcome: "not_kept", name: "", detail: say("not_kept_why"), more: "", sent: false });
      this.#notices.put("not_kept", "bad", say("not_kept_why"));
      return;
    }
    this.#notices.drop("not_kept");
    if (this.#bond.link.online) await Promise.race([this.#drain(), new Promise((done) => setTimeout(done, PATIENCE))]);
    else void this.#bond.link.run();
    const { id } = told.scan;
    let made = await this.store.get("made", id);
    // Online, but the answer takes long: from here on the person is told what this tablet decided.
    const late = !made?.sent && !told.scan.told;
    if (late && !(await this.#queue.told(id, told.decision.outcome).catch(() => true))) made = await this.store.get("made", id);
    this.#result.show(...answerTo(told, made, this.#roster, this.#bond.identity!.role, {
      undo: (made) => void this.#undo(made),
      print: (person) => void this.#print(person),
      seatAnyway: () => void this.take(text, { walk_up: true }),
      checkIn: (people) => void this.#checkIn(people),
    }));
    await this.#showState();
  }

  async #checkIn(people: Person[]): Promise<void> {
    for (const each of people) await this.#tell(() => this.#station!.takePerson(each, "in"));
  }

  async #undo(made: Made): Promise<void> {
    const decision = await this.#station!.undo(made);
    this.#result.show({ id: made.id, kind: "undo", outcome: decision.outcome, name: made.name, detail: made.company, more: "", sent: false });
    void this.#drain();
    await this.#showState();
  }

  async #drain(): Promise<Drained> {
    const drained = await this.#outbox.drain();
    const refused = typeof drained === "object" ? drained : undefined;
    // What is stuck says nothing about the connection: the next contact will tell.
    if (drained !== "stuck") this.#bond.link.found(drained === "done" || (refused !== undefined && isOurs(refused.status)));
    if (refused) await this.#bond.refused(refused.status, refused.error);
    await this.#showState();
    return drained;
  }

  async #answered(settled: Settled[]): Promise<void> {
    for (const { result } of settled) if (result.id) this.#result.sent(result.id, true);
    await this.#station?.learn(settled);
  }

  async #registered(answer: WalkedIn | undefined, walkIn: WalkIn, person: number | undefined): Promise<void> {
    await this.#roster.dropProvisional(person);
    if (!answer) return;
    this.#result.sent(answer.id, true);
    this.#result.offer(answer.id, { label: say("print_badge"), primary: true, run: () => void this.#print(answer.delegate_id) });
    if (answer.maybe.length) this.#notices.tell(`maybe-${answer.id}`, "warn", say("maybe_same", { name: walkIn.name, company: walkIn.company }));
  }

  #heard(contact: Contact): void {
    this.#settling.heard(contact.walk_ins);
    this.#kiosk.show(contact.here);
    // Who is found is shown as they stand now; only then, so that no button moves under a finger for nothing.
    if (this.#roster.cursor !== this.#searched) this.#search();
  }

  /** Take the shape of what this tablet is, or of one that is not paired. */
  async #became(identity: Identity | undefined): Promise<void> {
    const before = document.body.dataset["role"];
    document.body.dataset["role"] = identity?.role ?? "";
    at("unpaired").hidden = Boolean(identity);
    this.#root.classList.toggle("is-unpaired", !identity);
    at("unpaired-words").textContent = say("unpaired");
    at("pair-words").textContent = say("pair_help");
    const around = { now: () => Date.now() - this.#bond.clockOff, online: () => this.#bond.link.online };
    this.#station = identity && new Station(this.store, this.#roster, this.#queue, identity, around);
    if (identity) {
      at("station-name").textContent = identity.name;
      this.#walkIn.offer(DESKS.includes(identity.role));
      at("modes").hidden = !["gate", "desk", "lead"].includes(identity.role);
      if (identity.role === "kiosk" && before !== "kiosk") {
        this.#camera.facing = "user";
        if (before) void startCamera(this.#camera);
      }
    }
    await this.#showState();
  }

  async #showState(): Promise<void> {
    leaveTrace(this.#bond.identity && (await this.#queue.waiting()).count);
    await this.#panel.show({ identity: this.#bond.identity, online: this.#bond.link.online, heardAt: this.#bond.heardAt });
  }

  #search(): void {
    this.#searched = this.#roster.cursor;
    const query = at<HTMLInputElement>("search").value;
    const people = this.#roster.index.find(query).map((id) => this.#roster.people.get(id)!);
    const role = this.#bond.identity?.role ?? "";
    const done = () => {
      at<HTMLInputElement>("search").value = "";
      this.#search();
    };
    showFound(at("found"), people, query, this.#roster.setup?.timezone, {
      checkIn: (person, kind) => {
        done();
        const asked: Kind = role === "table" ? "table" : kind;
        if (this.#bond.mayTake()) void this.#tell(() => this.#station!.takePerson(person, asked));
      },
      print: DESKS.includes(role) ? (person) => void this.#print(person.id) : undefined,
      undo: role === "lead" ? (person) => void this.#station!.lastOf(person).then((made) => (done(), this.#undo(made))) : undefined,
    });
  }

  /** Print a badge here and now. The server makes it, so this alone needs the connection. */
  async #print(person: number): Promise<void> {
    const answer = await this.#bond.client.post<Badge>("badges", { delegate: person });
    if (answer.kind === "answered") return this.#paper.print(answer.body);
    this.#notices.tell("print", "warn", answer.kind === "refused" ? answer.message : say("print_offline"));
  }

  #bind(): void {
    bindControls(this.#camera, {
      take: (text) => void this.take(text),
      pair: (pairing) => void this.#bond.pairBy(pairing),
      search: () => this.#search(),
      mode: (mode) => (this.#mode = mode),
      silence: (what, on) => void keep(this.store, what, (this.#silence[what] = on)),
      say: (key, tone, text) => this.#notices.tell(key, tone, text),
    }, this.#silence);
  }
}

/** Open the disk and begin. */
export async function startStation(): Promise<void> {
  learnTraditional(JSON.parse(at("traditional").textContent || '""') as string);
  const store = await openStore("eventday-station", () => {
    const reload = { label: say("reload"), run: () => location.reload() };
    new Notices(at("notices")).put("gone", "bad", say("gone"), reload);
  });
  await new App(store).start();
}
