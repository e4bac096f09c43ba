"""Minima on a repaired day: they give way as far as those who are still there cannot meet them, and no further."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from ortools.sat.python import cp_model

from solver.board import Board, bits
from solver.clock import Run
from solver.instance import Instance
from solver.methods.lexicographic import optimise
from solver.model.goals import Stage
from solver.model.seats import Seats, size
from solver.repairs.stages import fewest_moves, kept_promises
from solver.repairs.standing import Standing
from solver.solution import Assignment, Problem

LARGEST_MODEL = 60_000
"""Variables beyond which nobody waits for how far minima must give way together."""


class Lowered(NamedTuple):
    """A day whose minima can be met, a legal plan for it, and how far minima are met, all together."""

    standing: Standing
    plan: list[Assignment]
    met: int


def lowered(standing: Standing, run: Run, seed: int, workers: int) -> Lowered | None:
    """The same day with minima that can all be met, together as high as can be, and a legal plan for it with few moves.

    None when even without minima there is no plan, or when that many variables or too little time leave it open. Where
    either of two minima must give way this decides for one; a search that may move everybody looks at both again.
    """
    board = Board(without_minima(standing.instance), standing.history, standing.start)
    if size(board) > LARGEST_MODEL:
        return None
    possible = board.triples(standing.possible)
    steps = [minima_met(standing.instance), kept_promises(possible), fewest_moves(possible)]
    found = optimise(board, steps, run, seed=seed, workers=workers, hint=[*board.fixed, *possible])
    if found.plan is None or found.reached.get("minima") != found.limit.get("minima"):
        return None
    plan = list(board.assignments(found.plan))
    return Lowered(as_met(standing, plan), plan, found.reached["minima"][0])


def without_minima(instance: Instance) -> Instance:
    return replace(
        instance,
        tables=tuple(replace(table, min=0) for table in instance.tables),
        companies=tuple(replace(company, min_meetings=0) for company in instance.companies),
    )


def minima_met(instance: Instance) -> Callable[[Seats], list[Stage]]:
    """Table by table the guests that it has in each round still ahead, company by company its meetings: up to each
    minimum, all together as many as can be."""

    def stages(seats: Seats) -> list[Stage]:
        board, model = seats.board, seats.model
        levels: list[cp_model.IntVar] = []
        for t, table in enumerate(instance.tables):
            if table.min and board.open[t]:
                levels.append(model.new_int_var(0, table.min, ""))
                for r in bits(board.open[t]):
                    guests = seats.at_table.get((t, r), [])
                    weights = [board.seats[c] for c, _ in guests]
                    model.add(cp_model.LinearExpr.weighted_sum([x for _, x in guests], weights) >= levels[-1])
        for c, company in enumerate(instance.companies):
            if company.min_meetings:
                levels.append(model.new_int_var(0, company.min_meetings, ""))
                model.add(seats.total(seats.of_company.get(c, [])) >= levels[-1])
        most = sum(table.min for table in instance.tables) + sum(each.min_meetings for each in instance.companies)
        return [Stage("minima", seats.total(levels), 0, most)]

    return stages


def as_met(standing: Standing, plan: Sequence[Assignment]) -> Standing:
    """The day with each minimum as far down as the plan falls short of it."""
    instance = standing.instance
    ahead = {each.id for each in instance.rounds[standing.start :]}
    seats = {company.id: company.seats for company in instance.companies}
    taken: Counter[tuple[str, str]] = Counter()
    for each in plan:
        taken[each.table, each.round] += seats[each.company]
    met = Counter(each.company for each in plan)
    tables = []
    for table in instance.tables:
        least = min((taken[table.id, r] for r in table.rounds if r in ahead), default=table.min)
        tables.append(replace(table, min=min(table.min, least)))
    companies = [replace(each, min_meetings=min(each.min_meetings, met[each.id])) for each in instance.companies]
    return replace(standing, instance=replace(instance, tables=tuple(tables), companies=tuple(companies)))


def given_way(asked: Instance, standing: Standing) -> list[Problem]:
    """Each table whose minimum asks less than it did, said out loud."""
    return [
        Problem(
            "minimum_impossible",
            f"{before.id} 原定每轮至少 {before.min} 席；按目前到场情况无法在之后每一轮达到，改为至少 {now.min} 席。",
            f"{before.id} was to have at least {before.min} seats taken in each round; with those who are there not "
            f"every round ahead can reach that, so now it is {now.min}.",
            tables=(before.id,),
        )
        for before, now in zip(asked.tables, standing.instance.tables, strict=True)
        if now.min < before.min
    ]
