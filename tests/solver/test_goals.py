"""Each goal alone, and the order between them."""

from __future__ import annotations

import solver

from .days import pair, parsed


def values(instance, *goals):
    """What each goal reaches in a plan that is proven in all of them."""
    found = solver.solve(instance, objective=goals)
    assert found.status == "optimal"
    return [goal.value for goal in found.goals]


def open_in_r1(*numbers):
    """Tables with one seat each, open in the first round only."""
    return [{"id": f"t{n}", "host": f"h{n}", "capacity": 1, "rounds": ["r1"]} for n in numbers]


ONE_SEAT = {"rounds": 1, "tables": 1}


def test_must_keeps_promises_before_wishes_and_names_the_one_it_cannot_keep():
    instance = parsed(**ONE_SEAT, companies=3, wishes=[("c1", "h1", 9)], must=[pair("c2", "h1"), pair("c3", "h1")])
    assert values(instance, "must", "interest") == [1, 0]
    assert values(instance, "interest", "must") == [9, 0]
    broken = [each for each in solver.solve(instance).unmet if each.kind == "must"]
    assert len(broken) == 1
    assert broken[0].reason == "full"
    assert broken[0].detail


def test_fair_gives_everyone_one_before_anyone_two():
    wishes = [("c1", "h1", 9), ("c1", "h2", 9), ("c2", "h2", 1)]
    instance = parsed(
        rounds=2,
        tables=open_in_r1(1, 2),
        companies=[{"id": "c1", "delegations": 2}, {"id": "c2"}],
        wishes=wishes,
    )
    assert values(instance, "fair", "interest") == [(0, 2), 10]
    assert values(instance, "interest", "fair") == [18, (1, 0, 1)]


def test_fair_is_leximin_where_the_flow_of_all_seats_would_miss_it():
    """Promises that nobody wished take seats: degrees are no longer M-convex, and the flow would pick 0, 2, 2."""
    wishes = [("a", "h1", 1), ("b", "h1", 1), ("b", "h5", 1), ("d", "h3", 1), ("d", "h6", 1)]
    instance = parsed(
        rounds=3,
        tables=open_in_r1(1, 3, 4, 5, 6),
        companies=[
            {"id": "a", "max_meetings": 1, "delegations": 3},
            {"id": "b", "max_meetings": 2, "delegations": 3},
            {"id": "d", "max_meetings": 2, "delegations": 3},
        ],
        wishes=wishes,
        must=[pair("a", "h4"), pair("d", "h4")],
    )
    assert values(instance, "must", "fair") == [1, (0, 3)]


def test_floor_lifts_whoever_gets_least():
    wishes = [("c1", "h1", 5), ("c1", "h2", 4), ("c2", "h1", 2), ("c2", "h2", 1)]
    instance = parsed(
        rounds=2,
        tables=open_in_r1(1, 2),
        companies=2,
        wishes=wishes,
    )
    assert values(instance, "floor", "interest") == [2, 6]


def test_interest_counts_both_sides():
    wishes = [{"company": "c1", "host": "h1", "interest": 2, "host_interest": 4}, ("c2", "h1", 5)]
    assert values(parsed(**ONE_SEAT, wishes=wishes), "interest") == [6]


def test_gaps_are_idle_rounds_between_first_and_last():
    wishes = [("c1", "h1", 1), ("c1", "h2", 1)]
    tables = [{"id": "t1", "host": "h1", "capacity": 1, "rounds": ["r1"]}, {"id": "t2", "host": "h2", "capacity": 1}]
    free = parsed(rounds=3, tables=tables, companies=1, wishes=wishes)
    assert values(free, "interest", "gaps") == [2, 0]
    tables[1]["rounds"] = ["r3"]
    forced = parsed(rounds=3, tables=tables, companies=1, wishes=wishes)
    assert values(forced, "interest", "gaps") == [2, 1]
    assert values(forced, "gaps", "interest") == [0, 1]


def test_an_allowed_unwished_meeting_may_fill_a_gap():
    tables = [{"id": f"t{n}", "host": f"h{n}", "capacity": 1, "rounds": [f"r{n}"]} for n in (1, 2, 3)]
    wishes = [("c1", "h1", 1), ("c1", "h3", 1)]
    filled = parsed(rounds=3, tables=tables, companies=1, wishes=wishes, allow_unwished=True)
    assert values(filled, "interest", "gaps") == [2, 0]


def test_an_empty_day_is_planned():
    nothing = solver.parse({"schema": "eventday.instance/1", "rounds": [], "tables": [], "companies": []})
    found = solver.solve(nothing)
    assert (found.status, found.assignments) == ("optimal", ())


def test_promises_that_outnumber_the_seats_they_share_are_told_as_a_sentence():
    """Three companies, one round in which all of them are there, two seats in it."""
    companies = [{"id": f"c{n}", "rounds": ["r2"]} for n in (1, 2, 3)]
    tables = [{"id": "t1", "host": "h1", "capacity": 2}]
    instance = parsed(2, tables, companies, must=[pair(f"c{n}", "h1") for n in (1, 2, 3)])
    (problem,) = solver.solve(instance).problems
    assert problem.reason == "promises_crowd"
    assert problem.rounds == ("r2",)
    assert "3 companies must meet h1 and need 3 seats" in problem.en
