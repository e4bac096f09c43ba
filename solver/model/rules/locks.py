"""Rule 5: locked assignments stay. One without a variable (nobody there, closed, banned) makes the day impossible."""

from __future__ import annotations

from solver.model.seats import Seats


def add(seats: Seats) -> None:
    """Each lock takes place; one that has no variable makes the model infeasible."""
    for triple in seats.board.locks:
        x = seats.at.get(triple)
        seats.model.add_bool_or([x] if x is not None else [])
