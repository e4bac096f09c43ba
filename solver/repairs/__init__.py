"""Mending a published plan on the day: what is still possible stays, promises are kept, those who wait are served."""

from solver.repairs.mend import repair
from solver.repairs.offers import pareto

__all__ = ["pareto", "repair"]
