"""The rules as the checker reads them: one function per rule, each yields sentences about what it found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from operator import itemgetter

from solver.instance import Instance, Lock
from solver.solution import Assignment, Solution
from solver.still_free import StillFree


def broken_rules(
    instance: Instance, solution: Solution, pause: Callable[[], None] | None = None
) -> Iterator[tuple[str, str]]:
    """Each broken rule (a fixed word) with a sentence that says where. `pause` is called between rules."""
    first = instance.rounds[0].id if instance.rounds else None
    repaired = solution.now is not None and solution.now == (instance.now or first)
    day = _Day(instance, solution.assignments, solution.now if repaired else None, repaired)
    for rule in (_once_per_round, _once_per_host, _there, _open, _capacity, _limits, _locks, _never, _apart, _wished):
        if pause:
            pause()
        for detail in rule(day):
            yield rule.__name__.lstrip("_"), detail


class _Day:
    """Lookups shared by the rules. `fresh` leaves out history: what took place before a repair's `now`.

    On a repaired day presence overrides what was asked for before it was known: a lock that has become impossible, a
    minimum that nobody who is there and free could fill, a limit that history alone has passed.
    """

    def __init__(
        self, instance: Instance, assignments: Sequence[Assignment], now: str | None, repaired: bool = False
    ) -> None:
        self.instance, self.all, self.repaired = instance, assignments, repaired
        self.company = {each.id: each for each in instance.companies}
        self.table = {each.id: each for each in instance.tables}
        self.host_of = {each.id: each.host for each in instance.tables}
        order = {each.id: index for index, each in enumerate(instance.rounds)}
        start = order.get(now, 0) if now else 0
        self.past = {each.id for each in instance.rounds[:start]}
        self.fresh = assignments
        if self.past:
            self.fresh = [each for each in assignments if each.round not in self.past]
        self.seating: dict[tuple[str, str], list[str]] = defaultdict(list)
        for company, table, round_id in self.fresh:
            self.seating[table, round_id].append(company)

    @cached_property
    def still_free(self) -> StillFree:
        """Who could be added where; asked only where a minimum is not met."""
        return StillFree(self.instance, self.all, self.past)


def _once_per_round(day: _Day) -> Iterator[str]:
    for (company, round_id), times in Counter(map(itemgetter(0, 2), day.fresh)).items():
        if times > 1 and times > (teams := day.company[company].delegations):
            yield f"{company} sits {times} times in {round_id}, with {teams} delegation(s)"


def _once_per_host(day: _Day) -> Iterator[str]:
    meetings = Counter((company, day.host_of[table]) for company, table, _ in day.all)
    for (company, host), times in meetings.items():
        if times > 1:
            yield f"{company} meets {host} {times} times"


def _there(day: _Day) -> Iterator[str]:
    sets = {each: frozenset(each) for each in {company.rounds for company in day.instance.companies}}
    rounds = {company.id: sets[company.rounds] for company in day.instance.companies}
    for company, table, round_id in day.fresh:
        if round_id not in rounds[company]:
            yield f"{company} sits at {table} in {round_id}, when it is not there"


def _open(day: _Day) -> Iterator[str]:
    rounds = {table.id: frozenset(table.rounds) for table in day.instance.tables}
    for company, table, round_id in day.fresh:
        if round_id not in rounds[table]:
            yield f"{company} sits at {table} in {round_id}, when that is closed"


def _capacity(day: _Day) -> Iterator[str]:
    for table in day.instance.tables:
        for round_id in table.rounds:
            if round_id in day.past:
                continue
            taken = sum(day.company[company].seats for company in day.seating.get((table.id, round_id), ()))
            if taken > table.capacity:
                yield f"{table.id} has {taken} seats taken in {round_id}, of {table.capacity}"
            if taken < table.min and not (day.repaired and not day.still_free.table_could_fill(table)):
                yield f"{table.id} has {taken} seats taken in {round_id}; its minimum is {table.min}"


def _limits(day: _Day) -> Iterator[str]:
    meetings, ahead = (Counter(each.company for each in part) for part in (day.all, day.fresh))
    for company in day.instance.companies:
        met = meetings[company.id]
        if met < company.min_meetings and not (day.repaired and not day.still_free.company_could_meet_more(company)):
            yield f"{company.id} has {met} meetings; it must have {company.min_meetings}"
        if company.max_meetings is not None and met > company.max_meetings and ahead[company.id]:
            yield f"{company.id} has {met} meetings; it may have {company.max_meetings}"
    received, expected = (Counter(day.host_of[each.table] for each in part) for part in (day.all, day.fresh))
    for host in day.instance.hosts:
        if host.max_meetings is not None and received[host.id] > host.max_meetings and expected[host.id]:
            yield f"{host.id} has {received[host.id]} meetings; it may have {host.max_meetings}"


def _overtaken(day: _Day, lock: Lock) -> bool:
    """On the day, the locked company is not there or the table is closed in that round."""
    there = lock.round in day.company[lock.company].rounds and lock.round in day.table[lock.table].rounds
    return lock.round in day.past or (day.repaired and not there)


def _locks(day: _Day) -> Iterator[str]:
    kept = set(day.all) if day.instance.locks else set()
    for lock in day.instance.locks:
        if tuple(lock) not in kept and not _overtaken(day, lock):
            yield f"{lock.company} is locked at {lock.table} in {lock.round} and is not there"


def _never(day: _Day) -> Iterator[str]:
    banned = {(pair.company, pair.host) for pair in day.instance.never}
    if not banned:
        return
    for company, table, round_id in day.fresh:
        host = day.table[table].host
        if (company, host) in banned:
            yield f"{company} meets {host} at {table} in {round_id}, which is ruled out"


def _apart(day: _Day) -> Iterator[str]:
    foes: dict[str, set[str]] = defaultdict(set)
    for first, second in day.instance.apart:
        foes[first].add(second)
    if not foes:
        return
    for (table, round_id), companies in day.seating.items():
        for company in companies:
            for other in foes.get(company, set()).intersection(companies):
                yield f"{company} and {other} share {table} in {round_id}; they are to be kept apart"


def _wished(day: _Day) -> Iterator[str]:
    if day.instance.allow_unwished:
        return
    unwished = {(company, day.host_of[table]) for company, table, _ in day.fresh}
    unwished.difference_update(map(itemgetter(0, 1), day.instance.wishes))
    unwished.difference_update((pair.company, pair.host) for pair in day.instance.must)
    unwished.difference_update((lock.company, day.host_of[lock.table]) for lock in day.instance.locks)
    for company, table, round_id in day.fresh if unwished else ():
        if (company, day.host_of[table]) in unwished:
            yield f"{company} meets {day.host_of[table]} in {round_id} and declared no wish to"
