"""What is left of a published plan as things now stand: history, what can still take place, what had to go and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from solver.instance import Company, Instance, Lock, Table
from solver.solution import Assignment, Problem, Solution

MOVES = {
    "absent": "the company is not there in that round",
    "closed": "the table is not open in that round",
    "host_gone": "the host receives nobody any more",
    "removed": "the company or the table is no longer part of the event",
    "never": "the pair has been ruled out",
    "too_big": "the company needs more seats than the table has",
    "withdrawn": "the wish for this meeting has been withdrawn",
    "crowded": "the seats, locks and limits that now hold leave no room for all of them",
    "promise": "made way so that a promise is kept",
    "better": "moved for a better day, within the moves allowed",
}
"""The fixed vocabulary of `moves[].reason`: the first seven had to go, the last three are moves."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A published plan, judged today. `instance` is today's, without demands that presence has made impossible."""

    instance: Instance
    start: int
    now: str | None
    history: tuple[Assignment, ...]
    possible: tuple[Assignment, ...]
    lost: tuple[tuple[Assignment, str], ...]
    problems: tuple[Problem, ...]


def judge(instance: Instance, published: Solution) -> Standing:
    """Sort the published assignments into history, possible and lost."""
    companies = {each.id: each for each in instance.companies}
    tables = {each.id: each for each in instance.tables}
    position = {each.id: index for index, each in enumerate(instance.rounds)}
    now = instance.now or (instance.rounds[0].id if instance.rounds else None)
    start = position[now] if now else 0
    past = {each.id for each in instance.rounds[:start]}
    instance, problems = _with_locks_that_hold(instance, past)
    history, possible, lost = [], [], []
    reasons = _Reasons(instance, start)
    for each in published.assignments:
        if each.company not in companies or each.table not in tables or each.round not in position:
            lost.append((each, "removed"))
        elif position[each.round] < start:
            history.append(each)
        elif reason := reasons.of(companies[each.company], tables[each.table], each.round):
            lost.append((each, reason))
        else:
            possible.append(each)
    today = _without_the_impossible(instance, past, history)
    return Standing(today, start, now, tuple(history), tuple(possible), tuple(lost), tuple(problems))


class _Reasons:
    """Why one published assignment cannot take place, looked at by itself."""

    def __init__(self, instance: Instance, start: int) -> None:
        ahead = {each.id for each in instance.rounds[start:]}
        self.receives = {table.host for table in instance.tables if ahead.intersection(table.rounds)}
        self.never = {(pair.company, pair.host) for pair in instance.never}
        self.may = may_meet(instance)
        self.allow_unwished = instance.allow_unwished

    def of(self, company: Company, table: Table, round_id: str) -> str | None:
        if round_id not in company.rounds:
            return "absent"
        if table.host not in self.receives:
            return "host_gone"
        if round_id not in table.rounds:
            return "closed"
        if (company.id, table.host) in self.never:
            return "never"
        if company.seats > table.capacity:
            return "too_big"
        if not self.allow_unwished and (company.id, table.host) not in self.may:
            return "withdrawn"
        return None


def _without_the_impossible(instance: Instance, past: set[str], history: list[Assignment]) -> Instance:
    """Limits and minima as far as the day can still keep them.

    A limit on meetings that history has passed allows what took place and no more. Minima ask no more of a company than
    the rounds ahead of it, and of a table than the guests that could come; how far several of them together must give
    way is for `minima` to find out.
    """
    host_of = {table.id: table.host for table in instance.tables}
    held = Counter(each.company for each in history)
    received = Counter(host_of[each.table] for each in history)
    companies = []
    for company in instance.companies:
        reachable = held[company.id] + company.delegations * sum(each not in past for each in company.rounds)
        most = None if company.max_meetings is None else max(company.max_meetings, held[company.id])
        least = min(reachable, company.min_meetings)
        companies.append(replace(company, min_meetings=least, max_meetings=most))
    hosts = [
        replace(host, max_meetings=None if host.max_meetings is None else max(host.max_meetings, received[host.id]))
        for host in instance.hosts
    ]
    tables = tuple(_tables(instance, past, history))
    return replace(instance, companies=tuple(companies), hosts=tuple(hosts), tables=tables)


def _with_locks_that_hold(instance: Instance, past: set[str]) -> tuple[Instance, list[Problem]]:
    """Locks of the absent and of closed tables are dropped, and told."""
    company_rounds = {each.id: each.rounds for each in instance.companies}
    table_rounds = {each.id: each.rounds for each in instance.tables}
    locks, problems = [], []
    for lock in instance.locks:
        there = lock.round in company_rounds[lock.company] and lock.round in table_rounds[lock.table]
        if there or lock.round in past:
            locks.append(lock)
        else:
            problems.append(_overtaken(lock))
    return replace(instance, locks=tuple(locks)), problems


def _tables(instance: Instance, past: set[str], history: list[Assignment]) -> Iterator[Table]:
    """The tables, each with a minimum that the guests who could come to it reach in every round ahead."""
    host_of = {table.id: table.host for table in instance.tables}
    met = {(each.company, host_of[each.table]) for each in history}
    everybody = {company.id: company for company in instance.companies}
    asked: dict[str, dict[str, Company]] = defaultdict(dict)
    for company, host in may_meet(instance) - met:
        asked[host][company] = everybody[company]
    for table in instance.tables:
        able = everybody if instance.allow_unwished else asked[table.host]
        least = table.min
        for when in table.rounds if least else ():
            if when not in past:
                least = min(least, _seats(able.values(), table, when))
        yield replace(table, min=least) if least < table.min else table


def _seats(able: Iterable[Company], table: Table, when: str) -> int:
    """Seats that those who could come in a round would take; counted no further than the table's minimum."""
    seats = 0
    for company in able:
        if company.seats <= table.capacity and when in company.rounds:
            seats += company.seats
            if seats >= table.min:
                break
    return seats


def may_meet(instance: Instance) -> set[tuple[str, str]]:
    """Companies and hosts that may meet where unwished meetings are not allowed: wished, promised or locked."""
    host_of = {table.id: table.host for table in instance.tables}
    may = {(wish.company, wish.host) for wish in instance.wishes}
    may |= {(pair.company, pair.host) for pair in instance.must}
    may |= {(lock.company, host_of[lock.table]) for lock in instance.locks}
    return may - {(pair.company, pair.host) for pair in instance.never}


def _overtaken(lock: Lock) -> Problem:
    who, where, when = lock
    return Problem(
        "lock_impossible",
        f"{who} 在 {when} 锁定于 {where}，但届时企业未到场或该桌不开放，锁定不再生效。",
        f"{who} is locked at {where} in {when}, but is not there or the table is closed; the lock no longer holds.",
        (who,),
        tables=(where,),
        rounds=(when,),
    )
