"""From instance to checked solution: chooses the method, gathers bounds, lets the checker have the last word."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from solver.board import Board, Triple
from solver.check import check
from solver.clock import Progress, Run
from solver.infeasible import why_impossible
from solver.instance import Instance
from solver.measure import DEFAULT_OBJECTIVE, GOALS, measure, standing
from solver.methods.ceilings import Ceilings, as_value, fair_bound
from solver.methods.lexicographic import Outcome, optimise
from solver.methods.plain import rounds_drop_out, seat
from solver.methods.relaxation import LINEAR
from solver.solution import Goal, Solution, Status, Value
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
    goals = refuse_unknown(objective)
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
        ceilings = Ceilings(board, self.goals)
        dream = ceilings.dream
        if dream is not None and rounds_drop_out(board):
            plan = seat(board, dream.pairs, dream.network.table_loads(dream.flow))
            if set(self.goals) <= set(LINEAR):
                return self._finish(plan, dict(dream.values), "flow and edge colouring")
        return self._by_cp_sat(plan, ceilings)

    def _by_cp_sat(self, plan: list[Triple] | None, ceilings: Ceilings) -> Solution:
        found = optimise(
            self.board, self.goals, self.run, seed=self.seed, workers=self.workers, hint=plan, ceilings=ceilings
        )
        if found.infeasible:
            problems = why_impossible(self.board, self.run)
            status: Status = "infeasible" if problems else "unknown"
            return Solution(status, problems=problems, seconds=self.run.spent(), seed=self.seed)
        if found.plan is None:
            return Solution("unknown", seconds=self.run.spent(), seed=self.seed)
        return self._finish(found.plan, bounds_of(self.goals, found, len(self.board.there)), "CP-SAT")

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


def refuse_unknown(objective: Sequence[str]) -> tuple[str, ...]:
    """The goals as given; raises `ValueError` for an unknown or repeated one."""
    goals = tuple(objective)
    if unknown := [name for name in goals if name not in GOALS]:
        raise ValueError(f"unknown goal {unknown[0]!r}; known: {', '.join(GOALS)}")
    if len(set(goals)) < len(goals):
        raise ValueError("a goal is named twice")
    return goals


def bounds_of(goals: Sequence[str], found: Outcome, companies: int) -> dict[str, Value]:
    """The stages' upper limits as the goals' own bounds."""
    bounds: dict[str, Value] = {}
    for name in goals:
        reached, limits = found.reached.get(name, []), found.limit.get(name, [])
        bounds[name] = fair_bound(reached, limits, companies) if name == "fair" else as_value(name, limits, companies)
    return bounds


def goals_of(goals: Sequence[str], values: dict[str, Value], found: Outcome, companies: int) -> tuple[Goal, ...]:
    """Measured values beside the bounds that a search has proven."""
    bounds = bounds_of(goals, found, companies)
    return tuple(Goal(name, values[name], bounds[name]) for name in goals)
