"""Idle rounds: what nobody can avoid bounds every plan, and the rest is closed without changing whom anybody meets."""

from __future__ import annotations

import random

import pytest

import solver
from solver.board import Board
from solver.methods.calm import calmest
from solver.methods.ceilings import as_levels
from solver.methods.gather import gather
from solver.methods.idle import IdleRounds
from solver.methods.relaxation import ideal
from solver.methods.rounds import seated

from .days import crowd, day, parsed, random_day
from .exhaustive import Day, best, plans, worth

GOALS = ("fair", "interest", "gaps")
TWO_TABLES = [(1, ["r1", "r2"]), (2, ["r3"])]


def never():
    return False


def least(instance, more_than):
    return IdleRounds(Board(instance)).bound(more_than)


def gathered(instance, plan, enough=0):
    """The plan after its gaps were closed, as (company, table, round), and how many idle rounds were told."""
    rounds = seated(Board(instance), plan)
    told = gather(rounds, enough, 0, never)
    return sorted(rounds.triples()), told


def day_with_absences(seed):
    """Three companies, some away in the middle of the day; now and then unwished seats or one with two delegations."""
    rng = random.Random(seed)
    rounds = rng.choice((["r1", "r2", "r3"], ["r1", "r2", "r3", "r4"]))
    companies = [{"id": f"c{n}", "rounds": [r for r in rounds if rng.random() < 0.6]} for n in range(1, 4)]
    companies[0]["rounds"] = [rounds[0], rounds[-1]]
    tables = [{"id": f"t{n}", "host": f"h{n}", "capacity": rng.randint(1, 2)} for n in (1, 2)]
    wishes = [(f"c{c}", f"h{h}", rng.randint(1, 2)) for c in range(1, 4) for h in (1, 2) if rng.random() < 0.9]
    companies[2]["delegations"] = 2 if seed % 3 == 2 else 1
    return day(len(rounds), tables, companies, wishes, allow_unwished=seed % 3 == 1)


def every_plan_measured(document):
    instance = solver.parse(document)
    for plan in plans(Day(document)):
        yield solver.measure(instance, [solver.Assignment(*each) for each in plan], GOALS)


@pytest.mark.parametrize("make", [random_day, day_with_absences])
def test_no_plan_has_fewer_idle_rounds_than_its_fairness_brings_with_it(make):
    forced = 0
    for seed in range(60):
        document = make(seed)
        days, known = IdleRounds(Board(solver.parse(document))), {}
        for values in every_plan_measured(document):
            if values["fair"] not in known:
                known[values["fair"]] = days.bound(as_levels("fair", values["fair"]))
            assert values["gaps"] >= known[values["fair"]]
        forced += any(known.values())
    assert forced >= (8 if make is day_with_absences else 0)


def calm(board):
    """The calmest choice for fairness and interest, and its bound; None where flows cannot tell."""
    days, best = IdleRounds(board), ideal(board, ("fair", "interest"))
    prices = days.prices(as_levels("fair", best.values["fair"])) if best and days.exact else None
    return calmest(board, days, ("fair", "interest"), prices) if prices else None


def test_no_plan_as_fair_and_as_dear_has_fewer_idle_rounds_than_the_calmest_choice_costs():
    compared, forced = 0, 0
    for seed in range(60):
        document = day_with_absences(seed)
        found = calm(Board(solver.parse(document)))
        if found is None:
            continue
        chosen, idle = found
        for values in every_plan_measured(document):
            if all(values[goal] == chosen.values[goal] for goal in ("fair", "interest")):
                compared, forced = compared + 1, forced + (idle > 0)
                assert values["gaps"] >= idle
    assert compared > 200
    assert forced > 40


@pytest.mark.parametrize("goals", [GOALS, ("fair", "gaps", "interest"), ("gaps", "fair")], ids=",".join)
def test_where_people_are_away_in_the_middle_the_best_of_all_plans_is_found(goals):
    for seed in range(25):
        document = day_with_absences(seed)
        found = solver.solve(solver.parse(document), objective=goals)
        assert found.status == "optimal"
        assert worth(Day(document), [tuple(each) for each in found.assignments], goals) == best(document, goals)


def test_of_two_who_wish_the_same_the_second_meeting_goes_to_the_one_who_is_there_at_noon():
    tables = [{"id": f"t{n}", "host": f"h{n}", "capacity": 1, "rounds": rounds} for n, rounds in TWO_TABLES]
    board = Board(parsed(3, tables, [{"id": "c1", "rounds": ["r1", "r3"]}, {"id": "c2"}]))
    chosen, idle = calm(board)
    assert [board.pairs[pair][0] for pair in chosen.pairs].count(1) == 2
    assert idle == 0


def test_who_is_away_in_the_middle_waits():
    guests = [{"id": "c1", "rounds": ["r1", "r3"]}, {"id": "c2"}]
    instance = parsed(3, 2, guests)
    assert least(instance, [2, 2]) == 1
    assert least(instance, [2, 1]) == 0


def test_where_a_round_in_the_middle_has_too_few_seats_somebody_waits():
    """Two companies with two meetings each, three rounds, one seat in the middle: one of them waits."""
    tables = [
        {"id": "t1", "host": "h1", "capacity": 1},
        {"id": "t2", "host": "h2", "capacity": 1, "rounds": ["r1", "r3"]},
    ]
    instance = parsed(3, tables, 2)
    assert least(instance, [2, 2]) == 1
    assert solver.solve(instance, objective=GOALS).goal("gaps").value == 1


def test_a_day_too_long_to_look_at_every_set_of_rounds_has_the_bound_that_always_holds():
    assert least(parsed(20, 2, [{"id": "c1", "rounds": ["r1", "r20"]}]), [1, 1]) == 0


def test_a_meeting_moves_next_to_the_other():
    assert gathered(parsed(3, 2, 1), [(0, 0, 0), (0, 1, 2)])[1] == 0


def test_two_guests_change_places_where_the_table_is_full():
    """Both sit at h1's only seat, and each would rather have the other's round."""
    wishes = [("c1", "h1", 1), ("c1", "h2", 1), ("c2", "h1", 1), ("c2", "h3", 1)]
    tables = [{"id": f"t{n}", "host": f"h{n}", "capacity": 1} for n in (1, 2, 3)]
    tables[0]["rounds"], tables[1]["rounds"], tables[2]["rounds"] = ["r1", "r4"], ["r3"], ["r2"]
    plan, told = gathered(parsed(4, tables, 2, wishes), [(0, 0, 0), (0, 1, 2), (1, 0, 3), (1, 2, 1)])
    assert plan == [(0, 0, 3), (0, 1, 2), (1, 0, 0), (1, 2, 1)]
    assert told == 0


def test_what_is_locked_stays_although_it_leaves_a_gap():
    locks = [{"company": "c1", "table": "t1", "round": "r1"}, {"company": "c1", "table": "t2", "round": "r3"}]
    plan = [(0, 0, 0), (0, 1, 2)]
    assert gathered(parsed(3, 2, 1, locks=locks), plan) == (plan, 1)


@pytest.mark.parametrize("more", [{}, {"minimum": 4}, {"apart": 60}], ids=["plain", "minima", "kept apart"])
def test_a_crowds_gaps_are_closed_and_nobody_meets_anybody_else(more):
    instance = crowd(0.1, 5, seats=6, **more)
    board = Board(instance)
    before = solver.solve(instance, objective=("fair", "interest"))
    plan, told = gathered(instance, board.triples(before.assignments))
    after = solver.check(instance, solver.Solution("feasible", board.assignments(plan)), objective=GOALS)
    assert after.ok
    assert after.goals["gaps"] == told < solver.measure(instance, before.assignments, GOALS)["gaps"]
    assert {(c, t) for c, t, _ in plan} == {(c, t) for c, t, _ in board.triples(before.assignments)}


@pytest.mark.parametrize("absent", [0.0, 0.15])
def test_a_crowd_is_proven_in_its_gaps_too_without_a_search(absent):
    found = solver.solve(crowd(absent, 4), objective=("must", *GOALS))
    assert found.status == "optimal"
    assert found.method.startswith("flow")
    assert found.goal("gaps").value > 0


def test_delegations_that_meet_at_once_leave_no_gap_between_their_meetings():
    guests = [{"id": "c1", "delegations": 2, "rounds": ["r1", "r3"]}]
    document = day(3, 2, guests)
    assert least(solver.parse(document), [1, 1]) == 0
    assert solver.solve(solver.parse(document), objective=GOALS).goal("gaps").value == 0
