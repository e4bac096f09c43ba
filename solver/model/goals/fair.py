"""Goal `fair`: leximin of the number of wished meetings. First fewest companies with none, then with one, and so on.

`reached[company][k]` is true only if the company has more than k wished meetings. Level k makes as many of them true
as possible; with the levels below it held fast, that is fewest companies at exactly k. No weights, so nothing can
overflow or tie.
"""

from __future__ import annotations

from itertools import pairwise

from ortools.sat.python import cp_model

from solver.model.goals.stage import Stage
from solver.model.seats import Seats


def stages(seats: Seats) -> list[Stage]:
    """A stage for each number k of wished meetings: how many companies have more than k."""
    board, model = seats.board, seats.model
    levels: list[list[cp_model.IntVar]] = []
    hosts: dict[int, int] = {}
    for pair, (company, _) in enumerate(board.pairs):
        hosts[company] = hosts.get(company, 0) + board.wished[pair]
    for company in range(len(board.there)):
        most = min(board.most[company], hosts.get(company, 0))
        if most <= 0:
            continue
        reached = [model.new_bool_var("") for _ in range(most)]
        model.add(seats.total(seats.of_wishes[company]) == seats.total(reached))
        for lower, higher in pairwise(reached):
            model.add_implication(higher, lower)
        _tie_to_patterns(seats, company, reached)
        while len(levels) < most:
            levels.append([])
        for level, variable in enumerate(reached):
            levels[level].append(variable)
    return [Stage("fair", seats.total(level), 0, len(level), k) for k, level in enumerate(levels)]


def _tie_to_patterns(seats: Seats, company: int, reached: list[cp_model.IntVar]) -> None:
    """More than k wished meetings need more than k busy rounds: it follows, but the relaxation does not see it."""
    found = seats.patterns.get(company)
    if not found or seats.board.teams[company] > 1:
        return
    for level, variable in enumerate(reached):
        seats.model.add(variable <= seats.total(z for mask, z in found if mask.bit_count() > level))
