// What binds this tablet to its server: who it is, what it hears, when it must forget, and how it is paired or led on.
import { say } from "../shared/messages";
import { clientFor } from "./client";
import type { Clock } from "./clock";
import type { Pairing } from "./codes";
import { isExpired } from "./expiry";
import { Link, type Contact } from "./link";
import { addressWith, isFromOurServer, unpack } from "./moving";
import { news } from "./news";
import type { Notices } from "./notices";
import { at } from "./page";
import { codeInAddress, pairWith } from "./pairing";
import type { Queue } from "./queue";
import type { Roster } from "./roster";
import { keep, setting, wipe, type Identity, type Store } from "./store";
import { trace } from "./traces";
import { saveUnsent } from "./unsent-file";

/** What the app does about it. */
export interface Bound {
  /** This tablet is somebody else from now on, or nobody. */
  became(identity: Identity | undefined): Promise<void>;
  online(online: boolean): void;
  heard(contact: Contact): void;
  drain(): Promise<unknown>;
  show(): Promise<void>;
}

export class Bond {
  readonly client = clientFor(() => this.identity?.token);
  readonly link: Link;
  identity: Identity | undefined;
  /** How far our clock is ahead of the server's, in milliseconds, and when the server was last heard, by our clock. */
  clockOff = 0;
  heardAt = 0;
  #forgotten = false;

  constructor(
    private readonly store: Store,
    private readonly roster: Roster,
    private readonly queue: Queue,
    private readonly notices: Notices,
    private readonly version: string,
    private readonly app: Bound,
  ) {
    this.link = new Link({
      client: this.client,
      status: () => this.#status(),
      heard: (contact, sentAt) => this.#heard(contact, sentAt),
      refused: (status, error) => this.refused(status, error),
      silent: (why) => this.#silent(why),
      changed: (online) => app.online(online),
    });
  }

  /** What our clock is worth. */
  get clock(): Clock {
    return { off: this.clockOff, heard: this.heardAt && this.heardAt - this.clockOff };
  }

  /** What the disk has kept of it. */
  async load(): Promise<void> {
    this.identity = await setting(this.store, "identity");
    this.clockOff = (await setting(this.store, "clockOff")) ?? 0;
    this.heardAt = (await setting(this.store, "heardAt")) ?? 0;
    const lost = trace();
    if (!this.identity && lost !== undefined) this.notices.tell("evicted", "bad", say("evicted", { count: lost }));
    await this.#forgetIfExpired();
  }

  /** Pair by the page's address, where that says so: now, or when such a link is opened in this page later. */
  async arriveByAddress(): Promise<void> {
    addEventListener("hashchange", () => void this.arriveByAddress(), { once: true });
    const came = codeInAddress();
    if (came) await this.#arrive(came);
  }

  /** A locked station takes nothing; one that has forgotten everybody could only say "unknown". */
  mayTake(): boolean {
    const { identity } = this;
    return identity !== undefined && !identity.locked && !isExpired(identity.role, this.heardAt, Date.now());
  }

  async #status() {
    const { count } = await this.queue.waiting();
    const battery = await (navigator as { getBattery?: () => Promise<{ level: number }> }).getBattery?.().catch(() => undefined);
    const told = { unsent: count, version: this.version, clock_off_ms: Math.round(this.clockOff) };
    return battery ? { ...told, battery: Math.round(battery.level * 100) } : told;
  }

  async #heard(contact: Contact, sentAt: number): Promise<void> {
    this.clockOff = (sentAt + Date.now()) / 2 - Date.parse(contact.server_time);
    this.heardAt = Date.now();
    await keep(this.store, "clockOff", this.clockOff);
    await keep(this.store, "heardAt", this.heardAt);
    const minutes = Math.round(Math.abs(this.clockOff) / 60_000);
    this.notices.set("clock", minutes > 0, "warn", say("clock", { minutes }));
    this.notices.drop("server_full");
    await this.#become({ ...this.identity!, ...contact.station }, true);
    if (this.identity?.locked) return;
    if ((await this.queue.waiting()).count) await this.app.drain();
    const known = Number(this.roster.cursor.split("-")[0] || 0);
    if (known !== contact.revision) await this.roster.refresh(this.client, await this.queue.ids());
    news(this.notices, contact);
    this.app.heard(contact);
    await this.app.show();
  }

  async #silent(why: string): Promise<void> {
    this.notices.set("server_full", why === "storage_full", "bad", say("server_full"));
    await this.#forgetIfExpired();
    await this.app.show();
  }

  async #forgetIfExpired(): Promise<void> {
    const expired = this.identity !== undefined && isExpired(this.identity.role, this.heardAt, Date.now());
    if (expired && !this.#forgotten) await this.roster.expire();
    this.#forgotten = expired;
  }

  /** The server answered that this station may not: it is locked, or no station any more. */
  async refused(status: number, error: string): Promise<void> {
    if (status === 403 && error === "locked") await this.#become({ ...this.identity!, locked: true }, true);
    if (status !== 401) return;
    this.link.stop();
    await wipe(this.store);
    this.roster.clear();
    this.notices.put("revoked", "bad", say(error === "revoked" ? "revoked_station" : "unknown_station"));
    await this.#become(undefined);
    await this.app.show();
  }

  /** A pairing link was scanned or typed. One of another address leads there, with all that waits if it is our server. */
  async pairBy(pairing: Pairing): Promise<void> {
    if (pairing.origin === location.origin) return this.#arrive({ code: pairing.code, carried: "" });
    const { all } = await this.queue.waiting();
    const ours = this.identity && isFromOurServer(pairing, this.identity.token);
    if (this.identity && !ours) return this.notices.tell("pairing", "bad", say("stranger", { address: pairing.origin }));
    const address = addressWith(pairing, ours ? all : []);
    if (address) location.href = address;
    else this.notices.put("pairing", "bad", say("too_many"), { label: say("save_file"), run: () => void saveUnsent(this.queue) });
  }

  /** The page was opened, or told, with a pairing code; scans that came along are on the disk before anything else. */
  async #arrive({ code, carried }: { code: string; carried: string }): Promise<void> {
    try {
      await this.queue.takeOver(unpack(carried));
    } catch {
      this.notices.put("carried", "bad", say("carried_badly"));
    }
    at("pair-words").textContent = say("pairing");
    const paired = await pairWith(this.client, code);
    if ("trouble" in paired) {
      this.notices.put("pairing", "bad", paired.trouble || say("pair_failed"));
      at("pair-words").textContent = say("pair_help");
      return this.app.show();
    }
    await wipe(this.store);
    this.roster.clear();
    this.notices.drop("pairing", "revoked", "evicted");
    await this.#become(paired.identity, true);
    await this.link.run();
  }

  async #become(identity: Identity | undefined, persist = false): Promise<void> {
    this.identity = identity;
    this.notices.set("locked", Boolean(identity?.locked), "warn", say("locked"));
    if (identity && persist) await keep(this.store, "identity", identity);
    await this.app.became(identity);
  }
}
