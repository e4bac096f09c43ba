"""One CP-SAT model being searched: the best values so far, the clock, the cancel button, progress.

Deterministic with one worker: the seed is fixed, and the wall clock only ever cuts a search short; the values in hand
survive that.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any

from ortools.sat.python import cp_model

from solver.board import Triple
from solver.clock import Run
from solver.methods.bundles import Bundle
from solver.model.goals import STAGES, Stage
from solver.model.seats import Seats

WATCH_EVERY = 0.05
ROUNDING = 1e-6
"""Bounds come as doubles; gains are integers far below what these hold exactly."""


class Search:
    """A growing model, its solver settings, and the best values found so far."""

    def __init__(self, model: cp_model.CpModel, run: Run, seed: int, workers: int, presolve: bool = True) -> None:
        self.model, self.run, self.seed, self.workers, self.presolve = model, run, seed, workers, presolve
        self.values: list[int] | None = None

    def start_from(self, seats: Seats, plan: Sequence[Triple], stages: Sequence[Stage]) -> None:
        """Complete a legal plan to values of every variable; another stays as a hint for the first solve.

        Gains that are told by inequalities, like the floor, are thereby lifted to what the plan is worth.
        """
        chosen = set(plan)
        self.model.clear_hints()
        for triple, x in seats.at.items():
            if (triple[0], seats.board.table_host[triple[1]]) not in seats.board.fixed_at:
                self.model.add_hint(x, int(triple in chosen))
        self.model.maximize(sum(stage.gain for stage in stages))
        self.solve(self.run.left(), fixed=True)
        self.model.clear_objective()

    def value_of(self, gain: Any) -> int:
        """An expression's value in the best plan so far."""
        return int(_evaluate(gain, self.values or []))

    def improve(self, bundle: Bundle, seconds: float) -> int:
        """Maximise a bundle of stages from the plan in hand; returns the proven upper bound of the stacked gain."""
        self._hint_all()
        if len(self.values or []) < len(self.model.proto.variables):
            self.solve(seconds, fixed=True)
            self._hint_all()
        self.model.maximize(bundle.gain)
        status = self.solve(seconds, told=bundle)
        bound = bundle.high
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            bound = min(bound, math.floor(self.last.best_objective_bound + ROUNDING))
        self.model.clear_objective()
        return bound

    def stand_on(self, stage: Stage, value: int) -> None:
        """Say of a stage with rungs that `value` is reached: the relaxation understands a rung better than a number."""
        assert stage.rung is not None  # noqa: S101 - callers look
        self.model.proto.variables[stage.rung(value).index].domain[0] = 1

    def climb(self, stage: Stage, bound: int, seconds: float) -> int:
        """Ask whether a value can be had: the bound first, which is often met, then half way. Returns the bound."""
        assert stage.rung is not None  # noqa: S101 - callers look
        end = self.run.left() - seconds
        standing_on, asked = None, bound
        while self.value_of(stage.gain) < bound and self.run.left() > end and not self.run.over():
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
            asked = (self.value_of(stage.gain) + bound + 1) // 2
        return bound

    def _hint_all(self) -> None:
        """Written straight into the model's message: a call per variable costs as much as some whole solves."""
        self.model.clear_hints()
        values = self.values or []
        self.model.proto.solution_hint.vars.extend(range(len(values)))
        self.model.proto.solution_hint.values.extend(values)

    def solve(self, seconds: float, fixed: bool = False, told: Bundle | None = None) -> Any:
        """Run CP-SAT once; keeps the values when it finds any, and returns its status. `told`: what to report on."""
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
        with _Watch(solver, self.run) if self.run.can_be_cancelled else nullcontext():
            status = solver.solve(self.model, _Tell(self.run, told) if told else None)
        self.last = solver
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self.values = list(solver.response_proto.solution)
        return status


class _Tell(cp_model.CpSolverSolutionCallback):
    """Reports value and bound of a bundle's first goal whenever a better plan is found."""

    def __init__(self, run: Run, bundle: Bundle) -> None:
        super().__init__()
        self.run, self.bundle = run, bundle

    def on_solution_callback(self) -> None:
        goal = self.bundle.stages[0].goal
        if goal in STAGES and goal != "fair":
            value = self.bundle.split(round(self.objective_value))[0]
            bound = self.bundle.split(min(self.bundle.high, round(self.best_objective_bound)))[0]
            self.run.tell(goal, abs(value), abs(bound))


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
