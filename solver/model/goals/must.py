"""Goal `must`: as many promised meetings as possible."""

from __future__ import annotations

from solver.model.goals.stage import Stage
from solver.model.seats import Seats


def stages(seats: Seats) -> list[Stage]:
    """One stage: the number of promised meetings."""
    promised = [pair for pair, is_promised in enumerate(seats.board.promised) if is_promised]
    gain = seats.total(x for pair in promised for x in seats.of_pair[pair])
    return [Stage("must", gain, 0, len(promised))]
