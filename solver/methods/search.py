"""One CP-SAT model being searched: the best values so far, the clock, the cancel button, progress.

Deterministic with one worker: the seed is fixed, and the wall clock only ever cuts a search short; the values in hand
survive that.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from ortools.sat.python import cp_model

from solver.board import Triple
from solver.clock import Run
from solver.model.goals import STAGES, Stage
from solver.model.seats import Seats

WATCH_EVERY = 0.05


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
