// The station app: puts mind, disk, connection, camera and screen together.
import { say } from "../shared/messages";
import { Camera, prepareReader, type Trouble } from "./camera";
import type { Kind } from "./checkin-rule";
import { clientFor } from "./client";
import { readCode, readPairing } from "./codes";
import { Link, type Contact } from "./link";
import { showCounts, showFound, showMade } from "./lists";
import { Notices } from "./notices";
import { Outbox, type Drained, type Result } from "./outbox";
import { codeInAddress, pairWith } from "./pairing";
import { firstAt, ResultScreen, type Act, type Offer } from "./result";
import { Roster } from "./roster";
import { listenForScanner } from "./scanner-keys";
import { clock } from "./setup";
import { Paper, type Badge } from "./paper";
import { Station, type Told } from "./station";
import { keep, openStore, setting, wipe, type Identity, type Made, type Person, type Scan, type Store } from "./store";
import { WalkInForm } from "./walk-in";

/** How long a result waits for the server before it is shown as saved here only. */
const PATIENCE = 300;
/** Without contact for so long, a station forgets who is registered. */
const FORGETS_AFTER = 18 * 3600_000;
const SHOWN = 30;
/** Who registers walk-ins and prints badges. */
const DESKS = ["desk", "lead"];

const at = <Element extends HTMLElement>(id: string): Element => document.getElementById(id) as Element;

export class App {
  readonly #root = at("station");
  readonly #notices = new Notices(at("notices"));
  readonly #result = new ResultScreen(at("result"), () => this.#quiet);
  readonly #client = clientFor(() => this.#identity?.token);
  readonly #outbox: Outbox;
  readonly #roster: Roster;
  readonly #link: Link;
  readonly #walkIn: WalkInForm;
  readonly #paper = new Paper();
  readonly #camera: Camera;
  #identity: Identity | undefined;
  #station: Station | undefined;
  #mode: "in" | "out" = "in";
  #quiet = false;
  #clockOff = 0;
  #heardAt = 0;
  #alerts = new Set<string>();

  constructor(private readonly store: Store) {
    this.#roster = new Roster(store);
    this.#outbox = new Outbox(store, this.#client, (results) => this.#answered(results), (answer, walkIn) => {
      this.#result.sent(answer.id, true);
      if (answer.maybe.length) this.#notices.put(`maybe-${answer.id}`, "warn", say("maybe_same", { name: walkIn.name, company: walkIn.company }), () => undefined);
    });
    this.#walkIn = new WalkInForm(this.#roster, (walkIn) => void this.#tell(() => this.#station!.takeWalkIn(walkIn)));
    this.#link = new Link({
      client: this.#client,
      status: () => this.#status(),
      heard: (contact, sentAt) => this.#heard(contact, sentAt),
      refused: (status, error) => this.#refused(status, error),
      changed: (online) => this.#showLink(online),
    });
    const reader = prepareReader(this.#root.dataset["wasm"]!);
    this.#camera = new Camera(at<HTMLVideoElement>("film"), reader, (text) => void this.take(text));
  }

  /** Begin: from the disk first, so that it works without a connection. */
  async start(): Promise<void> {
    void navigator.storage?.persist?.();
    this.#identity = await setting(this.store, "identity");
    this.#clockOff = (await setting(this.store, "clockOff")) ?? 0;
    this.#heardAt = (await setting(this.store, "heardAt")) ?? 0;
    this.#quiet = (await setting(this.store, "quiet")) ?? false;
    await this.#roster.load();
    this.#bind();
    this.#become(this.#identity);
    const code = codeInAddress();
    if (code) await this.#pair(code);
    void this.#startCamera();
    if (this.#identity) await this.#link.run();
  }

  /** A text from the camera, a scanner, a photo or the keyboard. */
  async take(text: string, more: Partial<Scan> = {}): Promise<void> {
    const pairing = readPairing(text);
    if (pairing) return this.#pairBy(pairing);
    if (!this.#station || this.#identity?.locked) return;
    const kind: Kind = this.#identity?.role === "table" ? "table" : this.#mode;
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
    const drained = this.#drain();
    const answered = this.#link.online && (await Promise.race([drained, new Promise<undefined>((done) => setTimeout(done, PATIENCE))]));
    const made = await this.store.get("made", told.scan.id);
    if (answered !== "done") await this.#outbox.told(told.scan.id, told.decision.outcome);
    this.#show(told, made, text);
    await this.#showState();
  }

  #show(told: Told, made: Made | undefined, text: string): void {
    const { scan, person, first, right } = told;
    const outcome = made?.sent ? made.outcome : told.decision.outcome;
    const zone = this.#roster.setup?.timezone;
    const role = person && person.role !== "delegate" ? say(`role_${person.role}`) : "";
    const details = [person?.company ?? made?.company ?? "", role].filter(Boolean).join(" · ");
    let more = "";
    if (outcome === "already") more = first?.since ? firstAt(first.since, first.gate, first.device, zone) : made?.message ?? "";
    else if (outcome === "wrong_table" && right) more = say("right_table", { table: right.table.label, room: right.table.room, time: clock(right.start, zone) });
    else if (outcome === "wrong_table") more = made?.message ?? say("no_seat");
    else if (outcome === "unknown") more = say("unknown_help");
    else if (outcome === "revoked") more = say("revoked_help");
    else if (made?.sent && outcome !== "accepted") more = made.message ?? "";
    const acts: Act[] = [];
    if (outcome === "accepted" && made && this.#identity?.role !== "kiosk") acts.push({ label: say("undo"), run: () => void this.#undo(made) });
    if (scan.walk_in && made?.person && outcome === "accepted") acts.push({ label: say("print_badge"), primary: true, run: () => void this.#print(made.person!) });
    if (told.maySit) acts.push({ label: say("seat_anyway"), primary: true, run: () => void this.take(text, { walk_up: true }) });
    const shown = { id: scan.id, kind: scan.kind, outcome, name: person?.name ?? made?.name ?? "", detail: details, more, sent: made?.sent ?? false };
    this.#result.show({ ...shown, walkUp: told.decision.walk_up ?? false }, acts, this.#delegation(told, outcome));
  }

  /** The colleagues who are still expected, offered to be checked in with whoever came first. */
  #delegation({ person, scan }: Told, outcome: string): Offer | undefined {
    if (!person || scan.kind !== "in" || outcome !== "accepted" || this.#identity?.role === "kiosk") return undefined;
    const others = this.#roster.delegation(person).filter(({ state, remote }) => state === "expected" && !remote);
    if (!others.length) return undefined;
    const checkIn = (people: Person[]) => async () => {
      for (const each of people) await this.#tell(() => this.#station!.takePerson(each, "in"));
    };
    const acts: Act[] = others.slice(0, 6).map((each) => ({ label: each.name, run: () => void checkIn([each])() }));
    if (others.length > 1) acts.push({ label: say("all", { count: others.length }), primary: true, run: () => void checkIn(others)() });
    return { title: say("delegation", { company: person.company_label }), acts };
  }

  async #undo(made: Made): Promise<void> {
    const decision = await this.#station!.undo(made);
    this.#result.show({ id: made.id, kind: "undo", outcome: decision.outcome, name: made.name, detail: made.company, more: "", sent: false });
    void this.#drain();
    await this.#showState();
  }

  async #drain(): Promise<Drained> {
    const drained = await this.#outbox.drain();
    this.#link.found(drained !== "silent");
    if (typeof drained === "object") await this.#refused(drained.status, drained.error);
    await this.#showState();
    return drained;
  }

  async #answered(results: Result[]): Promise<void> {
    for (const { id } of results) if (id) this.#result.sent(id, true);
  }

  // -- connection ----------------------------------------------------------------------------------------------------

  async #status() {
    const { count } = await this.#outbox.waiting();
    const battery = await (navigator as { getBattery?: () => Promise<{ level: number }> }).getBattery?.().catch(() => undefined);
    const told = { unsent: count, version: this.#root.dataset["version"] ?? "", clock_off_ms: Math.round(this.#clockOff) };
    return battery ? { ...told, battery: Math.round(battery.level * 100) } : told;
  }

  async #heard(contact: Contact, sentAt: number): Promise<void> {
    this.#clockOff = (sentAt + Date.now()) / 2 - Date.parse(contact.server_time);
    this.#heardAt = Date.now();
    await keep(this.store, "clockOff", this.#clockOff);
    await keep(this.store, "heardAt", this.#heardAt);
    const minutes = Math.round(Math.abs(this.#clockOff) / 60_000);
    this.#notices.set("clock", minutes > 0, "warn", say("clock", { minutes }));
    await this.#become({ ...this.#identity!, ...contact.station }, true);
    if (this.#identity?.locked) return;
    if ((await this.#outbox.waiting()).count) await this.#drain();
    const known = Number(this.#roster.cursor.split("-")[0] || 0);
    if (known !== contact.revision) await this.#roster.refresh(this.#client, await this.#outbox.ids());
    for (const each of contact.alerts) this.#alert(each);
    this.#notices.only("conflict-", contact.conflicts.map(({ id, delegate, first, second }) => ({
      key: `conflict-${id}`, tone: "warn", text: say("conflict", { name: delegate, first: first.device ?? "", second: second.device ?? "" }),
    })));
    await this.#showState();
  }

  #alert(each: Contact["alerts"][number]): void {
    if (this.#alerts.has(each.scan)) return;
    this.#alerts.add(each.scan);
    const receiver = each.received_by ? ` · ${say("alert_receiver", { receiver: each.received_by })}` : "";
    this.#notices.put(`alert-${each.scan}`, "good", say("alert", { name: [each.name, each.title].filter(Boolean).join(" "), company: each.company }) + receiver, () => undefined);
  }

  async #refused(status: number, error: string): Promise<void> {
    if (status === 403 && error === "locked") await this.#become({ ...this.#identity!, locked: true }, true);
    if (status !== 401) return;
    const { count } = await this.#outbox.waiting();
    this.#link.stop();
    await wipe(this.store);
    this.#roster.clear();
    this.#notices.put("revoked", "bad", say("revoked_station", { count }));
    await this.#become(undefined);
    await this.#showState();
  }

  // -- pairing -------------------------------------------------------------------------------------------------------

  async #pairBy({ origin, code }: { origin: string; code: string }): Promise<void> {
    // A code of another address leads there: the server has moved. What waits here stays here until it is handed in.
    if (origin === location.origin) await this.#pair(code);
    else location.href = `${origin}/station#pair=${code}`;
  }

  async #pair(code: string): Promise<void> {
    at("pair-words").textContent = say("pairing");
    const paired = await pairWith(this.#client, code);
    if ("trouble" in paired) {
      this.#notices.put("pairing", "bad", paired.trouble || say("pair_failed"));
      at("pair-words").textContent = say("pair_help");
      return;
    }
    await wipe(this.store);
    this.#roster.clear();
    this.#notices.drop("pairing", "revoked");
    await this.#become(paired.identity, true);
    await this.#link.run();
  }

  async #become(identity: Identity | undefined, persist = false): Promise<void> {
    this.#identity = identity;
    document.body.dataset["role"] = identity?.role ?? "";
    at("unpaired").hidden = Boolean(identity);
    this.#root.classList.toggle("is-unpaired", !identity);
    at("unpaired-words").textContent = say("unpaired");
    at("pair-words").textContent = say("pair_help");
    this.#notices.set("locked", Boolean(identity?.locked), "warn", say("locked"));
    if (!identity) {
      this.#station = undefined;
      return;
    }
    if (persist) await keep(this.store, "identity", identity);
    this.#station = new Station(this.store, this.#roster, this.#outbox, identity, () => Date.now() - this.#clockOff);
    at("station-name").textContent = identity.name;
    this.#walkIn.offer(DESKS.includes(identity.role));
    at("modes").hidden = !["gate", "desk", "lead"].includes(identity.role);
    if (identity.role === "kiosk") this.#camera.facing = "user";
    await this.#showState();
  }

  // -- screen --------------------------------------------------------------------------------------------------------

  #showLink(online: boolean): void {
    at("link-state").className = `station__link ${online ? "is-online" : "is-offline"}`;
    at("link-words").textContent = this.#identity ? say(online ? "online" : "offline") : "";
  }

  async #showState(): Promise<void> {
    const zone = this.#roster.setup?.timezone;
    at("event-name").textContent = this.#roster.setup ? (document.documentElement.lang === "en" && this.#roster.setup.name_en) || this.#roster.setup.name : "";
    const { count, since } = await this.#outbox.waiting();
    const queue = at("queue-state");
    queue.textContent = count ? say("waiting", { count, time: clock(since, zone) }) : this.#identity ? say("all_sent") : "";
    queue.classList.toggle("is-waiting", count > 0);
    if (this.#heardAt && Date.now() - this.#heardAt > FORGETS_AFTER && this.#roster.people.size) await this.#roster.expire();
    this.#notices.set("expired", Boolean(this.#identity) && this.#heardAt > 0 && !this.#roster.people.size && !this.#link.online, "warn", say("expired"));
    showCounts(at("counts"), this.#roster);
    const made = (await this.store.getAllFromIndex("made", "at")).reverse();
    showMade(at("made"), made.slice(0, SHOWN), zone, (each) => void this.#undo(each));
    const differing = made.filter(({ differs }) => differs);
    this.#notices.only("differs-", differing.map((each) => ({
      key: `differs-${each.id}`, tone: "bad", text: say("differs", { name: each.name || "–", outcome: say(each.differs!) }),
      seen: () => void this.#sawDifference(each),
    })));
  }

  async #sawDifference(made: Made): Promise<void> {
    const { differs: _seen, ...rest } = made;
    await this.store.put("made", rest);
    await this.#showState();
  }

  #search(): void {
    const query = at<HTMLInputElement>("search").value;
    const people = this.#roster.index.find(query).map((id) => this.#roster.people.get(id)!);
    showFound(at("found"), people, query, this.#roster.setup?.timezone, (person, kind) => {
      at<HTMLInputElement>("search").value = "";
      this.#search();
      const asked: Kind = this.#identity?.role === "table" ? "table" : kind;
      void this.#tell(() => this.#station!.takePerson(person, asked));
    }, DESKS.includes(this.#identity?.role ?? "") ? (person) => void this.#print(person.id) : undefined);
  }

  /** Print a badge here and now. The server makes it, so this alone needs the connection. */
  async #print(person: number): Promise<void> {
    const answer = await this.#client.post<Badge>("badges", { delegate: person });
    if (answer.kind === "answered") return this.#paper.print(answer.body);
    const why = answer.kind === "refused" ? answer.message : say("print_offline");
    this.#notices.put("print", "warn", why, () => undefined);
  }

  async #startCamera(starting: () => Promise<Trouble | undefined> = () => this.#camera.start()): Promise<void> {
    at("camera-words").textContent = say("camera_starting");
    const trouble = await starting();
    at("camera-words").textContent = say(trouble ? `camera_${trouble}` : "camera_hint");
    at("camera-words").classList.toggle("is-trouble", Boolean(trouble));
    at("retry").hidden = !trouble;
    at("torch").hidden = !this.#camera.hasTorch;
  }

  #bind(): void {
    listenForScanner((text) => void this.take(text));
    at("retry").addEventListener("click", () => void this.#startCamera());
    at("flip").addEventListener("click", () => void this.#startCamera(() => this.#camera.flip()));
    at("torch").addEventListener("click", () => toggle("torch", (on) => void this.#camera.torch(on)));
    toggle("sound", () => undefined, !this.#quiet);
    at("sound").addEventListener("click", () => toggle("sound", (on) => void keep(this.store, "quiet", (this.#quiet = !on))));
    at<HTMLInputElement>("photo").addEventListener("change", (event) => void this.#photo(event.target as HTMLInputElement));
    at("search").addEventListener("input", () => this.#search());
    at("search-form").addEventListener("submit", (event) => {
      event.preventDefault();
      const field = at<HTMLInputElement>("search");
      if (!readCode(field.value) && !readPairing(field.value)) return;
      void this.take(field.value);
      field.value = "";
      this.#search();
    });
    at("pair-form").addEventListener("submit", (event) => {
      event.preventDefault();
      const pairing = readPairing(at<HTMLInputElement>("pair-link").value);
      if (pairing) void this.#pairBy(pairing);
      else this.#notices.put("pairing", "bad", say("pair_help"));
    });
    for (const button of document.querySelectorAll<HTMLElement>("[data-mode]")) {
      button.addEventListener("click", () => {
        this.#mode = button.dataset["mode"] as "in" | "out";
        for (const each of document.querySelectorAll<HTMLElement>("[data-mode]")) each.setAttribute("aria-pressed", String(each === button));
      });
    }
  }

  async #photo(field: HTMLInputElement): Promise<void> {
    const photo = field.files?.[0];
    const text = photo && (await this.#camera.readPhoto(photo).catch(() => undefined));
    field.value = "";
    if (text) await this.take(text);
    else if (photo) this.#notices.put("photo", "warn", say("photo_nothing"), () => undefined);
  }
}

function toggle(id: string, done: (on: boolean) => void, to = at(id).getAttribute("aria-pressed") !== "true"): void {
  at(id).setAttribute("aria-pressed", String(to));
  done(to);
}

/** Open the disk and begin. */
export async function startStation(): Promise<void> {
  await new App(await openStore()).start();
}
