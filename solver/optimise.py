"""From instance to checked solution: chooses the method, gathers bounds, lets the checker have the last word."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from solver.board import Board
from solver.clock import OutOfTimeError, Progress, Run
from solver.infeasible import shortages, why_impossible
from solver.instance import Instance
from solver.measure import DEFAULT_OBJECTIVE, GOALS, standing
from solver.methods.candidates import Candidates
from solver.methods.ceilings import as_value, fair_bound
from solver.methods.lexicographic import Outcome
from solver.solution import Goal, Solution, Status, Value


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
    try:
        board = Board(instance, pause=run.insist)
    except OutOfTimeError:
        return Solution("unknown", seconds=run.spent(), seed=seed)
    search = Candidates(board, goals, run, seed, workers)
    if hint is not None:
        search.offer(board.triples(hint.assignments), "hint")
    search.look()
    if search.best is None:
        return _without_plan(board, search, run, seed)
    return _finish(board, goals, search, run, seed)


def _finish(board: Board, goals: Sequence[str], search: Candidates, run: Run, seed: int) -> Solution:
    """The best plan, which the checker has passed, with its bounds and with what it could not do."""
    bounds = search.bounds()
    stated = tuple(Goal(name, search.values[name], bounds[name]) for name in goals)
    if any(standing({goal.name: goal.bound}) < standing({goal.name: goal.value}) for goal in stated):
        raise AssertionError(f"a plan passed its bound: {stated}")
    for goal in stated:
        run.tell(goal.name, goal.value, goal.bound)
    status: Status = "optimal" if all(goal.proven for goal in stated) else "feasible"
    missing = search.unmet()
    problems = shortages(board) if missing and missing[0].kind == "must" else ()  # promises are told first
    return Solution(
        status,
        search.assignments,
        stated,
        missing,
        problems=problems,
        seconds=run.spent(),
        seed=seed,
        method=search.method,
    )


def _without_plan(board: Board, search: Candidates, run: Run, seed: int) -> Solution:
    """Infeasible only with a second confirmation, unknown otherwise."""
    problems = why_impossible(board, run) if search.infeasible else ()
    status: Status = "infeasible" if problems else "unknown"
    return Solution(status, problems=problems, seconds=run.spent(), seed=seed, method=search.method)


def refuse_unknown(objective: Sequence[str]) -> tuple[str, ...]:
    """The goals as given; raises `ValueError` for an unknown or repeated one."""
    goals = tuple(objective)
    if unknown := [name for name in goals if name not in GOALS]:
        raise ValueError(f"unknown goal {unknown[0]!r}; known: {', '.join(GOALS)}")
    if len(set(goals)) < len(goals):
        raise ValueError("a goal is named twice")
    return goals


def bound_of(name: str, found: Outcome, companies: int) -> Value:
    """The stages' upper limits as the goal's own bound."""
    reached, limits = found.reached.get(name, []), found.limit.get(name, [])
    return fair_bound(reached, limits, companies) if name == "fair" else as_value(name, limits, companies)
