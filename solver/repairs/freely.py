"""The search in which everything that is still to come may move: first near the plan in hand, then anywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from solver.board import Board, Triple
from solver.clock import Run
from solver.measure import measure
from solver.methods.bounds import Bounds, loosest_bound
from solver.methods.by_flow import ALWAYS, BUILT_PER_SECOND, LARGEST_MODEL
from solver.methods.ceilings import Ceilings
from solver.methods.lexicographic import Outcome, Step, optimise
from solver.model.seats import Seats, size
from solver.optimise import bound_of
from solver.repairs.minima import minima_met, without_minima
from solver.repairs.stages import at_most_moves, fewest_moves, kept_promises, nobody_loses, promised_pairs
from solver.repairs.standing import Standing
from solver.solution import Problem, Value

NEAR = 8
"""Moves beyond twice those of the plan in hand up to which a repair is looked for first."""

SECOND_SEED = 7919


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to. `proven`: fewer moves would not do; `impossible`: no plan is within the limit."""

    plan: list[Triple] | None = None
    bounds: dict[str, Value] = field(default_factory=dict)
    proven: bool = False
    impossible: bool = False


class Freely:
    """CP-SAT over the whole of what is still to come. Where minima give way, `minima` is how far they can be met."""

    def __init__(
        self, standing: Standing, minima: int | None, goals: Sequence[str], run: Run, seed: int, workers: int
    ) -> None:
        self.goals, self.run, self.seed, self.workers = goals, run, seed, workers
        instance = without_minima(standing.instance) if minima is not None else standing.instance
        self.board = board = Board(instance, standing.history, standing.start)
        self.possible = possible = board.triples(standing.possible)
        self.ceilings = Ceilings(board, goals, run.pause)
        self.first: list[Step] = [kept_promises(possible), nobody_loses(possible), "must"]
        self.minima = minima
        self.met: list[Step] = [] if minima is None else [minima_met(standing.instance)]
        self.rest: list[Step] = [goal for goal in goals if goal != "must"]
        self.fewest: list[Step] = [fewest_moves(possible)]
        self.ceilings.impossible()  # solves the main flow while there is time: bounds of a search cut short rest on it

    def moves(self, plan: Sequence[Triple]) -> int:
        """How many of the published assignments that could stay do not."""
        return len(set(self.possible).difference(plan))

    def worth_a_model(self, in_hand: bool) -> bool:
        """Small enough to help a plan in hand, and enough time left to build and presolve it."""
        variables = size(self.board)
        small = variables <= LARGEST_MODEL or not in_hand
        return small and self.run.left() > variables / BUILT_PER_SECOND - ALWAYS

    def within(self, hint: Sequence[Triple] | None, max_moves: int) -> Found:
        """The best day with at most so many moves."""
        if not self.worth_a_model(hint is not None):
            return Found()
        found = self._optimise([*self.met, *self.first, *self.rest, *self.fewest], hint, max_moves)
        return self._told(found) if self._minima_met(found) else Found(impossible=self._minima_cannot_be_met(found))

    def fewest_moves(self, hint: Sequence[Triple] | None) -> Found:
        """The fewest moves that keep every promise, then the goals.

        Far away from the plan in hand, a search that is cut short would leave hardly anybody where they were. So it is
        limited to a few moves first; what that finds is final where it cannot be bettered by any number of moves. Of
        plans from further away one counts only if no fewer moves do.
        """
        near = None
        if hint is not None and self.worth_a_model(True):
            limit = 2 * self.moves(hint) + NEAR
            outcome = self._optimise([*self.met, *self.first, *self.fewest, *self.rest], hint, limit)
            if outcome.plan is not None and (limit >= len(self.possible) or self._as_far_as_can_be(outcome)):
                return self._told(outcome)
            near = outcome.plan or list(hint)
        if not self.run.over() and self.worth_a_model(near is not None):
            outcome = self._optimise([*self.met, *self.first, *self.fewest, *self.rest], near, None)
            far = self._told(outcome)
            if near is None or (far.plan is not None and (far.proven or self.moves(far.plan) <= limit)):
                return far
        if near is None:
            return Found()
        return Found(near, self.bounds_of(near))

    def bounds_of(self, plan: Sequence[Triple]) -> dict[str, Value]:
        """What flows tell, without looking at moves; of idle rounds they tell nothing in a moment."""
        values = measure(self.board.instance, self.board.assignments(plan), self.goals)
        told = [name for name in self.goals if name != "gaps"]
        loosest = {name: loosest_bound(self.board, name) for name in self.goals}
        return loosest | Bounds(self.board, told, self.ceilings).given(values)

    def too_few(self, max_moves: int, known: Sequence[Triple]) -> tuple[Problem, ...]:
        """That no plan has so few moves, when a second search without presolve says so too."""
        require = at_most_moves(self.possible, max_moves)
        second = optimise(self.board, self.met, self.run, seed=SECOND_SEED, presolve=False, require=require)
        if not (second.infeasible or self._minima_cannot_be_met(second)):
            return ()
        more = self.moves(known)
        return (
            Problem(
                "too_few_moves",
                f"没有任何方案的调整能控制在 {max_moves} 处以内；已知一个方案需要 {more} 处。",
                f"No plan gets by with {max_moves} moves; one with {more} is known.",
            ),
        )

    def _optimise(self, steps: Sequence[Step], hint: Sequence[Triple] | None, limit: int | None) -> Outcome:
        require: Callable[[Seats], None] | None = None if limit is None else at_most_moves(self.possible, limit)
        return optimise(
            self.board,
            steps,
            self.run,
            seed=self.seed,
            workers=self.workers,
            hint=hint,
            ceilings=self.ceilings,
            require=require,
        )

    def _minima_met(self, found: Outcome) -> bool:
        return self.minima is None or found.infeasible or found.reached.get("minima") == [self.minima]

    def _minima_cannot_be_met(self, found: Outcome) -> bool:
        """With as few moves as were allowed, minima stay further below what they ask than they need to."""
        return self.minima is not None and found.limit.get("minima", [self.minima])[0] < self.minima

    def _as_far_as_can_be(self, found: Outcome) -> bool:
        """Everything that comes before the fewest moves is reached in full, however many were allowed."""
        most = self.ceilings.of("must", {})
        promised = sum(self.board.promised)
        return (
            self._minima_met(found)
            and found.reached.get("kept") == [len(promised_pairs(self.board, self.possible))]
            and found.reached.get("shortfall") == [0]
            and found.reached.get("must") == [promised if most is None else min(most, promised)]
            and "moves" in found.reached
        )

    def _told(self, found: Outcome) -> Found:
        bounds = {name: bound_of(name, found, len(self.board.there)) for name in self.goals}
        settled = ("minima", "kept", "shortfall", "moves")
        proven = "moves" in found.reached and all(found.reached.get(each) == found.limit.get(each) for each in settled)
        return Found(found.plan, bounds if found.plan is not None else {}, proven, found.infeasible)
