"""Goal `gaps`: the fewest idle rounds between a company's first and last meeting.

`before[r]` may be true only if the company met in some round up to r, `after[r]` must be true if it still meets in
some round from r on; a round is idle when it lies between and holds no meeting. Only that one direction is needed,
because idle rounds are minimised.
"""

from __future__ import annotations

from ortools.sat.python import cp_model

from solver.model.goals.stage import Stage
from solver.model.seats import Seats


def stages(seats: Seats) -> list[Stage]:
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
