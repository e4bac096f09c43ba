// The queue of scans that the server has not confirmed. What is in it is on the disk; it leaves only with an answer.
import type { Client } from "./client";
import type { Made, Person, Scan, Store, WalkIn } from "./store";

export interface Result {
  id: string | null;
  outcome: Made["outcome"];
  message: string;
  field?: string;
  first?: { at: string | null; gate: string; device: string } | null;
  delegate?: { id: number; name: string; name_en: string; company: string; kind: string; role: string } | null;
  right?: { table: string; room: string; room_en: string; start: string } | null;
  free_seats?: number;
  seat?: string;
  walk_up?: boolean;
}

/** What the server says of a walk-in. */
export interface WalkedIn {
  id: string;
  delegate_id: number;
  maybe: { id: number; name: string; title: string }[];
}

export type Drained = "done" | "silent" | { status: number; error: string };

const BATCH = 200;

export class Outbox {
  #draining: Promise<Drained> | undefined;

  constructor(
    private readonly store: Store,
    private readonly client: Client,
    private readonly heard: (results: Result[], serverTime: string) => Promise<void> | void,
    private readonly registered: (answer: WalkedIn, walkIn: WalkIn) => void = () => undefined,
  ) {}

  /**
   * Put a scan on the disk, with how it is shown and whom it moved: all of it or nothing. Resolves when it is durable;
   * rejects when it could not be kept (storage full or evicted), and then nothing may turn green.
   */
  async add(scan: Scan, made: Made, moved?: Person): Promise<void> {
    const all = this.store.transaction(["outbox", "made", "people"], "readwrite", { durability: "strict" });
    try {
      await all.objectStore("outbox").add(scan);
      await all.objectStore("made").put(made);
      if (moved) await all.objectStore("people").put(moved);
      await all.done;
    } catch (error) {
      await all.done.catch(() => undefined);
      throw error;
    }
  }

  /** How many scans wait, and when the oldest was made. */
  async waiting(): Promise<{ count: number; since: string | undefined }> {
    const all = this.store.transaction("outbox");
    const [count, cursor] = await Promise.all([all.store.count(), all.store.openCursor()]);
    return { count, since: cursor?.value.at };
  }

  /** Whom the waiting scans are about, so that news from the server does not undo what this tablet knows better. */
  async ids(): Promise<Set<string>> {
    return new Set((await this.store.getAll("outbox")).map((scan) => scan.id));
  }

  /** Hand in what waits, in order, in batches, also what is added meanwhile. One drain at a time. */
  drain(): Promise<Drained> {
    this.#draining ??= this.#drain().finally(() => (this.#draining = undefined));
    return this.#draining;
  }

  async #drain(): Promise<Drained> {
    for (;;) {
      const keys = await this.store.getAllKeys("outbox", undefined, BATCH);
      if (!keys.length) return "done";
      const waiting = await this.store.getAll("outbox", IDBKeyRange.bound(keys[0], keys.at(-1)));
      const first = waiting.findIndex(({ walk_in }) => walk_in);
      if (first === 0) {
        const trouble = await this.#register(keys[0]!, waiting[0]!, waiting[0]!.walk_in!);
        if (trouble) return trouble;
        continue;
      }
      const scans = first < 0 ? waiting : waiting.slice(0, first); // a walk-in waits for its turn
      const body = { scans, sent_at: new Date().toISOString() };
      const answer = await this.client.post<{ results: Result[]; server_time: string }>("scans", body);
      if (answer.kind === "silent") return "silent";
      if (answer.kind === "refused") return { status: answer.status, error: answer.error };
      await this.#settle(keys, scans, answer.body.results);
      await this.heard(answer.body.results, answer.body.server_time);
    }
  }

  /** Hand in a walk-in. One that cannot be taken makes way for the others and stays, with all that was typed. */
  async #register(key: number, { id, at, gate }: Scan, walkIn: WalkIn): Promise<Drained | undefined> {
    const body = { id, at, ...(gate ? { gate } : {}), ...walkIn, sent_at: new Date().toISOString() };
    const answer = await this.client.post<WalkedIn>("walk-ins", body);
    if (answer.kind === "silent") return "silent";
    const stop = answer.kind === "refused" && (answer.status === 401 || answer.error === "locked");
    if (stop) return { status: answer.status, error: answer.error };
    const all = this.store.transaction(["outbox", "made"], "readwrite", { durability: "strict" });
    await all.objectStore("outbox").delete(key);
    const known = await all.objectStore("made").get(id);
    const about = answer.kind === "answered" ? { person: answer.body.delegate_id }
      : { outcome: "invalid" as const, differs: "invalid" as const, message: answer.message, walk_in: walkIn };
    if (known) await all.objectStore("made").put({ ...known, sent: true, ...about });
    await all.done;
    if (answer.kind === "answered") this.registered(answer.body, walkIn);
    return undefined;
  }

  /** Take the answered scans out of the queue and note beside each what the server said. */
  async #settle(keys: number[], scans: Scan[], results: Result[]): Promise<void> {
    const all = this.store.transaction(["outbox", "made"], "readwrite", { durability: "strict" });
    const made = all.objectStore("made");
    for (const [index, scan] of scans.entries()) {
      const result = results[index];
      if (!result || result.id !== scan.id) continue; // not an answer to this scan: it stays
      await all.objectStore("outbox").delete(keys[index]!);
      const known = await made.get(scan.id);
      if (!known) continue;
      known.sent = true;
      known.message = result.message;
      if (result.delegate && !known.name) Object.assign(known, { name: result.delegate.name, company: result.delegate.company });
      // What was told here and what the server found differ: a person has to see it.
      if (scan.told && scan.told !== result.outcome) known.differs = result.outcome;
      known.outcome = result.outcome;
      await made.put(known);
    }
    await all.done;
  }

  /** Note what the person at the door was told before the server had answered. */
  async told(id: string, outcome: Made["outcome"]): Promise<void> {
    const all = this.store.transaction("outbox", "readwrite");
    for await (const cursor of all.store) {
      if (cursor.value.id === id) await cursor.update({ ...cursor.value, told: outcome });
    }
    await all.done;
  }
}
