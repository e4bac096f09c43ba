// The connection as the tablet finds it: a call that failed or took too long decides, never the browser's own opinion.
import type { Client } from "./client";
import type { Identity } from "./kept";

export interface Contact {
  station: Omit<Identity, "token">;
  revision: number;
  counts: { people: { expected: number; inside: number; left: number } };
  alerts: { scan: string; name: string; title: string; company: string; role: string; at: string; received_by: string }[];
  conflicts: { id: number; delegate: string; first: { device?: string }; second: { device?: string } }[];
  /** For a lead: walk-ins who may be registered already. */
  walk_ins: number;
  /** For a kiosk: this minute's code. */
  here: { viewbox: string; path: string } | null;
  server_time: string;
}

export interface Links {
  client: Client;
  /** What the tablet says of itself. */
  status(): Promise<{ unsent: number; version: string; battery?: number; troubles: string[]; clock_off_ms: number }>;
  heard(contact: Contact, sentAt: number): Promise<void>;
  refused(status: number, error: string): Promise<void>;
  /** Nobody answered, or somebody who is not our server; `why` where the server said what is wrong with it. */
  silent(why: string): Promise<void>;
  changed(online: boolean): void;
}

const EVERY = 4000;

export class Link {
  online = false;
  /** Until a first call has told, a station says nothing of its connection. */
  #known = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(private readonly links: Links) {}

  /** Say how the tablet is and hear how the event is; then again, every few seconds. One such talk at a time. */
  run(): Promise<void> {
    this.#stopped = false;
    return (this.#running ??= this.#run().finally(() => (this.#running = undefined)));
  }

  /** Talk as who this tablet is now: what is under way was said by who it was before. */
  async restart(): Promise<void> {
    await this.#running?.catch(() => undefined);
    return this.run();
  }

  async #run(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      await this.once();
    } finally {
      if (!this.#stopped) this.#timer = setTimeout(() => void this.run(), EVERY);
    }
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async once(): Promise<void> {
    const sentAt = Date.now();
    const answer = await this.links.client.post<Contact>("contact", await this.links.status(), 4000);
    if (answer.kind === "answered" && answer.body.server_time) {
      this.found(true);
      await this.links.heard(answer.body, sentAt);
    } else if (answer.kind === "refused" && isOurs(answer.status)) {
      this.found(true);
      await this.links.refused(answer.status, answer.error);
    } else {
      this.found(false);
      await this.links.silent(answer.kind === "silent" ? answer.why ?? "" : "");
    }
  }

  /** A call told whether anybody is there. */
  found(online: boolean): void {
    const news = online !== this.online || !this.#known;
    this.#known = true;
    this.online = online;
    if (news) this.links.changed(online);
  }
}

/** Refusals that our server gives to a station; another page at the same address would say something else. */
export function isOurs(status: number): boolean {
  return status === 401 || status === 403;
}
