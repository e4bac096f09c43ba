"""One step of a lexicographic solve: an expression to be made as large as possible."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from solver.model.seats import Sum


@dataclass(frozen=True, slots=True)
class Stage:
    """Maximise `gain`, which lies in `low`..`high`. `level` numbers the steps of a goal that takes several.

    With `rung`, a boolean that is true only if the gain reaches a value can be had for each value; then asking "can
    this be true?" for one value after another is faster than optimising.
    """

    goal: str
    gain: Sum
    low: int
    high: int
    level: int = 0
    rung: Callable[[int], cp_model.IntVar] | None = None
