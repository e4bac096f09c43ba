"""Goal `floor`: the least worth that any company's meetings add up to, as high as possible.

Told naively, worth ≥ floor for each company, the relaxation is blind: half a meeting here and half there. So the goal
is climbed rung by rung. "Everybody has at least T" is one boolean; where a company's ways to reach T are few, each
smallest set of meetings that does gets a variable, and one of them must be chosen: the relaxation then sees what whole
meetings can do, and usually refuses the first impossible rung at once.
"""

from __future__ import annotations

from itertools import combinations
from math import comb

from ortools.sat.python import cp_model

from solver.model.goals.stage import Stage
from solver.model.seats import Seats

MOST_SETS = 60_000


def stages(seats: Seats) -> list[Stage]:
    wishes: list[list[int]] = [[] for _ in seats.board.there]
    for pair, (company, _) in enumerate(seats.board.pairs):
        if seats.board.worth[pair]:
            wishes[company].append(pair)
    high = min((_reach(seats, company, pairs) for company, pairs in enumerate(wishes)), default=0)
    least = seats.model.new_int_var(0, high, "floor")
    for pairs in wishes:
        terms = [(x, seats.board.worth[pair]) for pair in pairs for x in seats.of_pair[pair]]
        seats.model.add(cp_model.LinearExpr.weighted_sum([x for x, _ in terms], [w for _, w in terms]) >= least)
    sets = sum(_number_of_sets(len(pairs), seats.board.most[company]) for company, pairs in enumerate(wishes))
    rung = (lambda threshold: _rung(seats, wishes, least, threshold)) if sets <= MOST_SETS else None
    return [Stage("floor", least, 0, high, rung=rung)]


def _reach(seats: Seats, company: int, pairs: list[int]) -> int:
    worths = sorted((seats.board.worth[pair] for pair in pairs), reverse=True)
    return sum(worths[: max(0, seats.board.most[company])])


def _number_of_sets(wishes: int, most: int) -> int:
    return sum(comb(wishes, size) for size in range(min(wishes, most) + 1)) if wishes <= 30 else MOST_SETS + 1


def _rung(seats: Seats, wishes: list[list[int]], least: cp_model.IntVar, threshold: int) -> cp_model.IntVar:
    """A boolean that is true only if every company has at least `threshold`."""
    model = seats.model
    reached = model.new_bool_var("")
    model.add(least >= threshold).only_enforce_if(reached)
    for company, pairs in enumerate(wishes):
        ways = []
        containing: dict[int, list[cp_model.IntVar]] = {pair: [] for pair in pairs}
        for chosen in _smallest_sets(seats, pairs, seats.board.most[company], threshold):
            way = model.new_bool_var("")
            ways.append(way)
            for pair in chosen:
                containing[pair].append(way)
        model.add_exactly_one([~reached, *ways])
        for pair in pairs:
            model.add(seats.total(seats.of_pair[pair]) >= seats.total(containing[pair]))
    return reached


def _smallest_sets(seats: Seats, pairs: list[int], most: int, threshold: int) -> list[tuple[int, ...]]:
    """Sets of wished meetings worth `threshold` from which none can be left out."""
    worth = seats.board.worth
    return [
        chosen
        for size in range(1, min(len(pairs), most) + 1)
        for chosen in combinations(pairs, size)
        for total in [sum(worth[pair] for pair in chosen)]
        if total >= threshold and total - min(worth[pair] for pair in chosen) < threshold
    ]
