"""Single changes of the rules that would let two meet without breaking any promise kept today; each is tried out.

A change is offered only after the changed instance has been solved with the meeting forced and as many promises kept
as the best plan of the unchanged instance keeps.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from solver.board import Board
from solver.clock import Run
from solver.instance import Instance, Pair
from solver.methods.lexicographic import optimise
from solver.model.seats import Seats

Change = tuple[Instance, str, str]
"""A changed instance, and what was changed in Chinese and in English."""


def relaxations(board: Board, company: int, host: int, run: Run) -> tuple[tuple[str, str], ...]:
    """Sentences (Chinese, English) for every single change that suffices."""
    now = optimise(board, ["must"], run)
    met = {(c, board.table_host[t]) for c, t, _ in now.plan or ()}
    kept = sum((c, h) in met for c, h in board.must if (c, h) != (company, host))
    found = []
    for changed, zh, en in _changes(board, company, host):
        if run.over():
            break
        if _grants(board, changed, (company, host), kept, run):
            found.append((zh, en))
    return tuple(found)


def _grants(board: Board, changed: Instance, pair: tuple[int, int], kept: int, run: Run) -> bool:
    """The changed day has a plan with the meeting and `kept` other promises."""
    trial = Board(changed, board.assignments(board.fixed), board.start)
    index = trial.pair.get(pair)
    if index is None:
        return False

    def force(seats: Seats) -> None:
        seats.model.add_bool_or(seats.of_pair[index])
        promised = [p for p, is_promised in enumerate(trial.promised) if is_promised and p != index]
        seats.model.add(seats.total(x for p in promised for x in seats.of_pair[p]) >= kept)

    return optimise(trial, [], run, require=force).plan is not None


def _changes(board: Board, company: int, host: int) -> Iterator[Change]:
    """Lift the ban or promise the meeting; more seats, more openings, higher limits, more rounds."""
    instance = board.instance
    who, whom = instance.companies[company].id, instance.hosts[host].id
    pair = Pair(who, whom)
    allowed = _with_pair(replace(instance, never=tuple(each for each in instance.never if each != pair)), pair)
    if pair in instance.never:
        yield allowed, f"取消 {who} 与 {whom} 的禁止对接", f"lift the ban on {who} and {whom}"
    elif allowed.must != instance.must and not instance.allow_unwished:
        yield allowed, f"约定 {who} 与 {whom} 必谈", f"promise {who} a meeting with {whom}"
    else:
        yield from _at_the_host(board, instance, company, host)
        yield from _for_the_company(board, instance, company)


def _at_the_host(board: Board, instance: Instance, company: int, host: int) -> Iterator[Change]:
    whom = instance.hosts[host]
    for index in board.tables_of[host]:
        table = instance.tables[index]
        seats = max(table.capacity + 1, board.seats[company])
        wider = _edit(instance, "tables", index, capacity=seats)
        yield wider, f"{table.id} 增至 {seats} 座", f"raise {table.id} to {seats} seats"
        for each in _missing_rounds(board, table.rounds):
            longer = _edit(instance, "tables", index, rounds=_in_order(instance, (*table.rounds, each)))
            yield longer, f"{table.id} 在 {each} 开放", f"open {table.id} in {each}"
    if whom.max_meetings is not None:
        more = _edit(instance, "hosts", host, max_meetings=whom.max_meetings + 1)
        yield more, f"{whom.id} 的场数上限加一", f"allow {whom.id} one more meeting"


def _for_the_company(board: Board, instance: Instance, company: int) -> Iterator[Change]:
    who = instance.companies[company]
    if who.max_meetings is not None:
        more = _edit(instance, "companies", company, max_meetings=who.max_meetings + 1)
        yield more, f"{who.id} 的场数上限加一", f"allow {who.id} one more meeting"
    for each in _missing_rounds(board, who.rounds):
        longer = _edit(instance, "companies", company, rounds=_in_order(instance, (*who.rounds, each)))
        yield longer, f"{who.id} 在 {each} 到场", f"have {who.id} there in {each}"


def _missing_rounds(board: Board, rounds: tuple[str, ...]) -> list[str]:
    return [each.id for each in board.instance.rounds[board.start :] if each.id not in rounds]


def _in_order(instance: Instance, rounds: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each.id for each in instance.rounds if each.id in rounds)


def _with_pair(instance: Instance, pair: Pair) -> Instance:
    """The pair may meet: as a promise, unless it is wished or promised already."""
    known = pair in instance.must or any((wish.company, wish.host) == pair for wish in instance.wishes)
    return instance if known else replace(instance, must=(*instance.must, pair))


def _edit(instance: Instance, what: str, index: int, **fields: Any) -> Instance:
    rows = list(getattr(instance, what))
    rows[index] = replace(rows[index], **fields)
    return replace(instance, **{what: tuple(rows)})  # type: ignore[arg-type]
