"""The choice of method. Each may offer a plan; the best legal one is kept, so nothing ever gets worse.

1. Bounds from flows, always.
2. A plan from the best flow: coloured where rounds drop out, otherwise laid into rounds one by one (see `laying`).
3. If that plan reaches every bound, it is proven. Otherwise CP-SAT: on the collapsed day where rounds drop out, on the
   whole model while that is small enough, each starting from the best plan so far.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from solver.board import Board
from solver.clock import OutOfTimeError
from solver.instance import Instance
from solver.methods.by_flow import COLOURED, LAID, ByFlow
from solver.methods.collapse import collapse, only_wishes
from solver.methods.fillers import fillers
from solver.methods.floors import highest_floor
from solver.methods.lexicographic import optimise
from solver.methods.network import CostOverflowError
from solver.methods.relaxation import complete
from solver.model.seats import Seats


class Candidates(ByFlow):
    """The search for one board: the methods, each of which may offer a plan."""

    infeasible = False

    def look(self) -> None:
        """Try the methods in turn until the best plan is proven, time is up or there is no plan."""
        with suppress(OutOfTimeError):
            self.infeasible = self.ceilings.impossible(self.serve_as_they_come)
            if not self.infeasible:
                self.try_flows()
                self.close_gaps()
        if self.infeasible or self.done():
            return
        self._lift_floor()
        if self.plain and len(self.board.instance.rounds) > 1:
            self._collapsed()
            if self.done() or self.infeasible:
                return
        self.price()
        if self.worth_a_model():
            self._whole()
            self.price()

    def _lift_floor(self) -> None:
        """A bound for the floor, and the plan around the meetings that reach it."""
        if "floor" not in self.goals:
            return
        self.ceilings.floor, kept = highest_floor(self.board, self.run, self.seed, self.workers)
        with suppress(CostOverflowError, OutOfTimeError):
            whole = complete(self.board, kept, self.run.pause) if kept else None
            for plan in self.plans_of(whole) if whole else ():
                self.offer(plan, COLOURED if self.plain else LAID, self.run.insist)

    def _collapsed(self) -> None:
        """All rounds in one; `gaps` asks when, so it is left to the whole model."""
        goals = tuple(goal for goal in self.goals if goal != "gaps")
        if self.goals[: len(goals)] != goals or self.reached(goals):
            return
        instance = collapse(self.board.instance)
        if instance.allow_unwished:
            self._on_one_day(only_wishes(instance), goals, fillers(Board(instance)))
            if self.run.over() or self.reached(goals):
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
            if (whole := complete(self.board, kept, self.run.pause)) is not None:
                self.colour(whole, "CP-SAT without rounds and edge colouring")
        self.ceilings.learn(found.reached, found.limit)

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
