// What only a desk does for the person before it, both with the server's help: paper for the chest, a code for the phone.
import { say } from "../shared/messages";
import type { Client } from "./client";
import type { Notices } from "./notices";
import { Paper, type Badge } from "./paper";
import type { ResultScreen } from "./result";
import type { Identity } from "./store";

/** What POST /api/v1/phone-codes tells: six digits that tie one phone to a badge, once, for so many minutes. */
interface PhoneCode {
  name: string;
  company: string;
  code: string;
  minutes: number;
}

/** Whether a station of this role registers walk-ins, prints badges and hands out codes. */
export function isDesk(role: Identity["role"] | undefined): boolean {
  return role === "desk" || role === "lead";
}

export class Desk {
  readonly #paper = new Paper();

  constructor(private readonly client: Client, private readonly notices: Notices, private readonly result: ResultScreen) {}

  /** Print a badge here and now. */
  async print(person: number): Promise<void> {
    const badge = await this.#ask<Badge>("badges", person, "print_offline");
    if (badge) this.#paper.print(badge);
  }

  /** Show a code for the phone of the person, who reads it off this tablet. */
  async giveCode(person: number): Promise<void> {
    const told = await this.#ask<PhoneCode>("phone-codes", person, "needs_connection");
    if (!told) return;
    const { name, company, code, minutes } = told;
    const about = { detail: `${name} · ${company}`, more: say("phone_code_help", { minutes }) };
    this.result.note({ outcome: say("phone_code"), name: code.replace(/(?=...$)/, " "), ...about });
  }

  async #ask<Body>(path: string, delegate: number, offline: string): Promise<Body | undefined> {
    const answer = await this.client.post<Body>(path, { delegate });
    if (answer.kind === "answered") return answer.body;
    this.notices.tell(path, "warn", answer.kind === "refused" ? answer.message : say(offline));
    return undefined;
  }
}
