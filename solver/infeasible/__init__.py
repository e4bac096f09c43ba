"""Why there is no plan: contradictions that can be counted, and the smallest changes that would make one possible."""

from solver.infeasible.confirm import why_impossible

__all__ = ["why_impossible"]
