"""Demands that contradict each other on paper: found by counting, without any search, and so a proof by themselves.

Each function yields problems; a board with any of them has no plan.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from solver.board import Board, Slot, bits
from solver.solution import Problem


def contradictions(board: Board) -> tuple[Problem, ...]:
    """Every contradiction that counting alone reveals."""
    on_locks = (_impossible_locks, _clashing_locks, _crowded_locks, _locks_apart, _limits)
    on_minima = (_empty_tables, _hungry_companies)
    return tuple(problem for check in on_locks + on_minima for problem in check(board))


class _Names:
    """Ids for sentences."""

    def __init__(self, board: Board) -> None:
        self.company = [each.id for each in board.instance.companies]
        self.host = [each.id for each in board.instance.hosts]
        self.table = [each.id for each in board.instance.tables]
        self.round = [each.id for each in board.instance.rounds]


def _impossible_locks(board: Board) -> Iterator[Problem]:
    names = _Names(board)
    for company, table, r in board.locks:
        who, where, when = names.company[company], names.table[table], names.round[r]
        why = None
        if not board.there[company] >> r & 1:
            why = ("lock_absent", f"{who} 该轮不在场", f"{who} is not there in that round")
        elif not board.open[table] >> r & 1:
            why = ("lock_closed", f"{where} 该轮不开放", f"{where} is closed in that round")
        elif (company, board.table_host[table]) in board.never:
            why = ("lock_never", "该企业与主办方被禁止对接", "the pair is ruled out")
        elif board.seats[company] > board.capacity[table]:
            why = ("lock_too_big", f"{where} 座位不够", f"{where} has too few seats for it")
        if why:
            reason, zh, en = why
            yield Problem(
                reason,
                f"{who} 在 {when} 锁定于 {where}，但{zh}。",
                f"{who} is locked at {where} in {when}, but {en}.",
                (who,),
                tables=(where,),
                rounds=(when,),
            )


def _clashing_locks(board: Board) -> Iterator[Problem]:
    names = _Names(board)
    turns = Counter((company, r) for company, _, r in board.locks)
    for (company, r), times in turns.items():
        if times > board.teams[company]:
            who, when = names.company[company], names.round[r]
            yield Problem(
                "lock_clash",
                f"{who} 在 {when} 被锁定 {times} 次，但只有 {board.teams[company]} 个代表队。",
                f"{who} is locked {times} times in {when}, with {board.teams[company]} delegation(s).",
                (who,),
                rounds=(when,),
            )
    meetings = Counter((company, board.table_host[table]) for company, table, _ in board.locks)
    for (company, host), times in meetings.items():
        if times > 1:
            who, whom = names.company[company], names.host[host]
            yield Problem(
                "lock_twice",
                f"{who} 与 {whom} 被锁定 {times} 次，最多只能对接一次。",
                f"{who} is locked with {whom} {times} times; a company meets a host once.",
                (who,),
                (whom,),
            )


def _crowded_locks(board: Board) -> Iterator[Problem]:
    names = _Names(board)
    load: Counter[Slot] = Counter()
    for company, table, r in board.locks:
        load[table, r] += board.seats[company]
    for (table, r), taken in load.items():
        if taken > board.capacity[table]:
            where, when = names.table[table], names.round[r]
            yield Problem(
                "lock_capacity",
                f"{where} 在 {when} 被锁定 {taken} 个座位，容量为 {board.capacity[table]}。",
                f"{taken} seats are locked at {where} in {when}, which has {board.capacity[table]}.",
                tables=(where,),
                rounds=(when,),
            )


def _locks_apart(board: Board) -> Iterator[Problem]:
    names = _Names(board)
    guests: dict[Slot, set[int]] = defaultdict(set)
    for company, table, r in board.locks:
        guests[table, r].add(company)
    for (table, r), here in guests.items():
        for one, other in board.apart:
            if one in here and other in here:
                first, second = names.company[one], names.company[other]
                where, when = names.table[table], names.round[r]
                yield Problem(
                    "lock_apart",
                    f"{first} 与 {second} 不得同桌，却都锁定于 {where}（{when}）。",
                    f"{first} and {second} are to be kept apart and are both locked at {where} in {when}.",
                    (first, second),
                    tables=(where,),
                    rounds=(when,),
                )


def _limits(board: Board) -> Iterator[Problem]:
    names = _Names(board)
    meetings = Counter(company for company, _, _ in board.locks)
    for company, times in meetings.items():
        most = board.instance.companies[company].max_meetings
        if most is not None and times > most:
            who = names.company[company]
            yield Problem(
                "lock_limit",
                f"{who} 被锁定 {times} 次，上限为 {most}。",
                f"{who} is locked {times} times and may have {most} meetings.",
                (who,),
            )
    received = Counter(board.table_host[table] for _, table, _ in board.locks)
    for host, times in received.items():
        limit = board.host_most[host]
        if limit is not None and times > limit:
            whom = names.host[host]
            yield Problem(
                "lock_limit",
                f"{whom} 被锁定 {times} 次，上限为 {limit}。",
                f"{whom} is locked {times} times and may have {limit} meetings.",
                hosts=(whom,),
            )


def _empty_tables(board: Board) -> Iterator[Problem]:
    """A table and round whose minimum exceeds the seats of everybody who could come."""
    names = _Names(board)
    could: dict[Slot, int] = defaultdict(int)
    for pair, (company, _) in enumerate(board.pairs):
        for slot in board.slots(pair):
            could[slot] += board.seats[company]
    for table, least in enumerate(board.minimum):
        for r in bits(board.open[table]) if least else ():
            if could[table, r] < least:
                where, when = names.table[table], names.round[r]
                yield Problem(
                    "table_min",
                    f"{where} 在 {when} 至少要坐 {least} 席，但能来的企业合计只有 {could[table, r]} 席。",
                    f"{where} needs {least} seats taken in {when}; those who could come take {could[table, r]}.",
                    tables=(where,),
                    rounds=(when,),
                )


def _hungry_companies(board: Board) -> Iterator[Problem]:
    """A company that must have more meetings than it has rounds, teams, limits or possible hosts for."""
    partners = Counter(company for company, _ in board.pairs)
    names = _Names(board)
    for company, least in enumerate(board.least):
        reach = min(board.most[company], partners[company])
        if least > reach:
            who = names.company[company]
            yield Problem(
                "company_min",
                f"{who} 至少要有 {least} 场对接，最多只可能 {reach} 场。",
                f"{who} must have {least} meetings; no more than {reach} are possible for it.",
                (who,),
            )
