"""Repair: minima give way as far as those who are there cannot meet them, which the checker sees for itself."""

from __future__ import annotations

import pytest

import solver

from .days import day, pair, parsed
from .mending import as_published, repaired, seats

HALF_EMPTY = [{"id": "t1", "host": "h1", "capacity": 2, "min": 2}]


def told(found):
    return [problem.reason for problem in found.problems]


def test_a_table_whose_second_guest_is_absent_receives_the_first_alone():
    document = day(rounds=1, tables=HALF_EMPTY, companies=2)
    published = as_published(document, "c1 t1 r1", "c2 t1 r1")
    document["companies"][1]["rounds"] = []
    found = repaired(document, published)
    assert (found.status, seats(found), told(found)) == ("optimal", ["c1 t1 r1"], ["minimum_impossible"])
    assert found.problems[0].tables == ("t1",)


def test_a_table_without_any_guest_left_stops_nobody_elsewhere():
    tables = [{"id": "t1", "host": "h1", "capacity": 1, "min": 1}, {"id": "t2", "host": "h2", "capacity": 1}]
    document = day(rounds=1, tables=tables, companies=2, wishes=[("c1", "h1", 1), ("c2", "h2", 1)])
    published = as_published(document, "c1 t1 r1", "c2 t2 r1")
    document["companies"][0]["rounds"] = []
    found = repaired(document, published)
    assert (found.status, seats(found), told(found)) == ("optimal", ["c2 t2 r1"], ["minimum_impossible"])


def test_of_two_tables_with_one_guest_left_between_them_one_gives_way():
    tables = [{"id": f"t{n}", "host": f"h{n}", "capacity": 1, "min": 1} for n in (1, 2)]
    document = day(rounds=1, tables=tables, companies=2)
    published = as_published(document, "c1 t1 r1", "c2 t2 r1")
    document["companies"][1]["rounds"] = []
    found = repaired(document, published)
    assert (found.status, seats(found)) == ("optimal", ["c1 t1 r1"])
    assert [problem.tables for problem in found.problems] == [("t2",)]


def test_a_minimum_that_somebody_can_fill_binds_and_moves_whom_it_needs():
    tables = [{"id": "t1", "host": "h1", "capacity": 2}, {"id": "t2", "host": "h2", "capacity": 2, "min": 1}]
    document = day(rounds=1, tables=tables, companies=3)
    published = as_published(document, "c1 t1 r1", "c2 t1 r1", "c3 t2 r1")
    document["companies"][2]["rounds"] = []
    found = repaired(document, published)
    assert sorted(each.table for each in found.assignments) == ["t1", "t2"]
    assert told(found) == ["meeting_lost"]
    assert [move.reason for move in found.moves if move.company != "c3"] == ["crowded"]


def test_a_companys_minimum_gives_way_when_its_only_host_has_left():
    document = day(rounds=1, tables=2, companies=2, wishes=[("c1", "h1", 1), ("c2", "h2", 1)])
    published = as_published(document, "c1 t1 r1", "c2 t2 r1")
    document["companies"][0]["min_meetings"] = 1
    document["tables"][0]["rounds"] = []
    found = repaired(document, published)
    assert (found.status, seats(found)) == ("optimal", ["c2 t2 r1"])


IDLE = {
    "nobody": ({"companies": [{"id": "c1"}, {"id": "c2", "rounds": []}]}, True),
    "one who is there and free": ({}, False),
    "one who sits elsewhere": ({"more": "c2 t2 r1"}, True),
    "one who may not come": ({"never": [pair("c2", "h1")]}, True),
    "one who is kept apart from the guest": ({"apart": [["c1", "c2"]]}, True),
    "one whom the host may not receive": ({"hosts": [{"id": "h1", "max_meetings": 1}, {"id": "h2"}]}, True),
}


@pytest.mark.parametrize("who", IDLE)
def test_the_checker_accepts_a_missed_minimum_on_a_repaired_day_if_nobody_could_simply_be_added(who):
    changes, fine = dict(IDLE[who][0]), IDLE[who][1]
    more = [changes.pop("more")] if "more" in changes else []
    document = day(rounds=1, tables=[*HALF_EMPTY, {"id": "t2", "host": "h2", "capacity": 1}], companies=2) | changes
    plan = as_published(document, "c1 t1 r1", *more)
    asked = solver.parse(document)
    assert not solver.check(asked, plan).ok
    mended = solver.Solution("feasible", plan.assignments, now="r1")
    assert [each.rule for each in solver.check(asked, mended).violations] == ([] if fine else ["capacity"])


def test_the_checker_wants_a_different_guest_for_each_round_that_has_fewest():
    table = {"id": "t1", "host": "h1", "capacity": 1, "min": 1}
    for idle, fine in ((1, True), (2, False)):
        asked = parsed(rounds=2, tables=[table], companies=idle)
        assert solver.check(asked, solver.Solution("feasible", (), now="r1")).ok is fine
