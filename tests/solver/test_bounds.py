"""Bounds hold for every plan there is, also where a plan stays below what the flow promised."""

from __future__ import annotations

import itertools
import random
from collections import Counter

import pytest

import solver
from solver.board import Board
from solver.clock import Run
from solver.measure import histogram
from solver.methods.ceilings import Ceilings, as_levels
from solver.methods.relaxation import ideal

from .days import pair, parsed, random_day
from .exhaustive import Day, plans

GOALS = ("must", "fair", "interest")


def levels_of(values):
    return {goal: as_levels(goal, value) for goal, value in values.items()}


@pytest.mark.parametrize("seed", range(120))
def test_interest_beside_a_lesser_fairness_is_bounded_for_every_plan_that_is_as_fair(seed):
    document = random_day(seed)
    instance = solver.parse(document)
    board = Board(instance)
    every = [
        solver.measure(instance, board.assignments(board.triples([solver.Assignment(*each) for each in plan])), GOALS)
        for plan in plans(Day(document))
    ]
    if not every:
        return
    kept = [values for values in every if values["must"] == max(each["must"] for each in every)]
    held = random.Random(seed).choice(kept)
    ceilings = Ceilings(board, GOALS)
    ceilings.price(levels_of(held), Run(60))
    as_good = [each["interest"] for each in kept if [-n for n in each["fair"]] >= [-n for n in held["fair"]]]
    for _, _, limit in ceilings.priced:
        assert limit >= max(as_good)


def choices_without_rounds(instance):
    """Every choice of whom to meet that no company, no host and no round is too small for: fair, then interest."""
    there = {company.id: set(company.rounds) for company in instance.companies}
    seats = sum(table.capacity for table in instance.tables)
    whole = sum(min(seats, sum(each.id in rounds for rounds in there.values())) for each in instance.rounds)
    room = {table.host: table.capacity * len(instance.rounds) for table in instance.tables}
    wishes = [wish for wish in instance.wishes if there[wish.company]]
    for size in range(min(whole, len(wishes)) + 1):
        for chosen in itertools.combinations(wishes, size):
            met = Counter(wish.company for wish in chosen)
            received = Counter(wish.host for wish in chosen)
            fits = all(times <= len(there[company]) for company, times in met.items())
            if fits and all(times <= room[host] for host, times in received.items()):
                fair = histogram([met[company.id] for company in instance.companies])
                yield tuple(-n for n in fair), sum(wish.worth for wish in chosen)


@pytest.mark.parametrize("seed", range(150))
def test_leximin_is_a_flow_also_where_the_rounds_together_hold_less_than_tables_and_companies_could(seed):
    """The sum of all meetings is capped, which leaves the numbers of meetings M-convex: tried against every choice."""
    rng = random.Random(seed)
    rounds = [f"r{n}" for n in range(1, rng.randint(2, 3) + 1)]
    companies = [{"id": f"c{n}", "rounds": [r for r in rounds if rng.random() < 0.6]} for n in range(rng.randint(2, 4))]
    tables = [{"id": f"t{n}", "host": f"h{n}", "capacity": 1} for n in range(rng.randint(1, 3))]
    everyone = [(company["id"], table["host"]) for company in companies for table in tables]
    wished = rng.sample(everyone, min(len(everyone), 8))
    instance = parsed(len(rounds), tables, companies, [(*each, rng.randint(1, 5)) for each in wished])
    flow = ideal(Board(instance), ("fair", "interest")).values
    assert (tuple(-n for n in flow["fair"]), flow["interest"]) == max(choices_without_rounds(instance))


def test_a_seat_left_empty_for_want_of_guests_is_not_made_good_in_another_round():
    """Three companies in the first round, one in the second, two seats in each: three meetings, not four."""
    guests = [{"id": "c1"}, {"id": "c2", "rounds": ["r1"]}, {"id": "c3", "rounds": ["r1"]}]
    assert Ceilings(Board(parsed(2, 2, guests)), ("interest",)).of("interest", {}) == 3


def test_one_company_less_than_the_flow_serves_lets_interest_gain_no_more_than_its_seat_is_worth():
    """c1 and c2 are kept apart at their only table, which no flow sees.

    Serving c4 costs c3 eight points, and c6 costs c5 as many. A plan as fair as one that serves all but c2 may serve c2
    and give up one of c4 and c6, but not both.
    """
    once = {"t1": 2, "t2": 1, "t3": 1, "t4": 1, "t5": 1}
    tables = [
        {"id": name, "host": f"h{name[1]}", "capacity": seats, "rounds": ["r2" if name in ("t3", "t5") else "r1"]}
        for name, seats in once.items()
    ]
    wishes = [("c1", "h1", 5), ("c2", "h1", 5), ("c3", "h2", 9), ("c3", "h3", 9), ("c4", "h3", 1)]
    wishes += [("c5", "h4", 9), ("c5", "h5", 9), ("c6", "h5", 1)]
    instance = parsed(2, tables, 6, wishes, apart=[["c1", "c2"]])
    ceilings = Ceilings(Board(instance), GOALS)
    reached = {"must": [0], "fair": [5]}
    assert ceilings.of("interest", reached) == 5 + 5 + 18 + 18
    ceilings.price(reached, Run(60))
    assert ceilings.of("interest", reached) == 5 + 5 + 18 + 18 - 8
    found = solver.solve(instance, objective=GOALS)
    assert found.status == "optimal"
    assert found.goal("fair").value == (1, 5)


def test_a_promise_counts_in_the_bound_only_when_it_comes_before():
    wishes = [("c1", "h1", 5), ("c2", "h1", 1)]
    board = Board(parsed(1, 1, 2, wishes, must=[pair("c2", "h1")]))
    ceilings = Ceilings(board, GOALS)
    assert ceilings.of("interest", {"must": [1], "fair": [1]}) == 1
    assert ceilings.of("interest", {"must": [0], "fair": [1]}) == 5
