"""Rule 1: a company sits at most once per round, or as often as it sends delegations."""

from __future__ import annotations

from solver.model.seats import Seats


def add(seats: Seats) -> None:
    """For each company and round: at most as many places as it has delegations."""
    for (company, r), choices in seats.in_round.items():
        teams = seats.board.teams[company]
        if len(choices) <= teams or r < seats.board.start:
            continue
        if teams == 1:
            seats.model.add_at_most_one(choices)
        else:
            seats.model.add(seats.total(choices) <= teams)
