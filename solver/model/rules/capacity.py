"""Rule 4: seats taken at a table in a round stay within its capacity and reach its minimum."""

from __future__ import annotations

from ortools.sat.python import cp_model

from solver.board import bits
from solver.model.seats import Seats


def add(seats: Seats) -> None:
    """For each table and round: the seats taken are at most its capacity and at least its minimum."""
    board = seats.board
    for table, capacity in enumerate(board.capacity):
        for r in bits(board.open[table]):
            guests = seats.at_table.get((table, r), [])
            most = sum(board.seats[company] for company, _ in guests)
            least = board.minimum[table]
            if most <= capacity and least == 0:
                continue
            taken = cp_model.LinearExpr.weighted_sum([x for _, x in guests], [board.seats[c] for c, _ in guests])
            seats.model.add_linear_constraint(taken, least, capacity)
