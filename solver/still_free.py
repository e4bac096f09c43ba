"""Minima as the checker reads them on a repaired day: unmet only where somebody who is there could simply be added.

A no-show can leave a table, or a company, with less than was asked for before the day. That is no fault of the plan, as
long as it lets nobody sit idle who could have helped. Written from the rules alone, like all of the checker.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from solver.instance import Company, Instance, Table
from solver.solution import Assignment


class StillFree:
    """Who could be added to a plan where and when, all else staying. `past`: rounds to which nothing is added."""

    def __init__(self, instance: Instance, assignments: Sequence[Assignment], past: set[str]) -> None:
        self.instance, self.past = instance, past
        host_of = {table.id: table.host for table in instance.tables}
        company_of = {company.id: company for company in instance.companies}
        self.most = {host.id: host.max_meetings for host in instance.hosts}
        self.met = {(each.company, host_of[each.table]) for each in assignments}
        self.meetings = Counter(each.company for each in assignments)
        self.received = Counter(host_of[each.table] for each in assignments)
        self.turns = Counter((each.company, each.round) for each in assignments)
        self.taken: Counter[tuple[str, str]] = Counter()
        self.guests: dict[tuple[str, str], set[str]] = defaultdict(set)
        for company, table, when in assignments:
            self.taken[table, when] += company_of[company].seats
            self.guests[table, when].add(company)
        self.foes: dict[str, set[str]] = defaultdict(set)
        for one, other in instance.apart:
            self.foes[one].add(other)
            self.foes[other].add(one)
        self.never = {(pair.company, pair.host) for pair in instance.never}
        self.asked = {(wish.company, wish.host) for wish in instance.wishes}
        self.asked.update((pair.company, pair.host) for pair in instance.must)

    def company_could_meet_more(self, company: Company) -> bool:
        """One meeting more, at any table in any round ahead."""
        return any(self._fits(company, table, when) for table in self.instance.tables for when in table.rounds)

    def table_could_fill(self, table: Table) -> bool:
        """One guest more in each of the rounds in which it has fewest, a different one in each."""
        ahead = [when for when in table.rounds if when not in self.past]
        fewest = min(self.taken[table.id, when] for when in ahead)
        lowest = [when for when in ahead if self.taken[table.id, when] == fewest]
        most = self.most[table.host]
        if most is not None and self.received[table.host] + len(lowest) > most:
            return False
        able = {when: [each.id for each in self.instance.companies if self._fits(each, table, when)] for when in lowest}
        brought: dict[str, str] = {}
        return all(_bring(when, able, brought, set()) for when in lowest)

    def _fits(self, company: Company, table: Table, when: str) -> bool:
        pair, slot = (company.id, table.host), (table.id, when)
        most = self.most[table.host]
        return (
            when not in self.past
            and when in company.rounds
            and when in table.rounds
            and (self.instance.allow_unwished or pair in self.asked)
            and pair not in self.never
            and pair not in self.met
            and self.turns[company.id, when] < company.delegations
            and self.taken[slot] + company.seats <= table.capacity
            and not (self.foes.get(company.id, set()) & self.guests.get(slot, set()))
            and (company.max_meetings is None or self.meetings[company.id] < company.max_meetings)
            and (most is None or self.received[table.host] < most)
        )


def _bring(when: str, able: dict[str, list[str]], brought: dict[str, str], tried: set[str]) -> bool:
    """Find a company for a round, if need be by sending one that another round has found to that round's next."""
    for company in able[when]:
        if company not in tried:
            tried.add(company)
            if company not in brought or _bring(brought[company], able, brought, tried):
                brought[company] = when
                return True
    return False
