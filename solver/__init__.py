"""The optimiser behind the plan: `parse` an instance, `solve` it, `check` anybody's answer.

Pure: knows neither the web nor the database. See docs/solver.md for the methods and why they are right.
"""

from solver.certificate import certify, false_claims
from solver.check import Report, Violation, check
from solver.clock import Progress
from solver.explain import Explanation, explain
from solver.instance import Company, Host, Instance, Lock, Pair, Round, Table, Wish
from solver.measure import DEFAULT_OBJECTIVE, measure
from solver.reading import BadInput, BadInstance, BadSolution, parse, parse_solution
from solver.repair import pareto, repair
from solver.solution import Assignment, Goal, Move, Problem, Solution, Unmet
from solver.solve import solve

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
