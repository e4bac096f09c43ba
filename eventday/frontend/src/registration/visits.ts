// Who has come to this station's table: what the server has told, and what this tablet saw since.
import type { Visit } from "./setup";

const same = (a: Visit, b: Visit): boolean => a[0] === b[0] && a[1] === b[1] && a[2] === b[2];

export class Visits {
  #told: Visit[] = [];
  #mine = new Map<string, Visit>();

  /** The server tells all visits again; of ours only those whose scans it has not heard of (`pending`) are kept. */
  hear(visits: Visit[], pending: Set<string>): void {
    this.#told = [...visits];
    for (const scan of this.#mine.keys()) if (!pending.has(scan)) this.#mine.delete(scan);
  }

  add(scan: string, visit: Visit): void {
    this.#mine.set(scan, visit);
  }

  /** The scan was taken back, or the server did not take it as a visit. */
  drop(scan: string, visit: Visit): void {
    this.#mine.delete(scan);
    this.#told = this.#told.filter((each) => !same(each, visit));
  }

  has(delegate: number, table: number, round: number | undefined): boolean {
    return this.#all().some((each) => same(each, [delegate, table, round ?? null, 0, false]));
  }

  /** Companies that sit at the table in this round without the plan saying so. */
  guests(table: number, round: number | undefined): Set<number> {
    const here = this.#all().filter(([, where, when, , walkUp]) => walkUp && where === table && when === (round ?? null));
    return new Set(here.map(([, , , company]) => company));
  }

  clear(): void {
    this.#told = [];
    this.#mine.clear();
  }

  #all(): Visit[] {
    return [...this.#told, ...this.#mine.values()];
  }
}
