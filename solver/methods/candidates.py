"""The choice of method. Each may offer a plan; the best legal one is kept, so nothing ever gets worse.

1. Bounds from flows, always.
2. A plan from the best flow: coloured where rounds drop out, otherwise laid into rounds one by one (see `laying`).
3. If that plan reaches every bound, it is proven. Otherwise CP-SAT: on the collapsed day where rounds drop out, on the
   whole model while that is small enough, each starting from the best plan so far.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cached_property

from solver.board import Board
from solver.clock import OutOfTimeError, Run
from solver.instance import Instance
from solver.methods.best import Best
from solver.methods.collapse import collapse, only_wishes
from solver.methods.fillers import fillers
from solver.methods.first_come import first_come
from solver.methods.floors import highest_floor
from solver.methods.gather import gather
from solver.methods.laying import AROUND_WHAT_STANDS, OTHERS, laid, lay
from solver.methods.lexicographic import optimise
from solver.methods.network import CostOverflowError
from solver.methods.plain import rounds_drop_out, seat
from solver.methods.polish import PATIENCE, polished
from solver.methods.relaxation import LINEAR, Ideal, complete
from solver.methods.rounds import seated
from solver.model.seats import Seats, size

LAID = "flow, laid into rounds one by one"
SMALL_MODEL = 2_000
"""Variables up to which CP-SAT has searched a whole model sooner than one has walked about."""

LARGEST_MODEL = 150_000
"""Variables beyond which a whole CP-SAT model takes longer to build and presolve than it is worth."""

BUILT_PER_SECOND, ALWAYS = 15_000, 0.5
"""Variables, with their rules and presolve, on a slow machine; what takes less time than that is begun in any case."""


class Candidates(Best):
    """The search for one board: the methods, each of which may offer a plan."""

    def __init__(
        self, board: Board, goals: tuple[str, ...], run: Run, seed: int, workers: int, now: str | None = None
    ) -> None:
        super().__init__(board, goals, run, now)
        self.seed, self.workers = seed, workers
        self.plain = rounds_drop_out(board)
        self.infeasible = False

    def look(self) -> None:
        """Try the methods in turn until the best plan is proven, time is up or there is no plan."""
        with suppress(OutOfTimeError):
            self.infeasible = self.ceilings.impossible(self._first_come)
            if not self.infeasible:
                self._from_flow()
                self._gather()
        if self.infeasible or self.done():
            return
        self._lift_floor()
        if self.plain and len(self.board.instance.rounds) > 1:
            self._collapsed()
            if self.done() or self.infeasible:
                return
        self.price()
        if self._worth_a_model():
            self._whole()
            self.price()

    def _first_come(self) -> None:
        """While the best flow takes long: a plan to have in hand. Minima would take more than that."""
        if not (any(self.board.minimum) or any(self.board.least)):
            self.offer(first_come(self.board, self.run.pause), "first come, first served", self.run.insist)

    def _from_flow(self) -> None:
        self.run.pause()
        if self.plain:
            target = self.ceilings.target
            self.run.pause()
            if target is not None:
                self._colour(target, "flow and edge colouring")
            return
        small = self.variables <= SMALL_MODEL
        around = bool(self.board.fixed) and self._worth_a_model()
        others = 0 if small else AROUND_WHAT_STANDS if around else OTHERS
        for plan in laid(self.board, self.ceilings, self.seed, self.run, self.run.pause, others):
            self.offer(plan, LAID, self.run.insist)
            if self._flows_met():
                return
        if not (small or around):
            self._polish()

    def _flows_met(self) -> bool:
        """The best plan is as good as flows can tell."""
        return self.reached([goal for goal in self.goals if goal in LINEAR])

    def _lift_floor(self) -> None:
        """A bound for the floor, and the plan around the meetings that reach it."""
        if "floor" not in self.goals:
            return
        self.ceilings.floor, kept = highest_floor(self.board, self.run, self.seed, self.workers)
        with suppress(CostOverflowError, OutOfTimeError):
            whole = complete(self.board, kept, self.run.pause) if kept else None
            if whole is not None and self.plain:
                self._colour(whole, "flow and edge colouring")
            elif whole is not None:
                for plan in lay(self.board, whole.pairs, self.seed, self.run, self.run.pause):
                    self.offer(plan, LAID)

    def _polish(self) -> None:
        """Where some chosen meetings found no round, solve single rounds again."""
        start = self.best or self.hint
        if start is None:
            return
        in_vain = 0
        for plan in polished(self.board, start, self.goals, self.seed, self.run):
            before = self.worth
            self.offer(plan, LAID)
            in_vain = 0 if self.worth > before else in_vain + 1
            if in_vain == PATIENCE or self._flows_met():
                return

    def _gather(self) -> None:
        """Close gaps without changing whom anybody meets, and so nothing but the goal `gaps`."""
        bound = self.bounds().get("gaps") if self.best is not None else None
        if self.best is None or not isinstance(bound, int) or self.reached(["gaps"]):
            return
        if self._flows_met() or self.variables > SMALL_MODEL:
            self.run.pause()
            rounds = seated(self.board, self.best)
            gather(rounds, bound, self.seed, self.run.over)
            self.offer(rounds.triples(), self.method)

    def _colour(self, target: Ideal, method: str) -> None:
        loads = target.network.table_loads(target.flow)
        self.offer(seat(self.board, target.pairs, loads, self.run.pause), method, self.run.insist)

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
                self._colour(whole, "CP-SAT without rounds and edge colouring")
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

    @cached_property
    def variables(self) -> int:
        """How large the whole model is."""
        return size(self.board)

    def _worth_a_model(self) -> bool:
        """Small enough to help, and enough time left to build and presolve it."""
        small = self.variables <= LARGEST_MODEL or self.best is None
        return small and self.run.left() > self.variables / BUILT_PER_SECOND - ALWAYS
