// Finding people by a few keys, and the list of those found.
import { untilLetGo } from "../shared/pressed";
import { say } from "../shared/messages";
import type { Act } from "./act";
import type { Kind } from "./checkin-rule";
import { isDesk, type Desk } from "./desk";
import type { Identity, Made, Person } from "./kept";
import { foundRows } from "./lists";
import { at } from "./page";
import type { Roster } from "./roster";
import { clock } from "./setup";

/** So many rows fill any tablet; they are painted first, and what stands below them afterwards. */
const AT_ONCE = 12;

export interface FoundActs {
  take(person: Person, kind: Kind): void;
  /** The scan that somebody's standing rests on, for a lead to take back. */
  lastOf(person: Person): Promise<Made>;
  undo(made: Made): void;
}

export class Finding {
  readonly #field = at<HTMLInputElement>("search");
  readonly #list = at("found");
  /** The roster's cursor at the last search. */
  #searched = "";
  #turn = 0;
  #warm = false;

  constructor(
    private readonly roster: Roster,
    private readonly desk: Desk,
    private readonly role: () => Identity["role"] | undefined,
    private readonly acts: FoundActs,
  ) {}

  /** Show whom the field finds now. */
  search(): void {
    this.#searched = this.roster.cursor;
    const turn = (this.#turn += 1);
    const rows = this.#rows(this.#field.value);
    this.#list.replaceChildren(...rows.slice(0, AT_ONCE));
    const rest = rows.slice(AT_ONCE);
    if (rest.length) requestAnimationFrame(() => setTimeout(() => turn === this.#turn && this.#list.append(...rest)));
  }

  /** Who is found is shown as they stand now; only after news, so that no button moves under a finger. */
  async refresh(): Promise<void> {
    await untilLetGo(this.#list);
    if (this.roster.cursor !== this.#searched) this.search();
    if (this.#warm || !this.roster.people.size) return;
    // The browser compiles all this now, and not for the first key.
    this.#rows("a");
    this.#warm = true;
  }

  #rows(query: string): HTMLElement[] {
    const people = this.roster.index.find(query).map((id) => this.roster.people.get(id)!);
    const role = this.role();
    return foundRows(people, query, this.roster.setup?.timezone, {
      checkIn: (person, kind) => {
        this.#clear();
        this.acts.take(person, role === "table" ? "table" : kind);
      },
      more: (person) => [...(isDesk(role) ? this.#ofADesk(person) : []), ...(role === "lead" ? this.#ofALead(person) : [])],
    });
  }

  #ofADesk(person: Person): Act[] {
    return [
      { label: say("print_badge"), run: () => void this.desk.print(person) },
      { label: say("phone_code"), run: () => void this.desk.giveCode(person) },
    ];
  }

  /** Take back what any station did: where the person stands, and each visit to a table. */
  #ofALead(person: Person): Act[] {
    const { setup } = this.roster;
    const visits = (setup?.held ?? []).filter(([, who]) => who === person.id).map(([id, , table, round, at]): Act => {
      const where = setup!.tables.find((each) => each.id === table)?.label ?? "";
      const time = clock(setup!.rounds.find((each) => each.id === round)?.start ?? at, setup!.timezone);
      const about = { person: person.id, name: person.name, company: person.company_label };
      const made: Made = { id, kind: "table", at, ...about, outcome: "accepted", sent: true };
      return { label: say("undo_visit", { table: where, time }), run: () => void this.#undo(Promise.resolve(made)) };
    });
    return person.scan ? [{ label: say("undo"), run: () => void this.#undo(this.acts.lastOf(person)) }, ...visits] : visits;
  }

  async #undo(finding: Promise<Made>): Promise<void> {
    const made = await finding;
    this.#clear();
    this.acts.undo(made);
  }

  #clear(): void {
    this.#field.value = "";
    this.search();
  }
}
