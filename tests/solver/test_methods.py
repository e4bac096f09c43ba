"""The methods by themselves: balanced colouring, peeling with absences, bounds that hold."""

from __future__ import annotations

import random
from collections import Counter

import pytest

import solver
from solver.board import Board
from solver.clock import Run
from solver.methods.floors import highest_floor
from solver.methods.plain import colour

from .days import crowd, parsed, random_day


@pytest.mark.parametrize("seed", range(30))
def test_colouring_is_balanced_at_every_vertex(seed):
    """De Werra: at a vertex of degree d each of k colours occurs ⌊d/k⌋ or ⌈d/k⌉ times."""
    rng = random.Random(seed)
    colours = rng.randint(1, 6)
    edges = [(rng.randrange(8), rng.randrange(5)) for _ in range(rng.randint(0, 60))]
    chosen = colour(edges, 8, 5, colours)
    for end in (0, 1):
        degree = Counter(edge[end] for edge in edges)
        times = Counter((edge[end], each) for edge, each in zip(edges, chosen, strict=True))
        for vertex, total in degree.items():
            counts = {times[vertex, each] for each in range(colours)}
            assert counts <= {total // colours, -(-total // colours)}


@pytest.mark.parametrize(("absent", "seed"), [(0.0, 3), (0.15, 4), (0.3, 3)])
def test_a_crowd_is_planned_to_the_bound_without_a_search(absent, seed):
    found = solver.solve(crowd(absent, seed), objective=("must", "fair", "interest"))
    assert found.status == "optimal"
    assert found.method.startswith("flow")


def test_tables_with_minima_are_filled_in_every_round_even_when_companies_are_away():
    instance = crowd(0.3)
    document = instance.to_json()
    for table in document["tables"]:
        table["min"] = 3
    found = solver.solve(solver.parse(document), objective=("fair", "interest"))
    assert found.status == "optimal"


def test_the_more_a_goal_is_worth_the_less_it_may_overflow():
    """Interest of 1000 on both sides, many companies: gains that 64 bits cannot stack are refused, not wrapped."""
    wishes = [
        {"company": f"c{n}", "host": f"h{h}", "interest": 1000, "host_interest": 1000}
        for n in range(1, 41)
        for h in (1, 2)
    ]
    tables = [{"id": f"t{h}", "host": f"h{h}", "capacity": 9} for h in (1, 2)]
    found = solver.solve(parsed(2, tables, 40, wishes))
    assert found.goal("interest").value == found.goal("interest").bound == 36 * 2000


def test_a_goal_that_nothing_can_serve_is_proven_all_the_same():
    """Saved case: nobody can ever sit where they wish, so `fair` has no step to take and `gaps` came after it."""
    document = random_day(173)
    found = solver.solve(solver.parse(document), objective=("floor", "fair", "gaps"))
    assert found.status == "optimal"


def test_a_board_numbers_only_pairs_that_could_meet():
    instance = parsed(2, 1, [{"id": "c1", "rounds": []}, {"id": "c2", "seats": 2}, {"id": "c3"}])
    assert [instance.companies[company].id for company, _ in Board(instance).pairs] == ["c3"]


def test_the_floor_is_bounded_by_sets_of_meetings_and_the_meetings_that_reach_it_are_told():
    """Two companies need the popular host's two seats to have anything much, so the third gets its second choice."""
    wishes = [("c1", "h1", 5), ("c1", "h2", 1), ("c2", "h1", 5), ("c3", "h1", 4), ("c3", "h2", 3)]
    tables = [{"id": "t1", "host": "h1", "capacity": 2}, {"id": "t2", "host": "h2", "capacity": 2, "min": 1}]
    board = Board(parsed(1, tables, 3, wishes))
    high, pairs = highest_floor(board, Run(60), seed=0, workers=1)
    assert high == 3
    assert {board.pairs[pair] for pair in pairs} >= {(0, 0), (1, 0), (2, 1)}
