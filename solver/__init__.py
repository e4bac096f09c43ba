"""The optimiser behind the plan: `parse` an instance, `solve` it, `check` anybody's answer.

Pure: knows neither the web nor the database. See docs/solver.md for the methods and why they are right. What needs the
optimisation library is loaded when first used, so that reading and checking a plan never does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from solver.certificate import certify, false_claims
from solver.check import Report, Violation, check
from solver.clock import Progress
from solver.instance import Company, Host, Instance, Lock, Pair, Round, Table, Wish
from solver.measure import DEFAULT_OBJECTIVE, measure
from solver.reading import BadInput, BadInstance, BadSolution, parse, parse_solution
from solver.solution import Assignment, Goal, Move, Problem, Solution, Unmet

if TYPE_CHECKING:
    from solver.explanations import Explanation, explain
    from solver.optimise import solve
    from solver.repairs import pareto, repair

OPTIMISERS = {
    "Explanation": "solver.explanations",
    "explain": "solver.explanations",
    "pareto": "solver.repairs",
    "repair": "solver.repairs",
    "solve": "solver.optimise",
}

__all__ = [
    "DEFAULT_OBJECTIVE",
    "Assignment",
    "BadInput",
    "BadInstance",
    "BadSolution",
    "Company",
    "Explanation",
    "Goal",
    "Host",
    "Instance",
    "Lock",
    "Move",
    "Pair",
    "Problem",
    "Progress",
    "Report",
    "Round",
    "Solution",
    "Table",
    "Unmet",
    "Violation",
    "Wish",
    "certify",
    "check",
    "explain",
    "false_claims",
    "measure",
    "pareto",
    "parse",
    "parse_solution",
    "repair",
    "solve",
]


def __getattr__(name: str) -> Any:
    """Load what needs the optimisation library when it is first asked for."""
    if name not in OPTIMISERS:
        raise AttributeError(f"module 'solver' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(OPTIMISERS[name]), name)
    globals()[name] = value
    return value
