// What binds this tablet to its server: who it is, what it hears, and when it must forget.
import { say } from "../shared/messages";
import { Arrival } from "./arrival";
import type { Aside } from "./aside";
import { clientFor } from "./client";
import type { Pairing } from "./codes";
import { isDesk } from "./desk";
import { isExpired, keepsHours } from "./expiry";
import type { Identity } from "./kept";
import { Link, type Contact } from "./link";
import { news } from "./news";
import type { Notices } from "./notices";
import type { Queue } from "./queue";
import type { Roster } from "./roster";
import { SteadyClock } from "./steady-clock";
import { keep, keepWatch, setting, wipe, type Store } from "./store";
import { leaveTrace, trace } from "./traces";

/** What the app does about it. */
export interface Bound {
  /** This tablet is somebody else from now on, or nobody. */
  became(identity: Identity | undefined): Promise<void>;
  online(online: boolean): void;
  heard(contact: Contact): void;
  drain(): Promise<unknown>;
  show(): Promise<void>;
  /** What keeps this station from working, for an organiser to read. */
  troubles(): string[];
  /** Save what waits as a file. */
  save(): void;
}

export class Bond {
  readonly client = clientFor(() => this.identity?.token);
  readonly clock = new SteadyClock();
  readonly link: Link;
  readonly #arrival: Arrival;
  identity: Identity | undefined;
  #forgotten = false;
  /** The browser has thrown all away, and nobody has seen that yet. */
  #evicted = false;

  constructor(
    private readonly store: Store,
    private readonly roster: Roster,
    private readonly queue: Queue,
    private readonly aside: Aside,
    private readonly notices: Notices,
    private readonly version: string,
    private readonly app: Bound,
  ) {
    this.#arrival = new Arrival(queue, notices, {
      identity: () => this.identity,
      adopt: (identity) => this.#adopt(identity),
      show: () => app.show(),
      save: () => app.save(),
    });
    this.link = new Link({
      client: this.client,
      status: () => this.#status(),
      heard: (contact, sentAt) => this.#heard(contact, sentAt),
      refused: (status, error) => this.refused(status, error),
      silent: (why) => this.#silent(why),
      changed: (online) => app.online(online),
    });
  }

  /** What the disk has kept of it. */
  async load(): Promise<void> {
    this.identity = await setting(this.store, "identity");
    const watched = await setting(this.store, "watched");
    if (watched) this.clock.resume(watched);
    const lost = trace();
    if (!this.identity && lost !== undefined) this.#tellEviction(lost);
    if (this.identity) await this.#keepWatch();
    await this.#forgetIfExpired();
  }

  /** Pair by the page's address, where that says so. */
  arriveByAddress(): Promise<void> {
    return this.#arrival.byAddress();
  }

  /** A pairing link was scanned or typed. */
  pairBy(pairing: Pairing): Promise<void> {
    return this.#arrival.by(pairing);
  }

  /** Whether this tablet is a station that may take somebody now. */
  mayTake(): boolean {
    return this.identity !== undefined && !this.whyNot();
  }

  /** Why this station takes nobody now; empty when it does. One that knows nobody could only say "not one of ours". */
  whyNot(): string {
    const { identity } = this;
    if (!identity || identity.locked) return say("locked");
    if (isExpired(identity.role, this.clock.silentFor())) return say("expired", { hours: keepsHours(identity.role) });
    return this.roster.isLoaded ? "" : say("not_loaded");
  }

  /** Leave what outlives the browser's throwing all away: how many scans wait here. */
  leaveTrace(waiting: number): void {
    if (!this.#evicted) leaveTrace(this.identity && waiting);
  }

  async #status() {
    // For the organiser, what was not taken is as good as unsent.
    const unsent = (await this.queue.waiting()).count + (await this.aside.all()).length;
    const battery = await (navigator as { getBattery?: () => Promise<{ level: number }> }).getBattery?.().catch(() => undefined);
    const role = this.identity?.role;
    const told = { unsent, version: this.version, role, troubles: this.app.troubles(), clock_off_ms: Math.round(this.clock.worth().off) };
    return battery ? { ...told, battery: Math.round(battery.level * 100) } : told;
  }

  async #heard(contact: Contact, sentAt: number): Promise<void> {
    if (!this.identity) return;
    this.clock.hear(Date.parse(contact.server_time), sentAt);
    await this.#keepWatch();
    const minutes = Math.round(Math.abs(this.clock.worth().off) / 60_000);
    this.notices.set("clock", minutes > 0, "warn", say("clock", { minutes }));
    this.notices.drop("server_full");
    await this.#become({ ...this.identity, ...contact.station });
    if (this.identity.locked) return;
    // First what waits: it leaves this tablet even when nothing more can be kept on it.
    if ((await this.queue.waiting()).count) await this.app.drain();
    const known = Number(this.roster.cursor.split("-")[0] || 0);
    if (known !== contact.revision) await this.roster.refresh(this.client, await this.queue.ids()).catch(() => this.#keepWatch());
    news(this.notices, contact, this.client);
    this.app.heard(contact);
    await this.app.show();
  }

  async #silent(why: string): Promise<void> {
    this.notices.set("server_full", why === "storage_full", "bad", say("server_full"));
    if (this.identity) await this.#keepWatch();
    await this.#forgetIfExpired();
    await this.app.show();
  }

  async #forgetIfExpired(): Promise<void> {
    const expired = this.identity !== undefined && isExpired(this.identity.role, this.clock.silentFor());
    if (expired && !this.#forgotten) await this.roster.expire();
    this.#forgotten = expired;
  }

  /** Keep what the clock is worth. A disk that takes nothing more is told of as long as that is so. */
  async #keepWatch(): Promise<void> {
    const room = await keepWatch(this.store, this.clock.watched());
    this.notices.set("not_kept", !room, "bad", say("not_kept_why"));
  }

  /** The server answered that this station may not: it is locked, or no station any more. */
  async refused(status: number, error: string): Promise<void> {
    if (!this.identity) return;
    if (status === 403 && error === "locked") await this.#become({ ...this.identity, locked: true });
    if (status !== 401) return;
    this.link.stop();
    this.roster.clear();
    this.notices.put("revoked", "bad", say(error === "revoked" ? "revoked_station" : "unknown_station"));
    await this.#become(undefined);
    await wipe(this.store);
    await this.app.show();
  }

  /** Paired: whatever this tablet was before, it is not any more. */
  async #adopt(identity: Identity): Promise<void> {
    this.#evicted = false;
    await wipe(this.store);
    this.roster.clear();
    await this.#become(identity);
    await this.link.restart();
  }

  async #become(identity: Identity | undefined): Promise<void> {
    const before = this.identity;
    this.identity = identity;
    this.notices.set("locked", Boolean(identity?.locked), "warn", say("locked"));
    const changed = identity && JSON.stringify(identity) !== JSON.stringify(before);
    if (changed && before && (before.role !== identity.role || before.table_id !== identity.table_id)) await this.#changeTask(identity);
    if (changed) await keep(this.store, "identity", identity).catch(() => this.#keepWatch());
    await this.app.became(identity);
  }

  /** What a desk knows is not for a gate; what a gate might not hand in, a desk may. */
  async #changeTask({ role }: Identity): Promise<void> {
    await this.roster.startOver(isDesk(role));
    await this.aside.retry().catch(() => this.#keepWatch());
  }

  /** Told until somebody has seen it, however often the page is loaded meanwhile. */
  #tellEviction(count: number): void {
    this.#evicted = true;
    const seen = (): void => {
      this.#evicted = false;
      leaveTrace(undefined);
    };
    this.notices.put("evicted", "bad", say("evicted", { count }), { label: say("seen"), run: seen, goes: true });
  }
}
