"""Rule 5: companies kept apart never share a table in the same round."""

from __future__ import annotations

from solver.model.seats import Seats


def add(seats: Seats) -> None:
    foes: dict[int, list[int]] = {}
    for first, second in seats.board.apart:
        foes.setdefault(first, []).append(second)
    if not foes:
        return
    for guests in seats.at_table.values():
        here = dict(guests)
        for company, x in guests:
            for other in foes.get(company, ()):
                if other in here:
                    seats.model.add_at_most_one([x, here[other]])
