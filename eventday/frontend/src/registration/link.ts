// The connection as the tablet finds it: a call that failed or took too long decides, never the browser's own opinion.
import type { Client } from "./client";
import type { Identity } from "./store";

export interface Contact {
  station: Omit<Identity, "token">;
  revision: number;
  counts: { people: { expected: number; inside: number; left: number } };
  alerts: { scan: string; name: string; title: string; company: string; role: string; at: string; received_by: string }[];
  conflicts: { id: number; delegate: string; first: { device?: string }; second: { device?: string } }[];
  server_time: string;
}

export interface Links {
  client: Client;
  /** What the tablet says of itself. */
  status(): Promise<{ unsent: number; version: string; battery?: number; clock_off_ms: number }>;
  heard(contact: Contact, sentAt: number): Promise<void>;
  refused(status: number, error: string): Promise<void>;
  changed(online: boolean): void;
}

const EVERY = 4000;

export class Link {
  online = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly links: Links) {}

  /** Say how the tablet is and hear how the event is; then again, every few seconds. */
  async run(): Promise<void> {
    clearTimeout(this.#timer);
    await this.once();
    this.#timer = setTimeout(() => void this.run(), EVERY);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async once(): Promise<void> {
    const sentAt = Date.now();
    const answer = await this.links.client.post<Contact>("contact", await this.links.status(), 4000);
    if (answer.kind === "answered") {
      this.found(true);
      await this.links.heard(answer.body, sentAt);
    } else if (answer.kind === "refused") {
      this.found(true);
      await this.links.refused(answer.status, answer.error);
    } else this.found(false);
  }

  /** A call told whether anybody is there. */
  found(online: boolean): void {
    if (online !== this.online) this.links.changed(online);
    this.online = online;
  }
}
