"""Goal `gaps`: the fewest idle rounds between a company's first and last meeting.

With few rounds, a cost per set of busy rounds (see `patterns`). Otherwise round by round: `before[r]` must be true
once the company has met, `after[r]` while it still will; a round between them without a meeting is idle. One
direction is enough, because idle rounds are minimised.
"""

from __future__ import annotations

from ortools.sat.python import cp_model

from solver.model import patterns
from solver.model.goals.stage import Stage
from solver.model.seats import Seats


def stages(seats: Seats) -> list[Stage]:
    """One stage: the idle rounds, fewer of which is better."""
    if seats.patterns:
        terms = [(z, patterns.idle(mask)) for found in seats.patterns.values() for mask, z in found]
        terms = [(z, cost) for z, cost in terms if cost]
        total = cp_model.LinearExpr.weighted_sum([z for z, _ in terms], [-cost for _, cost in terms])
        return [Stage("gaps", total, -seats.board.rounds * len(seats.patterns), 0)]
    idle: list[cp_model.IntVar] = []
    for company in range(len(seats.board.there)):
        idle += _idle_rounds(seats, company)
    return [Stage("gaps", -seats.total(idle), -len(idle), 0)]


def _idle_rounds(seats: Seats, company: int) -> list[cp_model.IntVar]:
    model = seats.model
    meets = {r: seats.in_round[company, r] for r in range(seats.board.rounds) if seats.in_round.get((company, r))}
    if len(meets) < 2 or max(meets) - min(meets) < 2:
        return []
    span = range(min(meets), max(meets) + 1)
    before = {r: model.new_bool_var("") for r in span}
    after = {r: model.new_bool_var("") for r in span}
    for r in span:
        for x in meets.get(r, []):
            model.add_implication(x, before[r])
            model.add_implication(x, after[r])
        if r + 1 in before:
            model.add_implication(before[r], before[r + 1])
            model.add_implication(after[r + 1], after[r])
    idle = []
    for r in span[1:-1]:
        wait = model.new_bool_var("")
        model.add_bool_or([*meets.get(r, []), ~before[r], ~after[r], wait])
        idle.append(wait)
    return idle
