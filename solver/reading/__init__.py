"""Raw JSON in, checked data out; every complaint names its place by a JSON path."""

from solver.reading.errors import BadInput, BadInstance, BadSolution
from solver.reading.instance import parse
from solver.reading.solution import parse_solution

__all__ = ["BadInput", "BadInstance", "BadSolution", "parse", "parse_solution"]
