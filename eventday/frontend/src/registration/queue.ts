// The scans that the server has not confirmed, on this tablet's disk, with what is shown of each. Nothing of the server.
import { asAnswered, type Result, type Settled } from "./answers";
import { madeAt } from "./clock";
import type { Clock, Identity, Made, Person, Scan } from "./kept";
import { inOne, type Store } from "./store";

/** A scan and its place in the queue. */
export interface Entry {
  key: number;
  scan: Scan;
}

export class Queue {
  constructor(
    private readonly store: Store,
    /** What this tablet is now: only scans of its event are handed in. */
    private readonly station: () => Pick<Identity, "event" | "id"> | undefined,
    readonly clock: () => Clock,
  ) {}

  /**
   * Put a scan on the disk, with how it is shown and whom it moved: all of it or nothing. Resolves when it is durable;
   * rejects when it could not be kept (storage full or evicted), and then nothing may turn green.
   */
  async add(scan: Scan, made: Made, moved?: Person): Promise<void> {
    const { off, heard } = this.clock(), mine = this.station();
    const whole = { ...scan, off: Math.round(off), heard: Math.round(heard), ...(mine ? { of: mine.event, by: mine.id } : {}) };
    await inOne(this.store, ["outbox", "made", "people"], async (all) => {
      await all.objectStore("outbox").add(whole);
      await all.objectStore("made").put(made);
      if (moved) await all.objectStore("people").put(moved);
    });
  }

  /** What waits, how many, since when, and which of it belongs to another event than this tablet's. */
  async waiting(): Promise<{ all: Scan[]; count: number; since: string | undefined; elsewhere: Scan[] }> {
    const all = await this.store.getAll("outbox");
    return { all, count: all.length, since: all[0] && trueTime(all[0]), elsewhere: all.filter((scan) => !this.#mayGo(scan)) };
  }

  /** Which scans wait, so that news from the server does not undo what this tablet knows better. */
  async ids(): Promise<Set<string>> {
    return new Set((await this.store.getAll("outbox")).map(({ id }) => id));
  }

  /** Take in scans that another address of this station has carried here; those that are here already stay as they are. */
  async takeOver(scans: Scan[]): Promise<void> {
    const all = this.store.transaction("outbox", "readwrite", { durability: "strict" });
    const known = new Set((await all.store.getAll()).map(({ id }) => id));
    for (const scan of scans) if (!known.has(scan.id)) await all.store.add(scan);
    await all.done;
  }

  /** The next to be handed in together; a walk-in goes alone, in its turn. */
  async next(most: number): Promise<Entry[]> {
    const all = this.store.transaction("outbox").store;
    const [keys, scans] = await Promise.all([all.getAllKeys(), all.getAll()]);
    const mine = keys.map((key, index) => ({ key, scan: scans[index]! })).filter(({ scan }) => this.#mayGo(scan));
    const walkIn = mine.findIndex(({ scan }) => scan.walk_in);
    return mine.slice(0, walkIn === 0 ? 1 : walkIn > 0 ? Math.min(walkIn, most) : most);
  }

  #mayGo({ of }: Scan): boolean {
    return of === undefined || of === this.station()?.event;
  }

  /** Take one scan out of the queue and note beside it what became of it; gives what was noted before. */
  async done({ key, scan }: Entry, about: Partial<Made>): Promise<Made> {
    const known = (await this.store.get("made", scan.id)) ?? madeOf(scan);
    const noted = inOne(this.store, ["outbox", "made"], async (all) => {
      await all.objectStore("outbox").delete(key);
      await all.objectStore("made").put({ ...known, sent: true, ...about });
    });
    await noted.catch((error) => {
      if (about.differs) throw error; // what a person must see stays until it can be kept for them
      return this.store.delete("outbox", key);
    });
    return known;
  }

  /** Take the answered scans out of the queue and note beside each what the server said. */
  settle(entries: Entry[], results: Result[]): Promise<Settled[]> {
    // A full disk still lets go of what was told rightly; what differs waits until there is room to say so.
    return this.#settle(entries, results, true).catch(() => this.#settle(entries, results, false));
  }

  #settle(entries: Entry[], results: Result[], noting: boolean): Promise<Settled[]> {
    return inOne(this.store, ["outbox", "made"], async (all) => {
      const outbox = all.objectStore("outbox"), made = all.objectStore("made");
      const settled: Settled[] = [];
      for (const [index, { key, scan }] of entries.entries()) {
        const result = results[index];
        if (!result || result.id !== scan.id) continue; // not an answer to this scan: it stays
        const before = await made.get(scan.id), told = (await outbox.get(key))?.told;
        const differs = told !== undefined && told !== result.outcome;
        if (differs && !noting) continue;
        settled.push({ result, before });
        // Told while the answer was on its way: the scan goes once more, so that the server learns what was said.
        if (differs && told !== scan.told) continue;
        await outbox.delete(key);
        // What was told here and what the server found differ: a person has to see it.
        if (noting) await made.put({ ...asAnswered(before ?? madeOf(scan), result), ...(differs ? { differs: result.outcome } : {}) });
      }
      return settled;
    });
  }

  /** Note what the person at the door is told before the server has answered; false when it has, meanwhile. */
  async told(id: string, outcome: Made["outcome"]): Promise<boolean> {
    const all = this.store.transaction("outbox", "readwrite", { durability: "strict" });
    // From the end: it is one of the last.
    let cursor = await all.store.openCursor(null, "prev");
    while (cursor && cursor.value.id !== id) cursor = await cursor.continue();
    await cursor?.update({ ...cursor.value, told: outcome });
    await all.done;
    return cursor !== null;
  }
}

/** What is shown of a scan of which nothing was noted here: it came from before the tablet was wiped, or moved. */
export function madeOf(scan: Scan): Made {
  const { id, kind, told, walk_in } = scan;
  return { id, kind, at: trueTime(scan), name: walk_in?.name ?? "", company: walk_in?.company ?? "", outcome: told ?? "accepted", sent: false };
}

function trueTime(scan: Scan): string {
  return new Date(madeAt(scan)).toISOString();
}
