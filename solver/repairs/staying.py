"""Where not everything published can stay: who stays, so that as few as possible have to go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from solver.board import Board, Slot
from solver.clock import Run
from solver.methods.lexicographic import Step, optimise
from solver.methods.relaxation import LINEAR
from solver.repairs.minima import without_minima
from solver.repairs.stages import fewest_moves, kept_promises
from solver.repairs.standing import Standing
from solver.solution import Assignment


def who_stays(
    standing: Standing, crowded: set[Assignment], goals: Sequence[str], run: Run, seed: int, workers: int
) -> list[Assignment] | None:
    """The published assignments that stay, minima left aside; None when locks alone already break a rule.

    Promises stay before the rest, then as many as can, then those that the goals would keep. Only the `crowded` are
    asked for: whoever shares nothing scarce stays anyway. So this takes a moment on the largest of days.
    """
    stays = [each for each in standing.possible if each not in crowded]
    if not crowded:
        return stays
    free = replace(standing, instance=without_minima(standing.instance))
    board = Among(free, stays, [each for each in standing.possible if each in crowded])
    order: list[Step] = [
        kept_promises(board.asked),
        fewest_moves(board.asked),
        *(goal for goal in goals if goal in LINEAR),
    ]
    found = optimise(board, order, run, seed=seed, workers=workers)
    if found.plan is None:
        return None
    kept = set(board.assignments(found.plan))
    return [each for each in standing.possible if each in kept]


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
