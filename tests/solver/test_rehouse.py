"""Meetings without a round find one when others make way for them; what may not move does not."""

from __future__ import annotations

import pytest

import solver
from solver.board import Board
from solver.clock import Run
from solver.measure import standing
from solver.methods.polish import polished
from solver.methods.rehouse import rehouse
from solver.methods.rounds import Rounds

from .days import crowd, parsed


def laid(instance, seats):
    """Every pair of a day, placed as told: company, host → table, round; the others have no round."""
    board = Board(instance)
    rounds = Rounds(board, range(len(board.pairs)))
    for pair, (table, r) in seats.items():
        rounds.put(board.pair[pair], table, r)
    return rounds


def never():
    return False


def test_a_guest_makes_way_who_can_come_in_another_round():
    early = [{"id": "c1", "rounds": ["r1"]}, {"id": "c2"}]
    rounds = laid(parsed(2, 1, early), {(1, 0): (0, 0)})
    assert rehouse(rounds, 0, never) == 0
    assert sorted(rounds.triples()) == [(0, 0, 0), (1, 0, 1)]


def test_a_companys_own_meetings_change_rounds_for_another():
    """c1 is busy when h2 has room, and h2 is full when c1 is free."""
    wishes = [("c1", "h1", 1), ("c1", "h2", 1), ("c2", "h2", 1)]
    late = [{"id": "c1"}, {"id": "c2", "rounds": ["r2"]}]
    rounds = laid(parsed(2, 2, late, wishes), {(0, 0): (0, 0), (1, 1): (1, 1)})
    assert rehouse(rounds, 0, never) == 0
    assert sorted(rounds.triples()) == [(0, 0, 1), (0, 1, 0), (1, 1, 1)]


def test_whom_it_is_kept_apart_from_makes_way_too():
    tables = [{"id": "t1", "host": "h1", "capacity": 2}]
    guests = [{"id": "c1", "rounds": ["r1"]}, {"id": "c2"}]
    rounds = laid(parsed(2, tables, guests, apart=[["c1", "c2"]]), {(1, 0): (0, 0)})
    assert rehouse(rounds, 0, never) == 0
    assert sorted(rounds.triples()) == [(0, 0, 0), (1, 0, 1)]


@pytest.mark.parametrize("why", ["it stands", "its table would fall below its minimum", "nobody waits for the walk"])
def test_nobody_makes_way_when(why):
    """Moving c2's meeting with h2 to the second round would make room for h1 in the first."""
    tables = [{"id": "t1", "host": "h1", "capacity": 1, "rounds": ["r1"]}, {"id": "t2", "host": "h2", "capacity": 1}]
    tables[1]["min"] = int("minimum" in why)
    wishes = [("c1", "h1", 1), ("c1", "h2", 1)]
    rounds = laid(parsed(2, tables, 1, wishes), {(0, 1): (1, 0)})
    rounds.stands[1] = "stands" in why
    assert rehouse(rounds, 0, (lambda: True) if "waits" in why else never) == 1
    assert rounds.triples() == [(0, 1, 0)]


def test_when_not_all_can_be_placed_as_many_as_before_still_are():
    rounds = laid(parsed(1, 1, 2), {(0, 0): (0, 0)})
    assert rehouse(rounds, 0, never) == 1
    assert len(rounds.triples()) == 1


def test_large_companies_are_given_the_seats_of_several():
    tables = [{"id": "t1", "host": "h1", "capacity": 2}]
    guests = [{"id": "c1", "rounds": ["r1"], "seats": 2}, {"id": "c2"}, {"id": "c3"}]
    rounds = laid(parsed(2, tables, guests), {(1, 0): (0, 0), (2, 0): (0, 0)})
    assert rehouse(rounds, 0, never) == 0
    assert sorted(rounds.triples()) == [(0, 0, 0), (1, 0, 1), (2, 0, 1)]


@pytest.mark.parametrize("seed", range(4))
def test_a_crowd_with_kept_apart_companies_and_minima_is_proven_without_a_search(seed):
    found = solver.solve(crowd(0.15, seed, minimum=3, apart=60), objective=("must", "fair", "interest"))
    assert found.status == "optimal"
    assert found.method.startswith("flow")


def test_polishing_keeps_every_plan_legal_and_never_worse():
    """Many companies kept apart from each other: a round solved again must not seat two of them together."""
    instance = crowd(0.2, 1, apart=60)
    board, goals = Board(instance), ("must", "fair", "interest")
    start = solver.solve(instance, objective=goals, cancel=lambda: True)
    worth = solver.measure(instance, start.assignments, goals)
    for plan in polished(board, board.triples(start.assignments), goals, 0, Run(60)):
        better = solver.Solution("feasible", board.assignments(plan))
        report = solver.check(instance, better, objective=goals)
        assert report.ok
        assert standing(report.goals) >= standing(worth)
        worth = report.goals
