"""Plans whose meetings a flow has chosen: coloured where rounds drop out, else laid into rounds, polished, gathered."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from solver.board import Board, Triple
from solver.clock import Run
from solver.methods.best import Best
from solver.methods.calm import calmest
from solver.methods.ceilings import as_levels
from solver.methods.first_come import first_come
from solver.methods.gather import gather
from solver.methods.laying import AROUND_WHAT_STANDS, OTHERS, laid, lay
from solver.methods.plain import rounds_drop_out, seat
from solver.methods.polish import PATIENCE, polished
from solver.methods.relaxation import LINEAR, Ideal
from solver.methods.rounds import seated
from solver.model.seats import size

LAID, COLOURED = "flow, laid into rounds one by one", "flow and edge colouring"

SMALL_MODEL = 2_000
"""Variables up to which CP-SAT has searched a whole model sooner than one has walked about."""

BUILT_PER_SECOND, ALWAYS = 15_000, 0.5
"""Variables, with their rules and presolve, on a slow machine; what takes less time than that is begun in any case."""

LARGEST_MODEL = 150_000
"""Variables beyond which a whole CP-SAT model takes longer to build and presolve than it is worth."""

GATHERINGS = 3
"""How often gaps are closed anew, with other dice, while more are left than must be."""


class ByFlow(Best):
    """The search among plans that flows suggest."""

    def __init__(
        self, board: Board, goals: tuple[str, ...], run: Run, seed: int, workers: int, now: str | None = None
    ) -> None:
        super().__init__(board, goals, run, now)
        self.seed, self.workers = seed, workers
        self.plain = rounds_drop_out(board)

    @cached_property
    def variables(self) -> int:
        """How large the whole model would be."""
        return size(self.board)

    def worth_a_model(self) -> bool:
        """Small enough to help, and enough time left to build and presolve it."""
        small = self.variables <= LARGEST_MODEL or self.best is None
        return small and self.run.left() > self.variables / BUILT_PER_SECOND - ALWAYS

    def flows_met(self) -> bool:
        """The best plan is as good as flows can tell."""
        return self.reached([goal for goal in self.goals if goal in LINEAR])

    def serve_as_they_come(self) -> None:
        """While the best flow takes long: a plan in hand, ready to be told. Minima would take more than that."""
        if not (any(self.board.minimum) or any(self.board.least)):
            self.offer(first_come(self.board, self.run.pause), "first come, first served", self.run.insist)
            self.unmet()

    def try_flows(self) -> None:
        """Plans from the best flow and its equals until bounds are met; raises `OutOfTimeError` when time is up."""
        self.run.pause()
        if self.plain:
            target = self.ceilings.target
            self.run.pause()
            if target is not None:
                self.colour(target, COLOURED)
            return
        small = self.variables <= SMALL_MODEL
        around = bool(self.board.fixed) and self.worth_a_model()
        others = 0 if small else AROUND_WHAT_STANDS if around else OTHERS
        for plan in laid(self.board, self.ceilings, self.seed, self.run, self.run.pause, others):
            self.offer(plan, LAID, self.run.insist)
            if self.flows_met():
                return
        if not (small or around):
            self._polish()

    def colour(self, chosen: Ideal, method: str) -> None:
        """Offer the chosen meetings, laid into rounds that drop out."""
        self.offer(self._coloured(chosen), method, self.run.insist)

    def _coloured(self, chosen: Ideal) -> list[Triple]:
        return seat(self.board, chosen.pairs, chosen.network.table_loads(chosen.flow), self.run.pause)

    def plans_of(self, chosen: Ideal) -> Iterator[list[Triple]]:
        """The chosen meetings in rounds; the last plan is the fullest."""
        if self.plain:
            yield self._coloured(chosen)
        else:
            yield from lay(self.board, chosen.pairs, self.seed, self.run, self.run.pause)

    def _polish(self) -> None:
        """Where some chosen meetings found no round, solve single rounds again."""
        start = self.best or self.hint
        if start is None:
            return
        in_vain = 0
        for plan in polished(self.board, start, self.goals, self.seed, self.run):
            before = self.worth
            self.offer(plan, LAID, self.run.insist)
            in_vain = 0 if self.worth > before else in_vain + 1
            if in_vain == PATIENCE or self.flows_met():
                return

    def close_gaps(self) -> None:
        """Fewer idle rounds: with another choice of the same worth, then by changing only when people meet."""
        if self.best is None or "gaps" not in self.goals or self.reached(["gaps"]):
            return
        if self.variables <= SMALL_MODEL and not self.flows_met():
            return
        chosen = self._calmest()
        if chosen is not None:
            *_, plan = self.plans_of(chosen)
            self._gather(plan, self.seed)
        for seed in range(self.seed, self.seed + (1 if self.board.fixed else GATHERINGS)):
            if self.reached(["gaps"]):
                return
            self._gather(self.best, seed)

    def _calmest(self) -> Ideal | None:
        """The best choice for the goals before `gaps` that leaves least idle, and its bound, where flows can tell."""
        earlier = self.goals[: self.goals.index("gaps")]
        linear = "fair" in earlier and all(goal in LINEAR for goal in earlier)
        if not linear or not self.known.days.exact or not self.reached(earlier):
            return None
        prices = self.known.days.prices(as_levels("fair", self.values["fair"]))
        found = calmest(self.board, self.known.days, earlier, prices, self.run.pause) if prices else None
        if found is None:
            return None
        chosen, idle = found
        self.known.learn_idle({goal: chosen.values[goal] for goal in earlier}, idle)
        return chosen

    def _gather(self, plan: list[Triple], seed: int) -> None:
        self.run.pause()
        bound = self.bounds()["gaps"]
        rounds = seated(self.board, plan)
        gather(rounds, bound if isinstance(bound, int) else 0, seed, self.run.over)
        self.offer(rounds.triples(), COLOURED if self.plain else LAID, self.run.insist)
