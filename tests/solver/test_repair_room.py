"""Repair where not everything published can stay: as few as possible go, and what moved them is told."""

from __future__ import annotations

import copy

import pytest

import solver

from .days import crowd, day, lock, pair
from .mending import as_published, repaired, seats, strict_moves

GOALS = ("must", "fair", "interest")
DAY = crowd(0.15)
PUBLISHED = solver.solve(DAY, objective=GOALS)


def guests(table, round_id):
    return [each.company for each in PUBLISHED.assignments if (each.table, each.round) == (table, round_id)]


def a_walk_in_is_pinned_at_a_full_table(document):
    document["companies"].append({"id": "w1"})
    document["locks"] = [lock("w1", "t1", "r3")]


def a_table_loses_a_seat(document):
    document["tables"][1]["capacity"] -= 1


def two_guests_are_to_be_kept_apart(document):
    document["apart"] = [guests("t1", "r3")[:2]]


@pytest.mark.parametrize(
    ("event", "go"),
    [(a_walk_in_is_pinned_at_a_full_table, 1), (a_table_loses_a_seat, 5), (two_guests_are_to_be_kept_apart, 1)],
)
@pytest.mark.parametrize("patient", [True, False], ids=["with time", "cancelled at once"])
def test_one_event_on_a_large_day_moves_only_whom_it_must(event, go, patient):
    assert len(guests("t1", "r3")) == 8
    document = DAY.to_json() | {"now": "r2"}
    event(document)
    before = solver.measure(DAY, PUBLISHED.assignments, GOALS)["interest"]
    how = {"seconds": 3.0} if patient else {"cancel": lambda: True}
    found = repaired(document, PUBLISHED, objective=GOALS, **how)
    assert len(strict_moves(found)) <= 2 * go + 8
    assert found.goal("interest").value >= before - 10 * go
    assert patient or len(strict_moves(found)) == go


def test_of_those_who_cannot_all_stay_the_promised_one_does():
    document = day(rounds=1, companies=3, tables=[{"id": "t1", "host": "h1", "capacity": 3}])
    published = as_published(document, "c1 t1 r1", "c2 t1 r1", "c3 t1 r1")
    document["tables"][0]["capacity"] = 1
    document["must"] = [pair("c2", "h1")]
    found = repaired(document, published)
    assert seats(found) == ["c2 t1 r1"]
    assert [(move.company, move.reason) for move in found.moves] == [("c1", "crowded"), ("c3", "crowded")]


TWO = [{"id": "t1", "host": "h1", "capacity": 2}, {"id": "t2", "host": "h2", "capacity": 2}]

CROWDED = {
    "two who must not sit together": ({"apart": [["c1", "c2"]]}, ["c1 t1 r1", "c2 t1 r1"]),
    "a host that receives fewer": (
        {"hosts": [{"id": "h1", "max_meetings": 1}, {"id": "h2"}]},
        ["c1 t1 r1", "c2 t1 r1"],
    ),
    "a lock at another round": ({"locks": [lock("c1", "t1", "r2")]}, ["c1 t1 r1"]),
    "a lock at another table": ({"locks": [lock("c1", "t2", "r1")]}, ["c1 t1 r1"]),
    "a guest whom another table needs": (
        {"tables": [TWO[0], TWO[1] | {"min": 1, "rounds": ["r1"]}]},
        ["c1 t1 r1", "c2 t1 r1"],
    ),
}


@pytest.mark.parametrize("change", CROWDED)
def test_who_moves_for_lack_of_room_is_told_so_and_not_that_it_was_for_a_promise(change):
    document = day(rounds=2, tables=TWO, companies=2)
    changes, assignments = CROWDED[change]
    published = as_published(document, *assignments)
    found = repaired(document | changes, published)
    assert [move.reason for move in found.moves] == ["crowded"]


def test_a_limit_that_history_has_passed_allows_what_took_place_and_no_more():
    document = day(rounds=3, tables=2, companies=1)
    published = as_published(document, "c1 t1 r1", "c1 t2 r2")
    document["now"] = "r2"
    document["companies"][0]["max_meetings"] = 0
    document["hosts"] = [{"id": "h1", "max_meetings": 0}, {"id": "h2"}]
    found = repaired(document, published)
    assert (found.status, seats(found)) == ("optimal", ["c1 t1 r1"])
    assert [move.reason for move in found.moves] == ["crowded"]


def test_what_takes_more_moves_than_allowed_is_refused_with_the_number_that_does():
    document = day(rounds=1, tables=TWO, companies=2)
    published = as_published(document, "c1 t1 r1", "c2 t1 r1")
    document["tables"] = copy.deepcopy(TWO)
    document["tables"][0]["capacity"] = 1
    found = repaired(document, published, max_moves=0)
    assert found.status == "infeasible"
    assert [problem.reason for problem in found.problems] == ["too_few_moves"]
    assert found.problems[0].en == "No plan gets by with 0 moves; one with 1 is known."
    assert len(strict_moves(repaired(document, published, max_moves=1))) == 1


def test_no_moves_and_no_goal_but_interest_still_keep_a_promise_that_a_free_seat_can_keep():
    document = day(rounds=1, companies=2, wishes=[("c1", "h1", 5)], must=[pair("c2", "h1")])
    published = as_published(document)
    for how in ({}, {"max_moves": 0}):
        found = repaired(document, published, objective=("interest",), **how)
        assert seats(found) == ["c2 t1 r1"]


def test_what_cannot_be_any_more_is_not_told_as_what_never_could():
    tables = [{"id": f"t{n}", "host": f"h{n}", "capacity": 1, "rounds": ["r1", "r2"][:n]} for n in (1, 2)]
    document = day(rounds=2, tables=tables, companies=[{"id": "c1"}, {"id": "c2", "rounds": ["r1"]}])
    found = repaired(document | {"now": "r2"}, as_published(document))
    assert {(each.company, each.host): each.detail for each in found.unmet} == {
        ("c1", "h1"): "the host has no table that is open any more",
        ("c2", "h1"): "the host has no table that is open any more",
        ("c2", "h2"): "the company is in no round still to come in which the host has an open table",
    }
