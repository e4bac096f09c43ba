"""From instance to checked solution: chooses the method, gathers bounds, lets the checker have the last word."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from solver.board import Board, Triple
from solver.check import check
from solver.clock import Progress, Run
from solver.instance import Instance
from solver.measure import DEFAULT_OBJECTIVE, GOALS, measure, standing
from solver.methods.ceilings import Ceilings, as_value, fair_bound
from solver.methods.plain import rounds_drop_out, seat
from solver.methods.relaxation import LINEAR
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
        ceilings = Ceilings(board, self.goals)
        dream = ceilings.dream
        if dream is not None and rounds_drop_out(board):
            plan = seat(board, dream.pairs, dream.network.table_loads(dream.flow))
            if set(self.goals) <= set(LINEAR):
                return self._finish(plan, dict(dream.values), "flow and edge colouring")
        return self._by_cp_sat(plan, ceilings)

    def _by_cp_sat(self, plan: list[Triple] | None, ceilings: Ceilings) -> Solution:
        from solver.methods.lexicographic import optimise

        found = optimise(
            self.board, self.goals, self.run, seed=self.seed, workers=self.workers, hint=plan, ceilings=ceilings
        )
        if found.infeasible:
            problem = Problem("combination", "各项规则无法同时满足。", "The rules cannot all be kept together.")
            return Solution("infeasible", problems=(problem,), seconds=self.run.spent(), seed=self.seed)
        if found.plan is None:
            return Solution("unknown", seconds=self.run.spent(), seed=self.seed)
        size = len(self.board.there)
        bounds = {
            name: bound_of(name, found.reached.get(name, []), found.limit.get(name, []), size) for name in self.goals
        }
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


def bound_of(name: str, reached: Sequence[int], limits: Sequence[int], companies: int) -> Value:
    """The stages' upper limits as the goal's own bound."""
    return fair_bound(reached, limits, companies) if name == "fair" else as_value(name, limits, companies)
