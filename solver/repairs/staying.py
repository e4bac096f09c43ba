"""Where not everything published can stay: who stays, so that as few as possible have to go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from solver.board import Board, Slot
from solver.clock import Run
from solver.instance import Pair
from solver.methods.lexicographic import Step, optimise
from solver.methods.relaxation import LINEAR
from solver.repairs.conflicts import groups
from solver.repairs.minima import without_minima
from solver.repairs.stages import fewest_moves, kept_promises
from solver.repairs.standing import Standing
from solver.solution import Assignment


def who_stays(
    standing: Standing, crowded: set[Assignment], goals: Sequence[str], run: Run, seed: int, workers: int
) -> list[Assignment]:
    """The published assignments that stay, minima left aside.

    Promises stay before the rest, then as many as can, then those that the goals would keep. Only the `crowded` are
    asked for: whoever shares nothing scarce stays anyway. So this takes a moment on the largest of days; it starts
    from who stays when they are let in one after another, and where time is up already that is the answer.
    """
    stays = [each for each in standing.possible if each not in crowded]
    if not crowded:
        return stays
    first = one_after_another(standing, crowded)
    free = replace(standing, instance=without_minima(standing.instance))
    board = Among(free, stays, [each for each in standing.possible if each in crowded])
    order: list[Step] = [
        kept_promises(board.asked),
        fewest_moves(board.asked),
        *(goal for goal in goals if goal in LINEAR),
    ]
    start = [*board.fixed, *board.locks, *board.triples(first)]
    found = optimise(board, order, run, seed=seed, workers=workers, hint=start)
    promised = {(pair.company, pair.host) for pair in standing.instance.must}
    host_of = {table.id: table.host for table in standing.instance.tables}

    def value(kept: set[Assignment]) -> tuple[int, int]:
        return sum((each.company, host_of[each.table]) in promised for each in kept), len(kept)

    best = max((crowded.intersection(board.assignments(found.plan or ())), set(first)), key=value)
    return [each for each in standing.possible if each not in crowded or each in best]


def one_after_another(standing: Standing, crowded: set[Assignment]) -> list[Assignment]:
    """Of those who cannot all stay, whoever still finds room when it is their turn: promises first, then by worth."""
    host_of = {table.id: table.host for table in standing.instance.tables}
    worth = {(wish.company, wish.host): wish.worth for wish in standing.instance.wishes}
    promised = set(standing.instance.must)
    room: list[int] = []
    shares: dict[Assignment, list[tuple[int, int]]] = {each: [] for each in standing.possible if each in crowded}
    for group in groups(standing):
        room.append(group.limit)
        for each, takes in zip(group.members, group.takes, strict=True):
            if each in shares:
                shares[each].append((len(room) - 1, takes))
            else:
                room[-1] -= takes

    def turn(each: Assignment) -> tuple[bool, int]:
        pair = Pair(each.company, host_of[each.table])
        return pair not in promised, -worth.get(pair, 0)

    stays = []
    for each in sorted(shares, key=turn):
        if all(takes <= room[index] for index, takes in shares[each]):
            stays.append(each)
            for index, takes in shares[each]:
                room[index] -= takes
    return stays


class Among(Board):
    """A board on which, besides what is fixed, only locks and the assignments asked for may be made."""

    def __init__(self, standing: Standing, stays: Sequence[Assignment], asked: Sequence[Assignment]) -> None:
        past = {each.id for each in standing.instance.rounds[: standing.start]}
        locks = (Assignment(*lock) for lock in standing.instance.locks if lock.round not in past)
        self.allowed = {*asked, *locks}
        super().__init__(standing.instance, (*standing.history, *stays), standing.start)
        self.asked = self.triples(asked)

    def _room(self, company: int, host: int) -> Iterator[Slot]:
        companies, tables, rounds = self.names
        for table, r in super()._room(company, host):
            if Assignment(companies[company], tables[table], rounds[r]) in self.allowed:
                yield table, r
