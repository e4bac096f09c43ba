"""Published assignments that cannot all stay together: found by counting, rule by rule, without any search."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, ItemsView, Iterable, Iterator
from typing import NamedTuple, TypeVar

from solver.repairs.standing import Standing
from solver.solution import Assignment

Key = TypeVar("Key")


class Group(NamedTuple):
    """Assignments that share something, how much of it each takes, and how much there is."""

    members: list[Assignment]
    takes: list[int]
    limit: int

    @property
    def too_many(self) -> bool:
        return sum(self.takes) > self.limit


def conflicting(standing: Standing) -> set[Assignment]:
    """Those still possible by themselves that share a seat, a turn or a limit which is too small for all of them.

    What stands anyway, history and locks, takes its part first. Of each group at least one has to go; whoever is in no
    group is in nobody's way.
    """
    possible = set(standing.possible)
    crowded: set[Assignment] = set()
    for group in groups(standing):
        if group.too_many:
            crowded.update(possible.intersection(group.members))
    return crowded


def groups(standing: Standing) -> Iterator[Group]:
    """All that share a table, a turn, a host, a limit or a ban on sitting together, too many of them or not."""
    instance = standing.instance
    host_of = {table.id: table.host for table in instance.tables}
    seats = {company.id: company.seats for company in instance.companies}
    past = {each.id for each in instance.rounds[: standing.start]}
    locked = [Assignment(*lock) for lock in instance.locks if lock.round not in past]
    ahead = dict.fromkeys((*standing.possible, *locked))
    whole = dict.fromkeys((*standing.history, *ahead))

    foes = defaultdict(list)
    for one, other in instance.apart:
        foes[one].append(other)
    capacity = {table.id: table.capacity for table in instance.tables}
    for (table, _), group in _by(ahead, lambda each: (each.table, each.round)):
        yield Group(group, [seats[each.company] for each in group], capacity[table])
        yield from _kept_apart(foes, group)
    teams = {company.id: company.delegations for company in instance.companies}
    for (company, _), group in _by(ahead, lambda each: (each.company, each.round)):
        yield _one_each(group, teams[company])
    for _, group in _by(whole, lambda each: (each.company, host_of[each.table])):
        yield _one_each(group, 1)
    most = {company.id: company.max_meetings for company in instance.companies}
    for company, group in _by(whole, lambda each: each.company):
        yield _one_each(group, most[company])
    receives = {host.id: host.max_meetings for host in instance.hosts}
    for host, group in _by(whole, lambda each: host_of[each.table]):
        yield _one_each(group, receives[host])


def _by(assignments: Iterable[Assignment], key: Callable[[Assignment], Key]) -> ItemsView[Key, list[Assignment]]:
    groups: dict[Key, list[Assignment]] = defaultdict(list)
    for each in assignments:
        groups[key(each)].append(each)
    return groups.items()


def _one_each(members: list[Assignment], limit: int | None) -> Group:
    return Group(members, [1] * len(members), sys.maxsize if limit is None else limit)


def _kept_apart(foes: dict[str, list[str]], guests: list[Assignment]) -> Iterator[Group]:
    here = {each.company: each for each in guests} if foes else {}
    for company, each in here.items():
        for other in foes.get(company, ()):
            if other in here:
                yield _one_each([each, here[other]], 1)
