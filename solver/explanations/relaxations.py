"""Single changes of the rules that would let two meet without breaking any promise kept today; each is tried out.

A change is offered only after a plan of the changed instance has been found and checked in which the two meet and as
many other promises are kept as the best plan of the unchanged instance keeps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from solver.board import Board, Triple
from solver.clock import Run
from solver.explanations.granting import Granting
from solver.instance import Instance, Pair
from solver.methods.candidates import Candidates

Change = tuple[Instance, str, str]
"""A changed instance, and what was changed in Chinese and in English."""

Steps = Iterator[Change]
"""The same change in several sizes, the smallest first: the first that suffices is offered."""


def relaxations(
    board: Board, plan: Sequence[Triple], company: int, host: int, run: Run, seed: int
) -> tuple[tuple[str, str], ...]:
    """Sentences (Chinese, English) for every single change that suffices."""
    kept = _most_promises(board, plan, run, seed)
    found: list[tuple[str, str]] = []
    for steps in _changes(board, company, host):
        for changed, zh, en in steps:
            if run.over():
                return tuple(found)
            if _grants(board, changed, plan, (company, host), kept, run, seed):
                found.append((zh, en))
                break
    return tuple(found)


def _most_promises(board: Board, plan: Sequence[Triple], run: Run, seed: int) -> int:
    """How many promises the best plan keeps, as far as is found in time."""
    search = Candidates(board, ("must",), run, seed, 1, board.instance.now)
    search.offer(list(plan), "as it is")
    if not search.done():
        search.look()
    kept = search.values.get("must", 0)
    return kept if isinstance(kept, int) else 0


def _grants(
    board: Board,
    changed: Instance,
    plan: Sequence[Triple],
    pair: tuple[int, int],
    kept: int,
    run: Run,
    seed: int,
) -> bool:
    """The changed day has a plan with the meeting in which no promise is kept at the cost of another."""
    trial = Board(changed, board.assignments(board.fixed), board.start)
    index = trial.pair.get(pair)
    if index is None:
        return False
    search = _Trial(trial, index, plan, run, seed, kept + trial.promised[index])
    search.look()
    return search.proven()


class _Trial(Granting):
    """A search that ends with the first plan that keeps `enough` promises."""

    def __init__(self, board: Board, pair: int, plan: Sequence[Triple], run: Run, seed: int, enough: int) -> None:
        super().__init__(board, pair, plan, ("must",), run, seed)
        self.enough = enough

    def look(self) -> None:
        """Nothing is tried where flows tell that it is in vain."""
        most = self.ceilings.of("must", {})
        if most is None or most >= self.enough:
            super().look()

    def cheapest(self) -> bool:
        kept = self.values.get("must", -1)
        return isinstance(kept, int) and kept >= self.enough

    def proven(self) -> bool:
        return self.cheapest()


def _changes(board: Board, company: int, host: int) -> Iterator[Steps]:
    """Lift the ban or promise the meeting; more seats, more openings, higher limits, more rounds, sit together."""
    instance = board.instance
    who, whom = instance.companies[company].id, instance.hosts[host].id
    pair = Pair(who, whom)
    allowed = _with_pair(replace(instance, never=tuple(each for each in instance.never if each != pair)), pair)
    if pair in instance.never:
        yield iter([(allowed, f"取消 {who} 与 {whom} 的禁止对接", f"lift the ban on {who} and {whom}")])
    elif allowed.must != instance.must and not instance.allow_unwished:
        yield iter([(allowed, f"约定 {who} 与 {whom} 必谈", f"promise {who} a meeting with {whom}")])
    else:
        for index in board.tables_of[host]:
            yield _wider(board, index, company)
            yield from (iter([each]) for each in _longer(board, index))
        yield from (iter([each]) for each in _for_the_two(board, instance, company, host))


def _wider(board: Board, index: int, company: int) -> Steps:
    """The table with more seats, up to as many more as the company needs."""
    table, needed = board.instance.tables[index], board.seats[company]
    for seats in range(max(table.capacity + 1, needed), table.capacity + needed + 1):
        wider = _edit(board.instance, "tables", index, capacity=seats)
        yield wider, f"{table.id} 增至 {seats} 座", f"raise {table.id} to {seats} seats"


def _longer(board: Board, index: int) -> Iterator[Change]:
    instance, table = board.instance, board.instance.tables[index]
    for each in _missing_rounds(board, table.rounds):
        longer = _edit(instance, "tables", index, rounds=_in_order(instance, (*table.rounds, each)))
        yield longer, f"{table.id} 在 {each} 开放", f"open {table.id} in {each}"


def _for_the_two(board: Board, instance: Instance, company: int, host: int) -> Iterator[Change]:
    who, whom = instance.companies[company], instance.hosts[host]
    if whom.max_meetings is not None:
        more = _edit(instance, "hosts", host, max_meetings=whom.max_meetings + 1)
        yield more, f"{whom.id} 的场数上限加一", f"allow {whom.id} one more meeting"
    if who.max_meetings is not None:
        more = _edit(instance, "companies", company, max_meetings=who.max_meetings + 1)
        yield more, f"{who.id} 的场数上限加一", f"allow {who.id} one more meeting"
    for each in _missing_rounds(board, who.rounds):
        longer = _edit(instance, "companies", company, rounds=_in_order(instance, (*who.rounds, each)))
        yield longer, f"{who.id} 在 {each} 到场", f"have {who.id} there in {each}"
    for one, other in instance.apart:
        if who.id in (one, other):
            together = replace(instance, apart=tuple(pair for pair in instance.apart if pair != (one, other)))
            yield together, f"允许 {one} 与 {other} 同桌", f"let {one} and {other} sit together"


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
