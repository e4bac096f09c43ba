// The queue of scans that the server has not confirmed. What is in it is on the disk; it leaves only with an answer.
import type { Drained, Result, Settled, WalkedIn } from "./answers";
import type { Aside } from "./aside";
import type { Client } from "./client";
import { asSent } from "./clock";
import type { Made, WalkIn } from "./kept";
import type { Entry, Queue } from "./queue";

export interface Outlook {
  answered(settled: Settled[]): Promise<void> | void;
  /** A walk-in was registered, or refused (no answer); `person` is how this tablet has called them so far. */
  registered(answer: WalkedIn | undefined, walkIn: WalkIn, person: number | undefined): Promise<void> | void;
}

type Answered = { results: Result[]; server_time: string };

const BATCH = 200;
/** A body that our server cannot take; other refusals are not about the scans. */
const UNREADABLE = [400, 413, 422];

export class Outbox {
  #draining: Promise<Drained> | undefined;
  #again = false;
  #most = BATCH;

  constructor(
    private readonly queue: Queue,
    private readonly aside: Aside,
    private readonly client: Client,
    private readonly outlook: Outlook,
  ) {}

  /** Hand in what waits, in order, in batches, also what is added meanwhile. One drain at a time. */
  drain(): Promise<Drained> {
    this.#again = true;
    return (this.#draining ??= this.#drainAll());
  }

  async #drainAll(): Promise<Drained> {
    let drained: Drained = "done";
    try {
      while (this.#again && drained === "done") {
        this.#again = false;
        drained = await this.#drain();
      }
    } catch {
      drained = "stuck";
    } finally {
      this.#draining = undefined;
    }
    return drained;
  }

  async #drain(): Promise<Drained> {
    for (;;) {
      const entries = await this.queue.next(this.#most);
      if (!entries.length) return "done";
      const trouble = entries[0]!.scan.walk_in ? await this.#register(entries[0]!) : await this.#handIn(entries);
      if (trouble) return trouble;
    }
  }

  async #handIn(entries: Entry[]): Promise<Drained | undefined> {
    const clock = this.queue.clock();
    const body = { scans: entries.map(({ scan }) => asSent(scan, clock)), sent_at: new Date().toISOString() };
    const answer = await this.client.post<Answered>("scans", body);
    if (answer.kind === "silent") return "silent";
    if (answer.kind === "refused") {
      if (!UNREADABLE.includes(answer.status)) return { status: answer.status, error: answer.error };
      // One of them must be what the server cannot take: find it, so that it does not hold up the others.
      if (entries.length > 1) this.#most = Math.ceil(entries.length / 2);
      else await this.#setAside(entries[0]!, answer.message);
      return undefined;
    }
    const settled = await this.queue.settle(entries, Array.isArray(answer.body.results) ? answer.body.results : []);
    this.#most = BATCH;
    await this.outlook.answered(settled);
    return settled.length ? undefined : "stuck";
  }

  /** Hand in a walk-in. One that cannot be taken makes way for the others and stays, with all that was typed. */
  async #register(entry: Entry): Promise<Drained | undefined> {
    const { id, at, gate } = asSent(entry.scan, this.queue.clock());
    const walkIn = entry.scan.walk_in!;
    const body = { id, at, ...(gate ? { gate } : {}), ...walkIn, sent_at: new Date().toISOString() };
    const answer = await this.client.post<WalkedIn>("walk-ins", body);
    if (answer.kind === "silent") return "silent";
    if (answer.kind === "refused") {
      const aboutIt = [403, 409, ...UNREADABLE].includes(answer.status) && answer.error !== "locked";
      if (!aboutIt) return { status: answer.status, error: answer.error };
      const { person } = await this.#setAside(entry, answer.message);
      await this.outlook.registered(undefined, walkIn, person);
      return undefined;
    }
    const { person } = await this.queue.done(entry, { person: answer.body.delegate_id });
    await this.outlook.registered(answer.body, walkIn, person);
    return undefined;
  }

  /** Out of the queue with it; whoever was told that they are in hears otherwise. Why stands in the notice of it. */
  async #setAside(entry: Entry, message: string): Promise<Made> {
    const before = await this.aside.put(entry, message);
    await this.outlook.answered([{ result: { id: entry.scan.id, outcome: "invalid", message: "" }, before }]);
    return before;
  }
}
