// What only a desk does for the person before it, both with the server's help: paper for the chest, a code for the phone.
import { say } from "../shared/messages";
import type { Client } from "./client";
import type { Identity } from "./kept";
import type { Notices } from "./notices";
import type { Printing, Whom } from "./printing";
import type { ResultScreen } from "./result";

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
  readonly #busy = new Set<number>();

  constructor(
    private readonly client: Client,
    private readonly notices: Notices,
    private readonly result: ResultScreen,
    private readonly printing: Printing,
  ) {}

  /** Print a badge here and now. */
  print(whom: Whom): Promise<void> {
    return this.printing.print(whom);
  }

  /** Show a code for the phone of the person, who reads it off this tablet; asked for once, since a new one ends it. */
  async giveCode({ id, name }: Whom): Promise<void> {
    if (this.#busy.has(id)) return;
    this.#busy.add(id);
    const standing = this.result.standing();
    const answer = await this.client.post<PhoneCode>("phone-codes", { delegate: id });
    this.#busy.delete(id);
    if (answer.kind !== "answered") this.notices.tell("phone-codes", "warn", answer.kind === "refused" ? answer.message : say("needs_connection"));
    else if (standing()) this.#show(answer.body);
    else this.notices.put(`code-${id}`, "good", say("code_ready", { name }), { label: say("show"), goes: true, run: () => this.#show(answer.body) });
  }

  #show({ name, company, code, minutes }: PhoneCode): void {
    const about = { detail: `${name} · ${company}`, more: say("phone_code_help", { minutes }) };
    this.result.note({ outcome: say("phone_code"), name: code.replace(/(?=...$)/, " "), ...about });
  }
}
