"""One step of a lexicographic solve: an expression to be made as large as possible."""

from __future__ import annotations

from dataclasses import dataclass

from solver.model.seats import Sum


@dataclass(frozen=True, slots=True)
class Stage:
    """Maximise `gain`, which lies in `low`..`high`. `level` numbers the steps of a goal that takes several."""

    goal: str
    gain: Sum
    low: int
    high: int
    level: int = 0
