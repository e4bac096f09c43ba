"""CP-SAT, goal after goal: optimise one, hold it fast, hint the whole plan to the next.

Deterministic with one worker: a fixed seed and a limit in deterministic time. The wall clock and the cancel button
only ever cut a search short, and the plan in hand survives that.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

from ortools.sat.python import cp_model

from solver.board import Board, Triple
from solver.clock import Run
from solver.methods.ceilings import Ceilings
from solver.model import patterns, rules
from solver.model.goals import STAGES, Stage
from solver.model.seats import Seats

WATCH_EVERY = 0.05
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


class Search:
    """A growing model, its solver settings, and the best values found so far."""

    def __init__(self, model: cp_model.CpModel, run: Run, seed: int, workers: int, presolve: bool) -> None:
        self.model, self.run, self.seed, self.workers, self.presolve = model, run, seed, workers, presolve
        self.values: list[int] | None = None

    def start_from(self, seats: Seats, plan: Sequence[Triple]) -> None:
        """Complete a legal plan to values of every variable; another stays as a hint for the first solve."""
        chosen = set(plan)
        self.model.clear_hints()
        for triple, x in seats.at.items():
            if (triple[0], seats.board.table_host[triple[1]]) not in seats.board.fixed_at:
                self.model.add_hint(x, int(triple in chosen))
        self.solve(self.run.left(), fixed=True)

    def value_of(self, gain: Any) -> int:
        """An expression's value in the best plan so far."""
        return int(_evaluate(gain, self.values or []))

    def improve(self, stage: Stage, seconds: float) -> int:
        """Maximise a stage from the plan in hand; returns the proven upper bound."""
        self._hint_all()
        self.model.maximize(stage.gain)
        status = self.solve(seconds, told=stage.goal if stage.goal in STAGES and stage.goal != "fair" else None)
        bound = stage.high
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            bound = int(self.last.best_objective_bound)
        self.model.clear_objective()
        return bound

    def climb(self, stage: Stage, bound: int, seconds: float) -> int:
        """Halve the distance to the bound by asking whether a value can be had; returns the proven upper bound."""
        assert stage.rung is not None  # noqa: S101 - callers look
        end = self.run.left() - seconds
        standing_on = None
        while (value := self.value_of(stage.gain)) < bound and self.run.left() > end and not self.run.over():
            asked = (value + bound + 1) // 2
            rung = self.model.proto.variables[stage.rung(asked).index]
            self._hint_all()
            rung.domain[0] = 1
            status = self.solve(self.run.left() - end)
            if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                standing_on, rung = rung, standing_on
            elif status != cp_model.INFEASIBLE:
                asked = bound + 1
            if rung is not None:  # a rung no longer stood on may be false; saying so lets presolve drop it
                rung.domain[0] = rung.domain[1] = 0
            if status == cp_model.INFEASIBLE:
                bound = asked - 1
            elif asked > bound:
                break
        return bound

    def _hint_all(self) -> None:
        self.model.clear_hints()
        for index, value in enumerate(self.values or []):
            self.model.add_hint(self.model.get_int_var_from_proto_index(index), value)

    def solve(self, seconds: float, fixed: bool = False, told: str | None = None) -> Any:
        """Run CP-SAT once; keeps the values when it finds any, and returns its status. `told`: goal to report on."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = self.workers
        solver.parameters.random_seed = self.seed
        solver.parameters.linearization_level = 2
        # Many small solves in a row: presolve that looks for symmetries and cliques costs more than it saves here.
        solver.parameters.symmetry_level = 0
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.merge_at_most_one_work_limit = 0
        solver.parameters.max_presolve_iterations = 1
        solver.parameters.cp_model_presolve = self.presolve
        solver.parameters.max_time_in_seconds = max(0.01, seconds)
        solver.parameters.fix_variables_to_their_hinted_value = fixed
        with _Watch(solver, self.run):
            status = solver.solve(self.model, _Tell(self.run, told) if told else None)
        self.last = solver
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self.values = list(solver.response_proto.solution)
        return status


class _Tell(cp_model.CpSolverSolutionCallback):
    """Reports value and bound of a goal whenever a better plan is found."""

    def __init__(self, run: Run, goal: str) -> None:
        super().__init__()
        self.run, self.goal = run, goal

    def on_solution_callback(self) -> None:
        self.run.tell(self.goal, abs(round(self.objective_value)), abs(round(self.best_objective_bound)))


class _Watch:
    """Asks the solver to stop when the caller cancels. Repeats itself: a stop before search has begun is ignored."""

    def __init__(self, solver: cp_model.CpSolver, run: Run) -> None:
        self.solver, self.run, self.done = solver, run, threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)

    def _watch(self) -> None:
        while not self.done.wait(WATCH_EVERY):
            if self.run.cancelled():
                self.solver.stop_search()

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.done.set()
        self.thread.join()


def _evaluate(expression: Any, values: Sequence[int]) -> int:
    """A linear expression's value under an assignment of values."""
    flat = cp_model.FlatIntExpr(expression) if hasattr(cp_model, "FlatIntExpr") else _flat(expression)
    return int(flat.offset) + sum(int(c) * values[v.index] for v, c in zip(flat.vars, flat.coeffs, strict=True))


def _flat(expression: Any) -> Any:
    from ortools.sat.python import cp_model_helper

    return cp_model_helper.FlatIntExpr(expression)
