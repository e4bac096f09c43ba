"""Mending a published plan on the day: what is still possible stays, promises are kept, those who wait are served."""

from solver.repair.mend import repair
from solver.repair.offers import pareto

__all__ = ["pareto", "repair"]
