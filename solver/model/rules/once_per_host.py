"""Rule 2: a company meets a host at most once."""

from __future__ import annotations

from solver.model.seats import Seats


def add(seats: Seats) -> None:
    """For each pair: at most one of its places and times."""
    for choices in seats.of_pair:
        if len(choices) > 1:
            seats.model.add_at_most_one(choices)
