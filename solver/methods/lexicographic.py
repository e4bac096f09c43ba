"""CP-SAT, goal after goal: optimise one, hold it fast, hint the whole plan to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from ortools.sat.python import cp_model

from solver.board import Board, Triple
from solver.clock import OutOfTimeError, Run
from solver.collector import collector_rests
from solver.methods.bundles import Bundle
from solver.methods.ceilings import Ceilings
from solver.methods.search import Search
from solver.model import patterns, rules
from solver.model.goals import STAGES, Stage
from solver.model.seats import Seats
from solver.model.watched import WatchedModel

Step = str | Callable[[Seats], list[Stage]]


class Outcome:
    """What one lexicographic solve learnt. `reached` and `limit` are per stage of each goal, in order."""

    def __init__(self) -> None:
        self.plan: list[Triple] | None = None
        self.infeasible = False
        self.reached: dict[str, list[int]] = {}
        self.limit: dict[str, list[int]] = {}

    def settle(self, stage: Stage, value: int, limit: int, run: Run) -> None:
        """Write down what a stage reached and what it could reach at most."""
        if stage.goal in STAGES and stage.goal != "fair":
            run.tell(stage.goal, abs(value), abs(limit))
        self.reached.setdefault(stage.goal, []).append(value)
        self.limit.setdefault(stage.goal, []).append(limit)


def optimise(
    board: Board,
    steps: Sequence[Step],
    run: Run,
    *,
    seed: int = 0,
    workers: int = 1,
    hint: Sequence[Triple] | None = None,
    presolve: bool = True,
    ceilings: Ceilings | None = None,
    require: Callable[[Seats], None] | None = None,
) -> Outcome:
    """Solve `steps` in order: goals by name, or stages of one's own.

    `hint` is a plan to start from; it need not be complete or legal. `ceilings` spare proofs that a flow already gives.
    `require` adds constraints to the rules.
    """
    outcome = Outcome()
    model = WatchedModel(partial(_stop_when_over, run))
    try:
        seats, stages = _build(board, model, steps, run, require)
        search = Search(seats.model, run, seed, workers, presolve)
        if hint is not None:
            search.start_from(seats, hint, stages)
    except OutOfTimeError:
        return outcome
    model.unwatch()
    if search.values is None and search.solve(run.left()) == cp_model.INFEASIBLE:
        outcome.infeasible = True
        return outcome
    while stages and search.values is not None:
        stages = stages[_optimise_next(search, stages, ceilings, outcome) :]
    if search.values is not None:
        outcome.plan = seats.chosen(search.values)
    return outcome


def _stop_when_over(run: Run) -> None:
    if run.over():
        raise OutOfTimeError


@collector_rests()
def _build(
    board: Board, model: WatchedModel, steps: Sequence[Step], run: Run, require: Callable[[Seats], None] | None
) -> tuple[Seats, list[Stage]]:
    """Variables, rules and the stages of the goals; raises `OutOfTimeError` when there is no time left for them."""
    seats = Seats(board, model)
    for add in (*rules.ALL, *([require] if require else [])):
        _stop_when_over(run)
        add(seats)
    if "gaps" in steps and patterns.fit(seats):
        seats.patterns = patterns.add(seats)
    stages: list[Stage] = []
    for step in steps:
        _stop_when_over(run)
        stages += (STAGES[step] if isinstance(step, str) else step)(seats)
    return seats, stages


def _optimise_next(search: Search, stages: Sequence[Stage], ceilings: Ceilings | None, outcome: Outcome) -> int:
    """Make the next stage, or as many as fit into one solve, as good as time allows; returns how many are settled."""
    stage = stages[0]
    value, high = search.value_of(stage.gain), _high(stage, ceilings, outcome.reached)
    if value >= high or search.run.over():
        if stage.rung is not None and value > 0 and len(stages) > 1:
            search.stand_on(stage, value)
        _hold(search, stage, value, high, outcome)
        return 1
    search.model.add(stage.gain <= high)
    seconds = search.run.left() * (1.0 if len(stages) == 1 else 0.6)
    if stage.rung is not None:
        bound = min(high, search.climb(stage, high, seconds))
        _hold(search, stage, search.value_of(stage.gain), bound, outcome)
        return 1
    bundle = Bundle(stage, value, high)
    for later in stages[1:]:
        if not bundle.take(later, _high(later, ceilings, {})):
            break
    bound = search.improve(bundle, seconds)
    return _settle(search, bundle, bound, outcome)


def _settle(search: Search, bundle: Bundle, bound: int, outcome: Outcome) -> int:
    """Hold the stages of a bundle up to the first that could still be better; the rest get solves of their own."""
    values = [search.value_of(stage.gain) for stage in bundle.stages]
    settled = 0
    for stage, value, limit in zip(bundle.stages, values, bundle.limits(values, bound), strict=True):
        _hold(search, stage, value, limit, outcome)
        settled += 1
        if limit > value:
            break
    return settled


def _hold(search: Search, stage: Stage, value: int, limit: int, outcome: Outcome) -> None:
    """Later stages may not fall behind what this one has reached."""
    search.model.add(stage.gain >= value)
    outcome.settle(stage, value, max(limit, value), search.run)


def _high(stage: Stage, ceilings: Ceilings | None, reached: dict[str, list[int]]) -> int:
    """The most a stage can reach, as far as is known without searching."""
    ceiling = ceilings.of(stage.goal, reached, stage.level) if ceilings else None
    return stage.high if ceiling is None else min(stage.high, ceiling)
