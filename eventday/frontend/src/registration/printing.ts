// Badges printed at this desk. A print has an id until it is answered, also across a restart of the tablet: asked for
// again it gives the same badge, while a new print would revoke the one that may be on paper already.
import { say } from "../shared/messages";
import type { Client } from "./client";
import { newId } from "./codes";
import type { Person, Print } from "./kept";
import type { Notices } from "./notices";
import { at, bringUp } from "./page";
import { Paper, type Badge } from "./paper";
import type { ResultScreen } from "./result";
import { keep, setting, type Store } from "./store";

/** For whom something is made at a desk. */
export type Whom = Pick<Person, "id" | "name">;

/** A press this soon (ms) after the paper came is the same press. */
const SAME_PRESS = 3000;

export class Printing {
  readonly #paper = new Paper();
  /** By delegate. */
  #unanswered: Record<number, Print> = {};
  readonly #busy = new Set<number>();

  constructor(
    private readonly store: Store,
    private readonly client: Client,
    private readonly notices: Notices,
    private readonly result: ResultScreen,
    private readonly online: () => boolean,
  ) {}

  /** What was asked for before the page was closed, and never answered, is told again. */
  async resume(): Promise<void> {
    this.#unanswered = (await setting(this.store, "prints")) ?? {};
    for (const [id, { name }] of Object.entries(this.#unanswered)) this.#tellUnanswered({ id: Number(id), name });
  }

  /** This tablet may know nobody any more. */
  forget(): void {
    this.#unanswered = {};
    this.notices.only("print-", []);
  }

  /** Print a badge here and now. */
  async print(whom: Whom): Promise<void> {
    if (this.#busy.has(whom.id)) return;
    if (!this.online()) return this.#tell(say("print_offline"));
    this.#busy.add(whom.id);
    const printed = await this.#ask(whom);
    setTimeout(() => this.#busy.delete(whom.id), printed ? SAME_PRESS : 0);
  }

  async #ask(whom: Whom): Promise<boolean> {
    const { id, name } = whom, key = `print-${id}`, standing = this.result.standing();
    const print = (this.#unanswered[id] ??= { id: newId(), name });
    await this.#keep();
    const answer = await this.client.post<Badge>("badges", { delegate: id, id: print.id });
    if (answer.kind === "silent") {
      this.#tellUnanswered(whom);
      bringUp(at("notices"));
      return false;
    }
    // A locked station was not heard at all: an earlier try may still have made the badge.
    if (answer.kind === "answered" || answer.status !== 403) delete this.#unanswered[id];
    await this.#keep();
    this.notices.drop(key);
    if (answer.kind === "refused") this.#tell(answer.message);
    else if (standing()) this.#paper.print(answer.body);
    else this.notices.put(key, "good", say("print_ready", { name }), { label: say("print_badge"), goes: true, run: () => this.#paper.print(answer.body) });
    return answer.kind === "answered";
  }

  #tellUnanswered(whom: Whom): void {
    const again = { label: say("print_badge"), goes: true, run: () => void this.print(whom) };
    this.notices.put(`print-${whom.id}`, "warn", say("print_unanswered", { name: whom.name }), again);
  }

  /** Whoever pressed the button on a phone looks at the list below, and would never see why no paper came. */
  #tell(why: string): void {
    this.notices.tell("badges", "warn", why);
    bringUp(at("notices"));
  }

  /** A disk that takes nothing more costs only what a restart would have remembered. */
  async #keep(): Promise<void> {
    await keep(this.store, "prints", this.#unanswered).catch(() => undefined);
  }
}
