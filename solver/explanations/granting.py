"""The search for the cheapest plan in which one more pair meets, by the methods that `solve` uses.

A flow with a lower bound on the pair's arc says how good such a plan can be, and among the flows that are as good, one
that keeps as many of the plan's meetings as can be chooses whom to meet. These stay on their seats; the new ones take
free seats or ask others to make way. So little changes, and how little can be is known, too: no plan as good keeps
more meetings than that flow.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import numpy as np

from solver.board import Board, Triple
from solver.clock import OutOfTimeError, Run
from solver.explanations.beside import beside
from solver.infeasible.confirm import SECOND_SEED
from solver.measure import standing
from solver.methods.by_flow import SMALL_MODEL, ByFlow
from solver.methods.flows import Pause
from solver.methods.lexicographic import Outcome, Step, optimise
from solver.methods.network import CostOverflowError
from solver.methods.relaxation import complete
from solver.model.goals import Stage
from solver.model.seats import Seats
from solver.solution import Value

FLOWS, DICE = 6, 2
"""Flows as good and as close to the plan, and how often each is laid beside it with other dice."""

LONG_FLOW = 40_000
"""Pairs from which on one such flow must do."""

TASTE = 8
"""Tastes for new meetings are drawn below this; keeping a meeting of the plan is worth more than many of them."""

KEEPING = 512
BESIDE = "flow, laid beside the plan"

SEARCHED = 20_000
"""Variables up to which the whole model is searched when nothing else has found a plan."""


class Granting(ByFlow):
    """Plans that grant a pair: the better by the goals, and of those as good the one with fewer changes."""

    def __init__(
        self, board: Board, pair: int, plan: Sequence[Triple], goals: tuple[str, ...], run: Run, seed: int
    ) -> None:
        super().__init__(board.granting(*board.pairs[pair]), goals, run, seed, 1, board.instance.now)
        self.granted, self.plan, self.kept = pair, list(plan), frozenset(plan)
        self.infeasible = self.searched = False
        self.fewest = 0
        """No plan that is as good as the best flow changes fewer seats."""

    def look(self) -> None:
        """Try the methods in turn until the best plan is proven or time is up."""
        with suppress(OutOfTimeError, CostOverflowError):
            self.infeasible = self.ceilings.impossible()
            if self.infeasible:
                return
            self._beside_the_plan()
            if self.best is None:  # no room was found beside the plan: then much may change
                self.try_flows()
        if not self.proven() and self.variables <= (SMALL_MODEL if self.best else SEARCHED):
            self._whole()

    def verdict(self) -> str:
        """How much is known of the best plan, as a word of `SEARCHES`."""
        if self.best is None:
            return "impossible" if self.infeasible else "none"
        return "proven" if self.proven() else "cheapest" if self.cheapest() else "found"

    def offer(self, plan: list[Triple], method: str, pause: Pause | None = None) -> None:
        """Keep a plan in which the pair meets if it is legal and better than the best."""
        if any((c, self.board.table_host[t]) in self.board.granted for c, t, _ in plan):
            super().offer(plan, method, pause)

    def weigh(self, plan: list[Triple], values: dict[str, Value]) -> tuple[tuple[int, ...], ...]:
        return (*standing(values), (-self._changes(plan),))

    def _changes(self, plan: Sequence[Triple]) -> int:
        return len(self.kept.difference(plan))

    def cheapest(self) -> bool:
        """No plan that grants the pair is better in the goals."""
        return self.best is not None and self.reached(self.goals)

    def proven(self) -> bool:
        """And none as good changes fewer seats."""
        if self.best is None or not self.cheapest():
            return False
        return self.searched or (self._as_the_flow() and self._changes(self.best) == self.fewest)

    def _as_the_flow(self) -> bool:
        """The best plan is worth what the flow is: else the changes counted by that say nothing."""
        dream, linear = self.ceilings.dream, self.ceilings.linear
        if dream is None or self.best is None or "interest" not in linear:  # flows weigh interest, asked or not
            return False
        return all(self.values[goal] == dream.values[goal] for goal in linear)

    def _beside_the_plan(self) -> None:
        """The closest flows that are as good as any, laid beside what stays."""
        kept = np.zeros(len(self.board.pairs), dtype=np.int64)
        pairs = [self.board.pair.get((c, self.board.table_host[t])) for c, t, _ in self.plan]
        kept[[pair for pair in pairs if pair is not None]] = 1
        dice = np.random.default_rng(self.seed)
        for attempt in range(1 if len(kept) > LONG_FLOW else FLOWS):
            self.run.pause()
            taste = kept if attempt == 0 else kept * KEEPING + dice.integers(0, TASTE, len(kept))
            chosen = self.ceilings.another(taste)
            if chosen is None and attempt == 0:  # flows cannot tell what is best: keep what can be kept
                chosen = complete(self.board, np.flatnonzero(kept).tolist(), self.run.pause)
            elif chosen is not None and attempt == 0:
                self.fewest = len(self.plan) - int(kept[chosen.pairs].sum())
            if chosen is None:
                return
            for other in range(DICE):
                plan = beside(self.board, self.plan, chosen.pairs, self.seed + other, self.run)
                self.offer(plan, BESIDE, self.run.pause)
                if self.proven():
                    return

    def _whole(self) -> None:
        """CP-SAT on all that may change; that nothing grants the pair, it must say twice."""
        steps: list[Step] = [*self.goals, self._fewest_changes]
        found = self._optimise(steps, self.seed, True)
        if found.plan is not None:
            self.offer(found.plan, "CP-SAT")
            self.known.outcome = found
            self.searched = "changes" in found.limit and found.reached["changes"] == found.limit["changes"]
        elif found.infeasible and self.best is None:
            self.infeasible = self._optimise([], self.seed + SECOND_SEED, False).infeasible

    def _optimise(self, steps: Sequence[Step], seed: int, presolve: bool) -> Outcome:
        hint, ceilings = self.best or self.hint, self.ceilings if steps else None
        return optimise(
            self.board,
            steps,
            self.run,
            seed=seed,
            presolve=presolve,
            hint=hint if steps else None,
            ceilings=ceilings,
            require=self._must_meet,
        )

    def _must_meet(self, seats: Seats) -> None:
        seats.model.add_bool_or(seats.of_pair[self.granted])

    def _fewest_changes(self, seats: Seats) -> list[Stage]:
        kept = [seats.at[triple] for triple in self.plan if triple in seats.at]
        most = len(self.plan) - self.fewest if self._as_the_flow() else len(kept)
        return [Stage("changes", seats.total(kept), 0, most)]
