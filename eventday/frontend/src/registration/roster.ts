// Everybody whom the tablet knows, kept on its disk, and brought up to date by deltas.
import type { Client } from "./client";
import type { Person, Standing } from "./kept";
import { isProvisional, Known, standingOf } from "./known";
import type { Setup, Visit } from "./setup";
import { inOne, setting, type Place, type Store } from "./store";
import { Visits } from "./visits";

interface RosterAnswer {
  cursor: string;
  full: boolean;
  event: Setup | null;
  people: Person[];
  server_time: string;
}

export class Roster extends Known {
  setup: Setup | undefined;
  cursor = "";
  /** Whether it was told who is registered; until then, and when that is forgotten, nobody can be called unknown. */
  isLoaded = false;
  readonly visits = new Visits();
  /** Scans that moved somebody while an answer of the server's was under way, which knows nothing of them. */
  #meanwhile = new Set<string>();

  constructor(private readonly store: Store) {
    super();
  }

  /** Read what the disk has kept. */
  async load(): Promise<void> {
    this.setup = await setting(this.store, "setup");
    this.cursor = (await setting(this.store, "cursor")) ?? "";
    for (const person of await this.store.getAll("people")) this.know(person);
    this.isLoaded = this.setup !== undefined && (this.cursor !== "" || this.people.size > 0);
    this.visits.hear(this.setup?.visits ?? [], new Set());
    // Of its own visits those that the server has not told of yet; of the others it knows better whether they stand.
    const told = Date.parse((await setting(this.store, "setupAt")) ?? "") || 0;
    const waiting = new Set((await this.store.getAll("outbox")).map(({ id }) => id));
    for (const { id, at, visit, outcome, undone } of await this.store.getAll("made")) {
      const fresh = waiting.has(id) || Date.parse(at) > told;
      if (visit && fresh && outcome === "accepted" && !undone) this.visits.add(id, visit);
    }
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
    await inOne(this.store, ["people", "settings"], (all) => this.#keep(all.objectStore("people"), all.objectStore("settings"), news, pending));
    if (news.event) {
      this.setup = news.event;
      this.visits.hear(news.event.visits ?? [], pending);
    }
    this.cursor = news.cursor;
    this.isLoaded = true;
  }

  async #keep(people: Place<"people">, settings: Place<"settings">, news: RosterAnswer, pending: Set<string>): Promise<void> {
    if (news.full) {
      const still = new Set(news.people.map(({ id }) => id));
      for (const id of this.people.keys()) if (isProvisional(id)) still.add(id);
      for (const id of this.people.keys()) if (!still.has(id)) await people.delete(id);
      this.forget(still);
    }
    for (const person of news.people) {
      const mine = this.people.get(person.id);
      // A scan of ours that is still on its way knows better where somebody is.
      const kept = mine?.scan && pending.has(mine.scan) ? { ...person, ...standingOf(mine) } : person;
      if (kept.gone) await people.delete(kept.id);
      else await people.put(kept);
      this.know(kept);
    }
    if (news.event) {
      await settings.put(news.event, "setup");
      await settings.put(news.server_time, "setupAt");
    }
    await settings.put(news.cursor, "cursor");
  }

  /** Somebody came to this table, as this tablet saw it. */
  visited(scan: string, visit: Visit): void {
    this.#meanwhile.add(scan);
    this.visits.add(scan, visit);
  }

  /** Somebody moved, as this tablet saw it; the disk hears of it from the outbox. */
  move(person: Person, to: Standing): Person {
    const moved = { ...person, ...to };
    if (to.scan) this.#meanwhile.add(to.scan);
    this.know(moved);
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
    for (const person of known) this.know(person);
    await this.store.clear("people");
    const back = inOne(this.store, ["people"], (all) => Promise.all(known.map((person) => all.objectStore("people").put(person))));
    await back.catch(() => undefined); // a full disk takes nobody back: they are fetched
  }

  /** Somebody registered here has a number of the server's now, or was refused: the provisional one goes. */
  async dropProvisional(id: number | undefined): Promise<void> {
    const mine = this.people.get(id ?? 0);
    if (!mine || !isProvisional(mine.id)) return;
    this.drop(mine);
    await this.store.delete("people", mine.id);
  }

  /** Forget everybody, in memory. */
  clear(): void {
    this.forget(new Set());
    this.visits.clear();
    this.cursor = "";
    this.setup = undefined;
    this.isLoaded = false;
  }

  /** Forget everybody on the disk too: a roster that nobody has refreshed for long is not kept. The queue stays. */
  async expire(): Promise<void> {
    this.isLoaded = false;
    this.forget(new Set());
    this.visits.clear();
    await this.distrust();
    await this.store.clear("people");
    // Of the last scans the times and outcomes stay, and what a person must still see; the names do not.
    await inOne(this.store, ["made"], async (all) => {
      for await (const cursor of all.objectStore("made")) {
        if (!cursor.value.differs) await cursor.update({ ...cursor.value, name: "", company: "" });
      }
    });
  }
}
