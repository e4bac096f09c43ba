// What the server could not take: out of the queue's way, whole, until a person has saved and seen it, or it was taken.
import type { Made, Scan } from "./kept";
import type { Entry, Queue } from "./queue";
import { inOne, type Store } from "./store";

/** Something set aside, with the whole scan. */
export type SetAside = Made & { refused: Scan };

export class Aside {
  constructor(private readonly store: Store, private readonly queue: Queue) {}

  /** Set aside what the server cannot take, with what it said. */
  put(entry: Entry, message: string): Promise<Made> {
    return this.queue.done(entry, { outcome: "invalid", differs: "invalid", message, refused: entry.scan });
  }

  /** All that nobody has seen yet. */
  async all(): Promise<SetAside[]> {
    const open = await this.store.getAllFromIndex("made", "differs");
    return open.filter((made): made is SetAside => made.refused !== undefined);
  }

  /** A file holds it now; a person may say that they have seen it. */
  async saved(these: SetAside[]): Promise<void> {
    await inOne(this.store, ["made"], (all) => Promise.all(these.map((made) => all.objectStore("made").put({ ...made, saved: true }))));
  }

  /** Try it once more: an organiser may have handed it in, or this tablet may do now what it might not. */
  async retry(): Promise<void> {
    const these = await this.all();
    if (!these.length) return;
    await inOne(this.store, ["outbox", "made"], async (all) => {
      for (const { differs: _differs, refused, message: _message, ...rest } of these) {
        await all.objectStore("outbox").add(refused);
        await all.objectStore("made").put({ ...rest, outcome: refused.told ?? "accepted", sent: false });
      }
    });
  }
}
