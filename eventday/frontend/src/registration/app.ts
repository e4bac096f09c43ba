// The station app: puts mind, disk, connection, camera and screen together.
import { say } from "../shared/messages";
import type { Drained, Settled, WalkedIn } from "./answers";
import { Aside } from "./aside";
import { prepareReader } from "./badge-reader";
import { Bond } from "./bond";
import { bindControls } from "./controls";
import { Desk, isDesk } from "./desk";
import { Finding } from "./finding";
import type { Identity, WalkIn } from "./kept";
import { Kiosk } from "./kiosk";
import { isOurs, type Contact } from "./link";
import { Notices } from "./notices";
import { openTheOnly } from "./opening";
import { Outbox } from "./outbox";
import { at } from "./page";
import { Printing } from "./printing";
import { Queue } from "./queue";
import { ResultScreen } from "./result";
import { Roster } from "./roster";
import { learnTraditional } from "./search";
import { Settling } from "./settle";
import type { Silence } from "./sound";
import { StatePanel } from "./state-panel";
import { Station } from "./station";
import { keep, setting, type Store } from "./store";
import { Taking } from "./taking";
import { saveUnsent } from "./unsent-file";
import { Viewfinder } from "./viewfinder";
import { WalkInForm } from "./walk-in";
import { Ways } from "./ways";

export class App {
  readonly #root = at("station");
  readonly #notices = new Notices(at("notices"));
  readonly #silence: Silence = { quiet: false, still: false };
  readonly #result = new ResultScreen(at("result"), this.#silence);
  readonly #kiosk = new Kiosk();
  readonly #viewfinder: Viewfinder;
  readonly #queue: Queue;
  readonly #aside: Aside;
  readonly #outbox: Outbox;
  readonly #roster: Roster;
  readonly #panel: StatePanel;
  readonly #bond: Bond;
  readonly #printing: Printing;
  readonly #desk: Desk;
  readonly #taking: Taking;
  readonly #finding: Finding;
  readonly #walkIn: WalkInForm;
  readonly #settling: Settling;
  readonly #ways: Ways;
  #station: Station | undefined;

  constructor(private readonly store: Store) {
    this.#roster = new Roster(store);
    this.#queue = new Queue(store, () => this.#bond.identity, () => this.#bond.clock.worth());
    this.#aside = new Aside(store, this.#queue);
    const undo: Taking["undo"] = (made) => this.#taking.undo(made), save = () => void this.#save();
    this.#panel = new StatePanel(store, this.#roster, this.#queue, this.#aside, this.#notices, (made) => void undo(made), save);
    this.#bond = new Bond(store, this.#roster, this.#queue, this.#aside, this.#notices, this.#root.dataset["version"] ?? "", {
      became: (identity) => this.#became(identity),
      online: (online) => this.#panel.showLink(online, Boolean(this.#bond.identity)),
      heard: (contact) => this.#heard(contact),
      drain: () => this.#drain(),
      show: () => this.#showState(),
      troubles: () => [...this.#viewfinder.troubles(this.#bond.identity?.role), ...["not_kept", "differs"].filter((kind) => this.#notices.has(kind))],
      save,
    });
    this.#printing = new Printing(store, this.#bond.client, this.#notices, this.#result, () => this.#bond.link.online);
    this.#desk = new Desk(this.#bond.client, this.#notices, this.#result, this.#printing);
    this.#taking = new Taking({
      store, roster: this.#roster, queue: this.#queue, bond: this.#bond, desk: this.#desk, result: this.#result, notices: this.#notices,
      station: () => this.#station,
      drain: () => this.#drain(),
      show: () => this.#showState(),
    });
    this.#ways = new Ways(store, (way) => (this.#taking.mode = way));
    this.#finding = new Finding(this.#roster, this.#desk, () => this.#bond.identity?.role, {
      take: (person, kind) => void this.#taking.person(person, kind),
      lastOf: (person) => this.#station!.lastOf(person),
      undo: (made) => void undo(made),
    });
    this.#walkIn = new WalkInForm(this.#roster, (walkIn) => this.#taking.walkIn(walkIn));
    this.#settling = new Settling(this.#bond.client, (why) => this.#notices.tell("settle", "warn", why));
    this.#outbox = new Outbox(this.#queue, this.#aside, this.#bond.client, {
      answered: (settled) => this.#answered(settled),
      registered: (answer, walkIn, person) => this.#registered(answer, walkIn, person),
    });
    const { reader, wasm } = this.#root.dataset as { reader: string; wasm: string };
    this.#viewfinder = new Viewfinder(prepareReader(reader, wasm), (text, seen) => void this.#taking.text(text, seen));
  }

  /** Begin: from the disk first, so that it works without a connection. */
  async start(): Promise<void> {
    void navigator.storage?.persist?.();
    for (const what of ["quiet", "still"] as const) this.#silence[what] = (await setting(this.store, what)) ?? false;
    await this.#bond.load();
    await this.#roster.load();
    await this.#aside.retry().catch(() => undefined); // where nothing can be kept, as a notice says
    await this.#printing.resume();
    this.#bind();
    await this.#became(this.#bond.identity);
    await this.#bond.arriveByAddress();
    void this.#viewfinder.camera.start();
    if (this.#bond.identity) await this.#bond.link.run();
  }

  #bind(): void {
    bindControls(this.#viewfinder.camera, {
      take: (text) => void this.#taking.text(text),
      pair: (pairing) => void this.#bond.pairBy(pairing),
      search: () => this.#finding.search(),
      silence: (what, on) => void keep(this.store, what, (this.#silence[what] = on)),
      say: (key, tone, text) => this.#notices.tell(key, tone, text),
    }, this.#silence);
  }

  async #save(): Promise<void> {
    await saveUnsent(this.#queue, this.#aside);
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
    for (const each of settled) this.#taking.answered(each);
    await this.#station?.learn(settled);
  }

  async #registered(answer: WalkedIn | undefined, walkIn: WalkIn, person: number | undefined): Promise<void> {
    await this.#roster.dropProvisional(person);
    if (answer) this.#taking.registered(answer, walkIn);
  }

  #heard(contact: Contact): void {
    this.#settling.heard(contact.walk_ins);
    this.#kiosk.show(contact.here);
    void this.#finding.refresh();
  }

  /** Take the shape of what this tablet is, or of one that is not paired. */
  async #became(identity: Identity | undefined): Promise<void> {
    const before = document.body.dataset["role"];
    document.body.dataset["role"] = identity?.role ?? "";
    at("unpaired").hidden = Boolean(identity);
    if (!identity) this.#forgetPeople();
    this.#root.classList.toggle("is-unpaired", !identity);
    at("unpaired-words").textContent = say("unpaired");
    at("pair-words").textContent = say("pair_help");
    // Told every few seconds who it is; a new mind only for a new task, since the one it has may be deciding.
    if (JSON.stringify(identity) !== JSON.stringify(this.#station?.identity)) this.#station = identity && this.#mindOf(identity);
    await this.#ways.fit(identity);
    if (identity) {
      at("station-name").textContent = identity.name;
      this.#walkIn.offer(isDesk(identity.role));
      if (identity.role === "kiosk" && before !== "kiosk") {
        this.#viewfinder.camera.facing = "user";
        if (before) void this.#viewfinder.camera.start();
      }
    }
    await this.#showState();
  }

  /** Nobody's name stays on the page of a tablet that may know nobody any more. */
  #forgetPeople(): void {
    this.#result.forget();
    this.#printing.forget();
    for (const about of ["alert-", "conflict-", "maybe-", "code-"]) this.#notices.only(about, []);
  }

  #mindOf(identity: Identity): Station {
    const around = { now: () => this.#bond.clock.now(), online: () => this.#bond.link.online };
    return new Station(this.store, this.#roster, this.#queue, identity, around);
  }

  async #showState(): Promise<void> {
    const { identity, link, clock } = this.#bond;
    this.#bond.leaveTrace((await this.#queue.waiting()).count);
    await this.#panel.show({ identity, online: link.online, silent: clock.silentFor() });
  }
}

/** Open the disk and begin. */
export async function startStation(): Promise<void> {
  learnTraditional(JSON.parse(at("traditional").textContent || '""') as string);
  const store = await openTheOnly(new Notices(at("notices")));
  if (store) await new App(store).start();
}
