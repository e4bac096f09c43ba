"""From instance to checked solution: chooses the method, gathers bounds, lets the checker have the last word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from solver.board import Board, Triple
from solver.check import check
from solver.clock import Progress, Run
from solver.instance import Instance
from solver.measure import DEFAULT_OBJECTIVE, GOALS, histogram, measure, standing
from solver.methods.network import CostOverflowError
from solver.methods.plain import rounds_drop_out, seat
from solver.methods.relaxation import LINEAR, Ideal, all_wished, ideal
from solver.solution import Goal, Problem, Solution, Status, Value
from solver.unmet import unmet


def solve(
    instance: Instance,
    *,
    seconds: float = 60.0,
    objective: Sequence[str] = DEFAULT_OBJECTIVE,
    seed: int = 0,
    workers: int = 1,
    hint: Solution | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Solution:
    """The best plan for `objective` (goals in strict order), with a valid bound for each goal.

    `seconds` is wall time from this call. `hint` is a plan to start from; it need not fit. `progress` is called from
    this thread; `cancel` is polled and may be called from another. Raises `ValueError` for an unknown or repeated goal.
    """
    goals = tuple(objective)
    if unknown := [name for name in goals if name not in GOALS]:
        raise ValueError(f"unknown goal {unknown[0]!r}; known: {', '.join(GOALS)}")
    if len(set(goals)) < len(goals):
        raise ValueError("a goal is named twice")
    run = Run(seconds, progress, cancel)
    return _Solve(instance, goals, run, seed, workers).answer(hint)


class _Solve:
    """One call of `solve`: what is known so far about the plan and the bounds."""

    def __init__(self, instance: Instance, goals: tuple[str, ...], run: Run, seed: int, workers: int) -> None:
        self.instance, self.goals, self.run, self.seed, self.workers = instance, goals, run, seed, workers
        self.board = Board(instance)

    def answer(self, hint: Solution | None) -> Solution:
        board = self.board
        plan: list[Triple] | None = board.triples(hint.assignments) if hint else None
        linear = tuple(goal for goal in self.goals if goal in LINEAR)
        exact = all_wished(board)
        dream: Ideal | None = None
        with suppress(CostOverflowError):
            dream = ideal(board, linear if exact else tuple(g for g in linear if g != "must"), loose=not exact)
        bounds: dict[str, Value] = {}
        if dream is not None and exact:
            bounds = {name: dream.values[name] for name in linear}
        if dream is not None and exact and rounds_drop_out(board):
            plan = seat(board, dream.pairs, dream.network.table_loads(dream.flow))
            if set(self.goals) <= set(LINEAR):
                return self._finish(plan, bounds, "flow and edge colouring")
        return self._by_cp_sat(plan, bounds)

    def _by_cp_sat(self, plan: list[Triple] | None, bounds: dict[str, Value]) -> Solution:
        from solver.methods.lexicographic import optimise

        found = optimise(self.board, self.goals, self.run, seed=self.seed, workers=self.workers, hint=plan)
        if found.infeasible:
            problem = Problem("combination", "各项规则无法同时满足。", "The rules cannot all be kept together.")
            return Solution("infeasible", problems=(problem,), seconds=self.run.spent(), seed=self.seed)
        if found.plan is None:
            return Solution("unknown", seconds=self.run.spent(), seed=self.seed)
        size = len(self.board.there)
        for name in self.goals:
            bounds[name] = _bound(name, found.limit.get(name, []), size)
        return self._finish(found.plan, bounds, "CP-SAT")

    def _finish(self, plan: list[Triple], bounds: dict[str, Value], method: str) -> Solution:
        assignments = self.board.assignments(plan)
        values = measure(self.instance, assignments, self.goals)
        goals = tuple(Goal(name, values[name], bounds[name]) for name in self.goals)
        for goal in goals:
            self.run.tell(goal.name, goal.value, goal.bound)
        status: Status = "optimal" if all(goal.proven for goal in goals) else "feasible"
        solution = Solution(
            status,
            assignments,
            goals,
            unmet(self.board, plan),
            seconds=self.run.spent(),
            seed=self.seed,
            method=method,
        )
        report = check(self.instance, solution, objective=self.goals)
        if not report.ok:
            raise AssertionError(f"the plan broke a rule: {report.violations[0].detail}")
        assert standing(report.goals) == standing(values)  # noqa: S101
        return solution


def _bound(name: str, limits: Sequence[int], companies: int) -> Value:
    """The stages' upper limits as the goal's own bound."""
    if name == "gaps":
        return -limits[0] if limits else 0
    if name != "fair":
        return limits[0] if limits else 0
    return histogram_of_levels(limits, companies)


def histogram_of_levels(reached: Sequence[int], companies: int) -> tuple[int, ...]:
    """From how many companies have more than k meetings, for each k, to how many have exactly k."""
    counts: list[int] = []
    for level, number in enumerate(reached):
        counts += [level] * (companies - len(counts) - number)
    counts += [len(reached)] * (companies - len(counts))
    return histogram(counts)
