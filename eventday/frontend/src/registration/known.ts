// Everybody whom the tablet knows, in memory: by number, by badge, by company, and by what is typed.
import type { BadgeState } from "./checkin-rule";
import type { Person, Standing } from "./kept";
import { SearchIndex } from "./search";

export interface Found {
  state: BadgeState;
  person?: Person;
}

export class Known {
  people = new Map<number, Person>();
  readonly index = new SearchIndex();
  #badges = new Map<string, { person: number; live: boolean }>();
  #companies = new Map<number, Set<number>>();

  /** What the badge with this digest is. */
  find(digest: string): Found {
    const badge = this.#badges.get(digest);
    const person = badge && this.people.get(badge.person);
    if (!badge || !person) return { state: "unknown" };
    return { state: badge.live ? "live" : "revoked", person };
  }

  /** The others of a company, those who are still expected first. */
  delegation(person: Person): Person[] {
    const ids = this.#companies.get(person.company_id) ?? [];
    const others = [...ids].map((id) => this.people.get(id)!).filter(({ id }) => id !== person.id && !isProvisional(id));
    return others.sort((a, b) => Number(a.state !== "expected") - Number(b.state !== "expected") || a.id - b.id);
  }

  /** The number of the company with this name, or one that no other company has. */
  companyCalled(name: string): number {
    const known = [...this.people.values()].find(({ company }) => company === name);
    return known?.company_id ?? -1 - this.#companies.size;
  }

  protected forget(except: Set<number>): void {
    for (const person of [...this.people.values()]) if (!except.has(person.id)) this.drop(person);
  }

  protected drop(person: Person): void {
    this.people.delete(person.id);
    this.index.remove(person.id);
    this.#companies.get(person.company_id)?.delete(person.id);
    for (const digest of [...person.badges, ...person.revoked]) {
      // A walk-in's badge may have become the badge of who they turned out to be.
      if (this.#badges.get(digest)?.person === person.id) this.#badges.delete(digest);
    }
  }

  protected know(person: Person): void {
    const before = this.people.get(person.id);
    if (before) this.drop(before);
    if (person.gone) return;
    this.people.set(person.id, person);
    this.index.add(person);
    for (const digest of person.badges) this.#badges.set(digest, { person: person.id, live: true });
    for (const digest of person.revoked) this.#badges.set(digest, { person: person.id, live: false });
    const company = this.#companies.get(person.company_id) ?? new Set();
    this.#companies.set(person.company_id, company.add(person.id));
  }
}

/** Somebody registered here whom the server does not know yet has a number below zero. */
export function isProvisional(id: number): boolean {
  return id < 0;
}

/** Where somebody stands. */
export function standingOf({ state, since, scan, gate, device }: Person): Standing {
  return { state, since, scan, gate, device };
}
