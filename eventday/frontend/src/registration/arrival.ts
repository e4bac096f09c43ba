// How a tablet becomes a station, or is led to its server's new address: by a pairing link, opened, scanned or typed.
import { say } from "../shared/messages";
import { clientFor } from "./client";
import type { Pairing } from "./codes";
import type { Identity } from "./kept";
import { addressWith, isFromOurServer, unpack } from "./moving";
import type { Notices } from "./notices";
import { at } from "./page";
import { codeInAddress, pairWith } from "./pairing";
import type { Queue } from "./queue";

/** Whose arrival it is. */
export interface Arriving {
  identity(): Identity | undefined;
  /** This tablet is that station from now on. */
  adopt(identity: Identity): Promise<void>;
  show(): Promise<void>;
  /** Save what waits as a file. */
  save(): void;
}

export class Arrival {
  /** The codes that were tried: each works once, and a second tap is not a second try. */
  #tried = new Set<string>();

  constructor(private readonly queue: Queue, private readonly notices: Notices, private readonly tablet: Arriving) {}

  /** Pair by the page's address, where that says so: now, or when such a link is opened in this page later. */
  async byAddress(): Promise<void> {
    addEventListener("hashchange", () => void this.byAddress(), { once: true });
    const came = codeInAddress();
    if (came) await this.#arrive(came);
  }

  /** A pairing link was scanned or typed. One of another address leads there, with all that waits if it is our server. */
  async by(pairing: Pairing): Promise<void> {
    if (pairing.origin === location.origin) return this.#arrive({ code: pairing.code, carried: "" });
    const { all } = await this.queue.waiting();
    const identity = this.tablet.identity();
    const ours = identity && isFromOurServer(pairing, identity.token);
    if (identity && !ours) return this.notices.tell("pairing", "bad", say("stranger", { address: pairing.origin }));
    const address = addressWith(pairing, ours ? all : []);
    if (address) location.href = address;
    else this.notices.put("pairing", "bad", say("too_many"), { label: say("save_file"), run: () => this.tablet.save() });
  }

  /** The page was opened, or told, with a pairing code; scans that came along are on the disk before anything else. */
  async #arrive({ code, carried }: { code: string; carried: string }): Promise<void> {
    if (this.#tried.has(code)) return;
    this.#tried.add(code);
    try {
      await this.queue.takeOver(unpack(carried));
    } catch {
      this.notices.put("carried", "bad", say("carried_badly"));
    }
    at("pair-words").textContent = say("pairing");
    // With the token of what it was so far, whose scans it may still take back, even if it is revoked in this very moment.
    const before = this.tablet.identity()?.token;
    const paired = await pairWith(clientFor(() => before), code);
    if ("identity" in paired) {
      this.notices.drop("pairing", "revoked", "evicted");
      return this.tablet.adopt(paired.identity);
    }
    if (!paired.trouble) this.#tried.delete(code); // nobody answered: the code is as good as before
    this.notices.tell("pairing", "bad", paired.trouble || say("pair_failed"));
    at("pair-words").textContent = say("pair_help");
    await this.tablet.show();
  }
}
