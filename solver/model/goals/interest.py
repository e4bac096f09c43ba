"""Goal `interest`: the most declared interest, the company's and the host's together."""

from __future__ import annotations

from ortools.sat.python import cp_model

from solver.model.goals.stage import Stage
from solver.model.seats import Seats


def stages(seats: Seats) -> list[Stage]:
    """One stage: the total worth."""
    worth = seats.board.worth
    terms = [(x, worth[pair]) for pair, group in enumerate(seats.of_pair) if worth[pair] for x in group]
    gain = cp_model.LinearExpr.weighted_sum([x for x, _ in terms], [w for _, w in terms])
    return [Stage("interest", gain, 0, sum(worth))]
