"""Which rounds is a company busy in? One boolean per possible set of rounds, exactly one of them true.

A day has few rounds, so the sets are few, and with them idle rounds are a linear cost: the relaxation then sees at
once what the bare variables hide, for example that two meetings in three full rounds must leave somebody a gap.
"""

from __future__ import annotations

from ortools.sat.python import cp_model

from solver.board import bits
from solver.model.seats import Seats

MOST_PATTERNS = 40_000
"""Beyond this many in all, the goal is modelled round by round instead."""

Patterns = dict[int, list[tuple[int, cp_model.IntVar]]]
"""Company → its sets of busy rounds (bit masks) with their variables."""


def fit(seats: Seats) -> bool:
    """There are few enough sets of rounds to name each."""
    return sum(1 << _busy_rounds(seats, company).bit_count() for company in seats.of_company) <= MOST_PATTERNS


def add(seats: Seats) -> Patterns:
    """Create the pattern variables and tie them to the assignments."""
    return {company: _add_company(seats, company) for company in seats.of_company}


def idle(pattern: int) -> int:
    """Idle rounds between the first and the last of a set of rounds."""
    if not pattern:
        return 0
    lowest = (pattern & -pattern).bit_length() - 1
    return pattern.bit_length() - lowest - pattern.bit_count()


def _busy_rounds(seats: Seats, company: int) -> int:
    return sum(1 << r for r in range(seats.board.rounds) if seats.in_round.get((company, r)))


def _add_company(seats: Seats, company: int) -> list[tuple[int, cp_model.IntVar]]:
    board, model = seats.board, seats.model
    rounds, teams = _busy_rounds(seats, company), board.teams[company]
    history = rounds & ~board.still_to_come
    found = [
        (mask, model.new_bool_var(""))
        for mask in _subsets(rounds)
        if mask & history == history and mask.bit_count() <= board.most[company]
    ]
    model.add_exactly_one([z for _, z in found])
    for r in bits(rounds & board.still_to_come):
        meetings = seats.total(seats.in_round[company, r])
        busy = seats.total(z for mask, z in found if mask >> r & 1)
        model.add(meetings == busy if teams == 1 else meetings >= busy)
        if teams > 1:
            model.add(meetings <= teams * busy)
    return found


def _subsets(mask: int) -> list[int]:
    subsets, subset = [0], mask
    while subset:
        subsets.append(subset)
        subset = (subset - 1) & mask
    return sorted(subsets)
