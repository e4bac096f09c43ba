"""Goal `floor`: the least worth that any company's meetings add up to, as high as possible.

Told naively, worth ≥ floor for each company, the relaxation is blind: half a meeting here and half there. So the goal
is climbed rung by rung. "Everybody has at least T" is one boolean; where a company's ways to reach T are few, each
smallest set of meetings that does gets a variable, and one of them must be chosen: the relaxation then sees what whole
meetings can do, and usually refuses the first impossible rung at once.
"""

from __future__ import annotations

from ortools.sat.python import cp_model

from solver.model import sets
from solver.model.goals.stage import Stage
from solver.model.seats import Seats


def stages(seats: Seats) -> list[Stage]:
    """One stage: a worth that every company reaches, with what the relaxation needs to see it."""
    board = seats.board
    wishes = sets.wishes_of(board)
    high = sets.highest_reach(board, wishes)
    least = seats.model.new_int_var(0, high, "floor")
    for pairs in wishes:
        terms = [(x, board.worth[pair]) for pair in pairs for x in seats.of_pair[pair]]
        seats.model.add(cp_model.LinearExpr.weighted_sum([x for x, _ in terms], [w for _, w in terms]) >= least)
    few = sets.few(board, wishes)
    rung = (lambda threshold: _rung(seats, wishes, least, threshold)) if few else None
    return [Stage("floor", least, 0, high, rung=rung)]


def _rung(seats: Seats, wishes: sets.Wishes, least: cp_model.IntVar, threshold: int) -> cp_model.IntVar:
    """A boolean that is true only if every company has at least `threshold`."""
    model = seats.model
    reached = model.new_bool_var("")
    model.add(least >= threshold).only_enforce_if(reached)
    for company, pairs in enumerate(wishes):
        ways = []
        containing: dict[int, list[cp_model.IntVar]] = {pair: [] for pair in pairs}
        for chosen in sets.smallest_sets(seats.board, company, pairs, threshold):
            way = model.new_bool_var("")
            ways.append(way)
            for pair in chosen:
                containing[pair].append(way)
        model.add_exactly_one([~reached, *ways])
        for pair in pairs:
            model.add(seats.total(seats.of_pair[pair]) >= seats.total(containing[pair]))
    return reached
