// How many are here.
import type { Person } from "./kept";

/** How many people and companies of one kind there are, and how many of them have been here. */
export interface KindCount {
  people: number;
  arrived: number;
  inside: number;
  companies: number;
  companiesArrived: number;
}

/** The counts of each kind. */
export function countsOf(everybody: Iterable<Person>): Map<string, KindCount> {
  const kinds = new Map<string, { people: number; arrived: number; inside: number; all: Set<number>; here: Set<number> }>();
  for (const person of everybody) {
    let kind = kinds.get(person.kind);
    if (!kind) kinds.set(person.kind, (kind = { people: 0, arrived: 0, inside: 0, all: new Set(), here: new Set() }));
    kind.people += 1;
    kind.all.add(person.company_id);
    if (person.state === "expected") continue;
    kind.arrived += 1;
    kind.here.add(person.company_id);
    if (person.state === "arrived") kind.inside += 1;
  }
  return new Map([...kinds].map(([name, { all, here, ...kind }]) => [name, { ...kind, companies: all.size, companiesArrived: here.size }]));
}
