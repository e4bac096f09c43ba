"""CP-SAT, goal after goal: optimise one, hold it fast, hint the whole plan to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ortools.sat.python import cp_model

from solver.board import Board, Triple
from solver.clock import Run
from solver.methods.ceilings import Ceilings
from solver.methods.search import Search
from solver.model import patterns, rules
from solver.model.goals import STAGES, Stage
from solver.model.seats import Seats

Step = str | Callable[[Seats], list[Stage]]


class Outcome:
    """What one lexicographic solve learnt. `reached` and `limit` are per stage of each goal, in order."""

    def __init__(self) -> None:
        self.plan: list[Triple] | None = None
        self.infeasible = False
        self.reached: dict[str, list[int]] = {}
        self.limit: dict[str, list[int]] = {}


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
    model = cp_model.CpModel()
    seats = Seats(board, model)
    for add in rules.ALL:
        add(seats)
    if require:
        require(seats)
    if "gaps" in steps and patterns.fit(seats):
        seats.patterns = patterns.add(seats)
    stages = [stage for step in steps for stage in (STAGES[step] if isinstance(step, str) else step)(seats)]
    outcome = Outcome()
    search = Search(model, run, seed, workers, presolve)
    if hint is not None:
        search.start_from(seats, hint)
    if search.values is None and search.solve(run.left()) == cp_model.INFEASIBLE:
        outcome.infeasible = True
        return outcome
    for index, stage in enumerate(stages):
        if search.values is None:
            break
        ceiling = ceilings.of(stage.goal, outcome.reached, stage.level) if ceilings else None
        _optimise_stage(search, stage, ceiling, len(stages) - index, outcome)
    if search.values is not None:
        outcome.plan = seats.chosen(search.values)
    return outcome


def _optimise_stage(search: Search, stage: Stage, ceiling: int | None, stages_left: int, outcome: Outcome) -> None:
    """Make one stage as good as time allows and hold what was reached."""
    value, bound = search.value_of(stage.gain), stage.high if ceiling is None else min(stage.high, ceiling)
    if value < bound and not search.run.over():
        search.model.add(stage.gain <= bound)
        seconds = search.run.left() * (1.0 if stages_left == 1 else 0.6)
        bound = min(bound, search.climb(stage, bound, seconds) if stage.rung else search.improve(stage, seconds))
        value = search.value_of(stage.gain)
    search.model.add(stage.gain >= value)
    if stage.goal in STAGES and stage.goal != "fair":
        search.run.tell(stage.goal, abs(value), abs(max(bound, value)))
    outcome.reached.setdefault(stage.goal, []).append(value)
    outcome.limit.setdefault(stage.goal, []).append(max(bound, value))
