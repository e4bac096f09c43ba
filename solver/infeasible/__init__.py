"""Why there is no plan: contradictions that can be counted, and the smallest changes that would make one possible."""

from solver.infeasible.confirm import why_impossible
from solver.infeasible.shortage import shortages

__all__ = ["shortages", "why_impossible"]
