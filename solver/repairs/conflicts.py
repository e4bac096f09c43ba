"""Published assignments that cannot all stay together: found by counting, rule by rule, without any search."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, ItemsView, Iterable, Iterator
from typing import TypeVar

from solver.repairs.standing import Standing
from solver.solution import Assignment

Key = TypeVar("Key")

Group = tuple[list[Assignment], int, int]
"""Assignments that share something, how much of it they take together, how much there is."""


def conflicting(standing: Standing) -> set[Assignment]:
    """Those still possible by themselves that share a seat, a turn or a limit which is too small for all of them.

    What stands anyway, history and locks, takes its part first. Of each group at least one has to go; whoever is in no
    group is in nobody's way.
    """
    possible = set(standing.possible)
    crowded: set[Assignment] = set()
    for group, taken, limit in _groups(standing):
        if taken > limit:
            crowded.update(possible.intersection(group))
    return crowded


def _groups(standing: Standing) -> Iterator[Group]:
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
        yield group, sum(seats[each.company] for each in group), capacity[table]
        yield from _kept_apart(foes, group)
    teams = {company.id: company.delegations for company in instance.companies}
    for (company, _), group in _by(ahead, lambda each: (each.company, each.round)):
        yield group, len(group), teams[company]
    for _, group in _by(whole, lambda each: (each.company, host_of[each.table])):
        yield group, len(group), 1
    most = {company.id: company.max_meetings for company in instance.companies}
    for company, group in _by(whole, lambda each: each.company):
        yield group, len(group), _limit(most[company])
    receives = {host.id: host.max_meetings for host in instance.hosts}
    for host, group in _by(whole, lambda each: host_of[each.table]):
        yield group, len(group), _limit(receives[host])


def _by(assignments: Iterable[Assignment], key: Callable[[Assignment], Key]) -> ItemsView[Key, list[Assignment]]:
    groups: dict[Key, list[Assignment]] = defaultdict(list)
    for each in assignments:
        groups[key(each)].append(each)
    return groups.items()


def _limit(most: int | None) -> int:
    return sys.maxsize if most is None else most


def _kept_apart(foes: dict[str, list[str]], guests: list[Assignment]) -> Iterator[Group]:
    here = {each.company: each for each in guests} if foes else {}
    for company, each in here.items():
        for other in foes.get(company, ()):
            if other in here:
                yield [each, here[other]], 2, 1
