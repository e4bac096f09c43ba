"""The choice of method. Each may offer a plan; the best legal one is kept, so nothing ever gets worse.

1. Bounds from flows, always.
2. A plan from the best flow: coloured where rounds drop out, otherwise laid into rounds one by one.
3. If that plan reaches every bound, it is proven. Otherwise CP-SAT: on the collapsed day where rounds drop out, on the
   whole model while that is small enough, each starting from the best plan so far.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from solver.board import Board, Triple
from solver.check import check
from solver.clock import OutOfTimeError, Run
from solver.instance import Instance
from solver.measure import measure, standing
from solver.methods.bounds import Bounds
from solver.methods.ceilings import Ceilings, as_levels
from solver.methods.collapse import collapse, only_wishes
from solver.methods.fillers import fillers
from solver.methods.floors import highest_floor
from solver.methods.lexicographic import optimise
from solver.methods.network import CostOverflowError
from solver.methods.peel import peel
from solver.methods.plain import rounds_drop_out, seat
from solver.methods.polish import PATIENCE, polished
from solver.methods.relaxation import LINEAR, Ideal, complete
from solver.model.seats import Seats, size
from solver.solution import Assignment, Solution, Value

PEELED = "flow, laid into rounds one by one"
LARGEST_MODEL = 150_000
"""Variables beyond which a whole CP-SAT model takes longer to build and presolve than it is worth."""

BUILT_PER_SECOND, ALWAYS = 15_000, 0.5
"""Variables, with their rules and presolve, on a slow machine; what takes less time than that is begun in any case."""


class Candidates:
    """The search for one board: the best legal plan so far, how it was found, and what is known of the bounds."""

    def __init__(
        self, board: Board, goals: tuple[str, ...], run: Run, seed: int, workers: int, now: str | None = None
    ) -> None:
        self.board, self.goals, self.run, self.seed, self.workers = board, goals, run, seed, workers
        self.now = now
        self.ceilings = Ceilings(board, goals)
        self.known = Bounds(board, goals, self.ceilings)
        self.plain = rounds_drop_out(board)
        self.best: list[Triple] | None = None
        self.worth: tuple[tuple[int, ...], ...] = ()
        self.assignments: tuple[Assignment, ...] = ()
        self.values: dict[str, Value] = {}
        self.method = ""
        self.infeasible = self.ceilings.impossible
        self.hint: list[Triple] | None = None

    def offer(self, plan: list[Triple], method: str) -> None:
        """Keep a plan if it is legal and better than the best; one that is not legal may still serve as a hint."""
        assignments = self.board.assignments(plan)
        trial = Solution("feasible", assignments, now=self.now)
        if not check(self.board.instance, trial, objective=()).ok:
            self.hint = self.hint or plan
            return
        values = measure(self.board.instance, assignments, self.goals)
        worth = standing(values)
        if self.best is None or worth > self.worth:
            self.best, self.worth, self.method = plan, worth, method
            self.assignments, self.values = assignments, values
            self._tell()

    def _tell(self) -> None:
        bounds = self.bounds()
        for name in self.goals:
            self.run.tell(name, self.values[name], bounds[name])

    def look(self) -> None:
        """Try the methods in turn until the best plan is proven, time is up or there is no plan."""
        if self.infeasible:
            return
        with suppress(OutOfTimeError):
            self._from_flow()
        if self._done():
            return
        self._lift_floor()
        if self.plain and len(self.board.instance.rounds) > 1:
            self._collapsed()
            if self._done() or self.infeasible:
                return
        self.price()
        if self._worth_a_model(size(self.board)):
            self._whole()
            self.price()

    def _from_flow(self) -> None:
        self._pause()
        target = self.ceilings.target
        if target is None:
            return
        self._pause()
        self._lay_out(target)
        if not self.plain:
            self._polish()

    def _lay_out(self, chosen: Ideal) -> None:
        """Give the chosen meetings their rounds."""
        if self.plain:
            self._colour(chosen, "flow and edge colouring")
        else:
            self.offer(peel(self.board, chosen.pairs, self._pause), PEELED)

    def _pause(self) -> None:
        """Between steps of making a plan: the first one may insist, a better one ends with the time."""
        if self.best is None:
            self.run.insist()
        elif self.run.over():
            raise OutOfTimeError

    def _lift_floor(self) -> None:
        """A bound for the floor, and the plan around the meetings that reach it."""
        if "floor" not in self.goals:
            return
        self.ceilings.floor, kept = highest_floor(self.board, self.run, self.seed, self.workers)
        with suppress(CostOverflowError, OutOfTimeError):
            if kept and (whole := complete(self.board, kept)) is not None:
                self._lay_out(whole)

    def _polish(self) -> None:
        """Where some chosen meetings found no round, solve single rounds again."""
        start = self.best or self.hint
        if start is None or self._reached([goal for goal in self.goals if goal in LINEAR]):
            return
        in_vain = 0
        for plan in polished(self.board, start, self.goals, self.seed, self.run):
            before = self.worth
            self.offer(plan, PEELED)
            in_vain = 0 if self.worth > before else in_vain + 1
            if in_vain == PATIENCE or self._reached([goal for goal in self.goals if goal in LINEAR]):
                return

    def _colour(self, target: Ideal, method: str) -> None:
        loads = target.network.table_loads(target.flow)
        self.offer(seat(self.board, target.pairs, loads, self._pause), method)

    def _collapsed(self) -> None:
        """All rounds in one; `gaps` asks when, so it is left to the whole model."""
        goals = tuple(goal for goal in self.goals if goal != "gaps")
        if self.goals[: len(goals)] != goals or self._reached(goals):
            return
        instance = collapse(self.board.instance)
        if instance.allow_unwished:
            self._on_one_day(only_wishes(instance), goals, fillers(Board(instance)))
            if self.run.over() or self._reached(goals):
                return
        self._on_one_day(instance, goals)

    def _on_one_day(
        self, instance: Instance, goals: tuple[str, ...], require: Callable[[Seats], None] | None = None
    ) -> None:
        """Choose who meets whom by CP-SAT, complete it to a flow, colour that."""
        day = Board(instance)
        found = optimise(
            day,
            goals,
            self.run,
            seed=self.seed,
            workers=self.workers,
            hint=[(c, t, 0) for c, t, _ in self.best] if self.best else None,
            ceilings=self.ceilings,
            require=require,
        )
        self.infeasible = found.infeasible
        if found.plan is None:
            return
        kept = [self.board.pair[c, self.board.table_host[t]] for c, t, _ in found.plan]
        with suppress(CostOverflowError, OutOfTimeError):
            if (whole := complete(self.board, kept)) is not None:
                self._colour(whole, "CP-SAT without rounds and edge colouring")
        self.ceilings.learn(found.reached, found.limit)

    def price(self) -> None:
        """Where the best plan is not quite as fair as the flow, `interest` gets a bound of its own."""
        if self.best is None or "interest" not in self.goals or "fair" not in self.goals or self._done():
            return
        if self.goals.index("fair") < self.goals.index("interest"):
            self.ceilings.price({name: as_levels(name, value) for name, value in self.values.items()}, self.run)

    def _whole(self) -> None:
        found = optimise(
            self.board,
            self.goals,
            self.run,
            seed=self.seed,
            workers=self.workers,
            hint=self.best or self.hint,
            ceilings=self.ceilings,
        )
        self.infeasible = found.infeasible
        if found.plan is not None:
            self.offer(found.plan, "CP-SAT")
            self.known.outcome = found

    def _worth_a_model(self, variables: int) -> bool:
        """Small enough to help, and enough time left to build and presolve it."""
        small = variables <= LARGEST_MODEL or self.best is None
        return small and self.run.left() > variables / BUILT_PER_SECOND - ALWAYS

    def _done(self) -> bool:
        return self.run.over() or (self.best is not None and self._reached(self.goals))

    def _reached(self, goals: Sequence[str]) -> bool:
        """The best plan meets the bound of each of `goals`."""
        if self.best is None:
            return False
        bounds = self.bounds()
        return all(self.values[name] == bounds[name] for name in goals)

    def bounds(self) -> dict[str, Value]:
        """A valid bound for each goal, given what the best plan reaches in the goals before it."""
        return self.known.given(self.values)
