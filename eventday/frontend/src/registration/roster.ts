// Everybody whom the tablet knows, in memory, kept on its disk, brought up to date by deltas.
import type { BadgeState } from "./checkin-rule";
import type { Client } from "./client";
import { SearchIndex } from "./search";
import type { Setup } from "./setup";
import { setting, type Person, type Standing, type Store } from "./store";
import { Visits } from "./visits";

interface RosterAnswer {
  cursor: string;
  full: boolean;
  event: Setup | null;
  people: Person[];
  server_time: string;
}

export interface Found {
  state: BadgeState;
  person?: Person;
}

export class Roster {
  people = new Map<number, Person>();
  setup: Setup | undefined;
  cursor = "";
  readonly index = new SearchIndex();
  readonly visits = new Visits();
  #badges = new Map<string, { person: number; live: boolean }>();
  #companies = new Map<number, Set<number>>();
  /** Scans that moved somebody while an answer of the server's was under way, which knows nothing of them. */
  #meanwhile = new Set<string>();

  constructor(private readonly store: Store) {}

  /** Read what the disk has kept. */
  async load(): Promise<void> {
    this.setup = await setting(this.store, "setup");
    this.cursor = (await setting(this.store, "cursor")) ?? "";
    for (const person of await this.store.getAll("people")) this.#know(person);
    this.visits.hear(this.setup?.visits ?? [], new Set());
    for (const { id, visit, outcome, undone } of await this.store.getAll("made")) {
      if (visit && outcome === "accepted" && !undone) this.visits.add(id, visit);
    }
  }

  /** Whether it was ever told who is registered; until then nobody can be called unknown. */
  get isLoaded(): boolean {
    return this.setup !== undefined;
  }

  /** Fetch what changed. `pending` are ids of scans that the server has not heard of. */
  async refresh(client: Client, pending: Set<string>): Promise<"fresh" | "silent" | { status: number; error: string }> {
    this.#meanwhile.clear();
    const answer = await client.get<RosterAnswer>(`roster${this.cursor ? `?since=${encodeURIComponent(this.cursor)}` : ""}`);
    if (answer.kind === "silent") return "silent";
    if (answer.kind === "refused") return { status: answer.status, error: answer.error };
    await this.#apply(answer.body, new Set([...pending, ...this.#meanwhile]));
    return "fresh";
  }

  async #apply(news: RosterAnswer, pending: Set<string>): Promise<void> {
    const all = this.store.transaction(["people", "settings"], "readwrite");
    const people = all.objectStore("people");
    if (news.full) {
      const still = new Set(news.people.map(({ id }) => id));
      for (const id of this.people.keys()) if (isProvisional(id)) still.add(id);
      for (const id of this.people.keys()) if (!still.has(id)) await people.delete(id);
      this.#forget(still);
    }
    for (const person of news.people) {
      const mine = this.people.get(person.id);
      // A scan of ours that is still on its way knows better where somebody is.
      const kept = mine?.scan && pending.has(mine.scan) ? { ...person, ...standingOf(mine) } : person;
      if (kept.gone) await people.delete(kept.id);
      else await people.put(kept);
      this.#know(kept);
    }
    if (news.event) await all.objectStore("settings").put(news.event, "setup");
    await all.objectStore("settings").put(news.cursor, "cursor");
    await all.done;
    if (news.event) {
      this.setup = news.event;
      this.visits.hear(news.event.visits ?? [], pending);
    }
    this.cursor = news.cursor;
  }

  /** What the badge with this digest is. */
  find(digest: string): Found {
    const badge = this.#badges.get(digest);
    const person = badge && this.people.get(badge.person);
    if (!badge || !person) return { state: "unknown" };
    return { state: badge.live ? "live" : "revoked", person };
  }

  /** The others of a company, those who are still expected first. */
  delegation(person: Person): Person[] {
    const ids = this.#companies.get(person.company_id) ?? [];
    const others = [...ids].map((id) => this.people.get(id)!).filter(({ id }) => id !== person.id && !isProvisional(id));
    return others.sort((a, b) => Number(a.state !== "expected") - Number(b.state !== "expected") || a.id - b.id);
  }

  /** Somebody moved, as this tablet saw it; the disk hears of it from the outbox. */
  move(person: Person, to: Standing): Person {
    const moved = { ...person, ...to };
    if (to.scan) this.#meanwhile.add(to.scan);
    this.#know(moved);
    return moved;
  }

  /** Something here rests on what the server found otherwise: next time everything is fetched anew. */
  async distrust(): Promise<void> {
    this.cursor = "";
    await this.store.delete("settings", "cursor");
  }

  /**
   * This tablet has another task, for which the server tells other things of people: all is fetched anew. Until then it
   * knows everybody as before, but `personal` data only where the new task needs them.
   */
  async startOver(personal: boolean): Promise<void> {
    await this.distrust();
    if (personal) return;
    const known = [...this.people.values()].map(({ title: _title, last4: _last4, received_by: _receiver, ...person }) => person);
    for (const person of known) this.#know(person);
    await this.store.clear("people");
    const all = this.store.transaction("people", "readwrite", { durability: "strict" });
    // A full disk takes nobody back: then they are fetched.
    await Promise.all([...known.map((person) => all.store.put(person)), all.done]).catch(() => undefined);
  }

  /** Somebody registered here has a number of the server's now, or was refused: the provisional one goes. */
  async dropProvisional(id: number | undefined): Promise<void> {
    const mine = this.people.get(id ?? 0);
    if (!mine || !isProvisional(mine.id)) return;
    this.#drop(mine);
    await this.store.delete("people", mine.id);
  }

  /** The number of the company with this name, or one that no other company has. */
  companyCalled(name: string): number {
    const known = [...this.people.values()].find(({ company }) => company === name);
    return known?.company_id ?? -1 - this.#companies.size;
  }

  /** How many people and companies of each kind have been here. */
  counts(): Map<string, { people: number; arrived: number; inside: number; companies: number; companiesArrived: number }> {
    const kinds = new Map<string, { people: number; arrived: number; inside: number; all: Set<number>; here: Set<number> }>();
    for (const person of this.people.values()) {
      let kind = kinds.get(person.kind);
      if (!kind) kinds.set(person.kind, (kind = { people: 0, arrived: 0, inside: 0, all: new Set(), here: new Set() }));
      kind.people += 1;
      kind.all.add(person.company_id);
      if (person.state === "expected") continue;
      kind.arrived += 1;
      kind.here.add(person.company_id);
      if (person.state === "arrived") kind.inside += 1;
    }
    return new Map([...kinds].map(([name, { all, here, ...kind }]) => [name, { ...kind, companies: all.size, companiesArrived: here.size }]));
  }

  /** Forget everybody, in memory. */
  clear(): void {
    this.#forget(new Set());
    this.visits.clear();
    this.cursor = "";
    this.setup = undefined;
  }

  /** Forget everybody on the disk too: a roster that nobody has refreshed for long is not kept. The queue stays. */
  async expire(): Promise<void> {
    this.#forget(new Set());
    this.visits.clear();
    await this.distrust();
    await this.store.clear("people");
    // Of the last scans the times and outcomes stay, and what a person must still see; the names do not.
    const all = this.store.transaction("made", "readwrite", { durability: "strict" });
    for await (const cursor of all.store) {
      if (!cursor.value.differs) await cursor.update({ ...cursor.value, name: "", company: "" });
    }
    await all.done;
  }

  #forget(except: Set<number>): void {
    for (const person of [...this.people.values()]) if (!except.has(person.id)) this.#drop(person);
  }

  #drop(person: Person): void {
    this.people.delete(person.id);
    this.index.remove(person.id);
    this.#companies.get(person.company_id)?.delete(person.id);
    for (const digest of [...person.badges, ...person.revoked]) {
      // A walk-in's badge may have become the badge of who they turned out to be.
      if (this.#badges.get(digest)?.person === person.id) this.#badges.delete(digest);
    }
  }

  #know(person: Person): void {
    const before = this.people.get(person.id);
    if (before) this.#drop(before);
    if (person.gone) return;
    this.people.set(person.id, person);
    this.index.add(person);
    for (const digest of person.badges) this.#badges.set(digest, { person: person.id, live: true });
    for (const digest of person.revoked) this.#badges.set(digest, { person: person.id, live: false });
    const company = this.#companies.get(person.company_id) ?? new Set();
    this.#companies.set(person.company_id, company.add(person.id));
  }
}

/** Somebody registered here whom the server does not know yet has a number below zero. */
export function isProvisional(id: number): boolean {
  return id < 0;
}

/** Where somebody stands. */
export function standingOf({ state, since, scan, gate, device }: Person): Standing {
  return { state, since, scan, gate, device };
}
