"""Rule 5: companies kept apart never share a table in the same round."""

from __future__ import annotations

from solver.model.seats import Seats


def add(seats: Seats) -> None:
    """For each table and round: of two that are kept apart at most one."""
    for guests in seats.at_table.values():
        here = dict(guests)
        for one, other in seats.board.apart:
            if one in here and other in here:
                seats.model.add_at_most_one([here[one], here[other]])
