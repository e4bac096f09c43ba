"""The best legal plan so far, and what is known of the bounds."""

from __future__ import annotations

from collections.abc import Sequence

from solver.board import Board, Triple
from solver.check import check
from solver.clock import Run
from solver.measure import standing
from solver.methods.bounds import Bounds
from solver.methods.ceilings import Ceilings, as_levels
from solver.methods.flows import Pause
from solver.solution import Assignment, Solution, Unmet, Value
from solver.unmet import unmet


class Best:
    """Plans are offered; one that is legal and better takes the place of the best, so nothing ever gets worse."""

    def __init__(self, board: Board, goals: tuple[str, ...], run: Run, now: str | None = None) -> None:
        self.board, self.goals, self.run, self.now = board, goals, run, now
        self.ceilings = Ceilings(board, goals, run.pause)
        self.known = Bounds(board, goals, self.ceilings)
        self.best: list[Triple] | None = None
        self.worth: tuple[tuple[int, ...], ...] = ()
        self.assignments: tuple[Assignment, ...] = ()
        self.values: dict[str, Value] = {}
        self.method = ""
        self.hint: list[Triple] | None = None
        self._described: tuple[list[Triple] | None, tuple[Unmet, ...]] = (None, ())

    def offer(self, plan: list[Triple], method: str, pause: Pause | None = None) -> None:
        """Keep a plan if it is legal and better than the best; one that is not legal may still serve as a hint.

        `pause` is called while the checker works and may end that by raising.
        """
        assignments = self.board.assignments(plan)
        trial = Solution("feasible", assignments, now=self.now)
        report = check(self.board.instance, trial, objective=self.goals, pause=pause)
        if not report.ok:
            self.hint = self.hint or plan
            return
        values = report.goals
        worth = self.weigh(plan, values)
        if self.best is None or worth > self.worth:
            self.best, self.worth, self.method = plan, worth, method
            self.assignments, self.values, self.run.in_hand = assignments, values, True
            self._tell()

    def weigh(self, plan: list[Triple], values: dict[str, Value]) -> tuple[tuple[int, ...], ...]:
        """A key that is larger for a better plan."""
        return standing(values)

    def unmet(self) -> tuple[Unmet, ...]:
        """What the best plan leaves unmet. Of a huge day that takes a second: who waits anyway may ask ahead."""
        if self._described[0] is not self.best:
            self._described = self.best, unmet(self.board, self.best or [])
        return self._described[1]

    def _tell(self) -> None:
        bounds = self.bounds()
        for name in self.goals:
            self.run.tell(name, self.values[name], bounds[name])

    def price(self) -> None:
        """Where the best plan is not quite as fair as the flow, `interest` gets a bound of its own."""
        if self.best is None or "interest" not in self.goals or "fair" not in self.goals or self.done():
            return
        if self.goals.index("fair") < self.goals.index("interest"):
            self.ceilings.price({name: as_levels(name, value) for name, value in self.values.items()}, self.run)

    def done(self) -> bool:
        """Nothing can be better, or there is no time for it."""
        return self.run.over() or (self.best is not None and self.reached(self.goals))

    def reached(self, goals: Sequence[str]) -> bool:
        """The best plan meets the bound of each of `goals`."""
        if self.best is None:
            return False
        bounds = self.bounds()
        return all(self.values[name] == bounds[name] for name in goals)

    def bounds(self) -> dict[str, Value]:
        """A valid bound for each goal, given what the best plan reaches in the goals before it."""
        return self.known.given(self.values)
