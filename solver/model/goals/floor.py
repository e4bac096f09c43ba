"""Goal `floor`: the least worth that any company's meetings add up to, as high as possible."""

from __future__ import annotations

from ortools.sat.python import cp_model

from solver.model.goals.stage import Stage
from solver.model.seats import Seats


def stages(seats: Seats) -> list[Stage]:
    board = seats.board
    terms: list[list[tuple[cp_model.IntVar, int]]] = [[] for _ in board.there]
    reach = [0] * len(board.there)
    for pair, (company, _) in enumerate(board.pairs):
        if board.worth[pair]:
            terms[company] += [(x, board.worth[pair]) for x in seats.of_pair[pair]]
            reach[company] += board.worth[pair]
    high = min(reach, default=0)
    least = seats.model.new_int_var(0, high, "floor")
    for company in range(len(terms)):
        worth = cp_model.LinearExpr.weighted_sum([x for x, _ in terms[company]], [w for _, w in terms[company]])
        seats.model.add(worth >= least)
    return [Stage("floor", least, 0, high)]
