"""Repair: what is possible stays, promises are kept, few move, those who wait are served."""

from __future__ import annotations

from .days import day, pair
from .mending import as_published, published_of, repaired

TWO_TABLES = [{"id": "t1", "host": "h1", "capacity": 2}, {"id": "t2", "host": "h2", "capacity": 2}]


def test_an_unchanged_day_is_left_alone():
    document = day(rounds=2, tables=TWO_TABLES, companies=4)
    published = published_of(document)
    found = repaired(document, published)
    assert found.assignments == published.assignments
    assert found.moves == ()


def test_the_seat_of_an_absent_company_goes_to_one_that_waits_and_nobody_moves():
    document = day(rounds=1, tables=1, companies=2, wishes=[("c1", "h1", 5), ("c2", "h1", 1)])
    published = published_of(document)
    document["companies"][0]["rounds"] = []
    found = repaired(document, published)
    assert [each.company for each in found.assignments] == ["c2"]
    assert [(move.company, move.to, move.reason) for move in found.moves] == [("c1", None, "absent")]


def test_past_rounds_stay_as_published_and_nothing_is_added_to_them():
    document = day(rounds=3, tables=1, companies=4)
    published = published_of(document)
    document["now"] = "r3"
    for company in document["companies"]:
        company["rounds"] = ["r3"] if company["id"] != "c1" else []
    found = repaired(document, published)
    past = [each for each in published.assignments if each.round != "r3"]
    assert [each for each in found.assignments if each.round != "r3"] == past


def test_a_walk_in_takes_what_is_free_and_displaces_nobody():
    document = day(rounds=1, tables=1, companies=1)
    published = published_of(document)
    document["companies"].append({"id": "w1"})
    document["wishes"].append({"company": "w1", "host": "h1", "interest": 1000})
    found = repaired(document, published)
    assert [each.company for each in found.assignments] == ["c1"]


def test_a_promise_moves_somebody_only_as_far_as_needed():
    document = day(rounds=2, tables=1, companies=[{"id": "c1"}, {"id": "c2", "rounds": []}])
    published = published_of(document)
    taken = published.assignments[0].round
    document["companies"][1]["rounds"] = [taken]
    document["must"] = [pair("c2", "h1")]
    found = repaired(document, published)
    assert {each.company for each in found.assignments} == {"c1", "c2"}
    assert [(move.company, move.reason) for move in found.moves] == [("c1", "promise")]
    assert found.moves[0].to is not None


def test_a_company_that_is_present_never_loses_a_meeting_to_a_newcomers_promise():
    document = day(rounds=1, tables=1, companies=1)
    published = published_of(document)
    document["companies"].append({"id": "w1"})
    document["must"] = [pair("w1", "h1")]
    found = repaired(document, published)
    assert [each.company for each in found.assignments] == ["c1"]
    assert found.goal("must").value == 0
    assert [each.reason for each in found.unmet if each.kind == "must"] == ["full"]


def test_a_host_that_leaves_costs_meetings_and_it_is_said():
    document = day(rounds=2, tables=TWO_TABLES, companies=2)
    published = published_of(document)
    document["now"] = "r2"
    document["tables"][0]["rounds"] = ["r1"]
    found = repaired(document, published)
    lost = [each for each in published.assignments if each.table == "t1" and each.round == "r2"]
    assert [(move.company, move.reason) for move in found.moves if move.to is None] == [
        (each.company, "host_gone") for each in lost
    ]
    assert len(found.problems) == len(lost)


def test_a_table_that_shrinks_makes_somebody_move():
    document = day(rounds=2, tables=[{"id": "t1", "host": "h1", "capacity": 2}], companies=2)
    published = as_published(document, "c1 t1 r1", "c2 t1 r1")
    document["tables"][0]["capacity"] = 1
    found = repaired(document, published)
    assert len(found.assignments) == 2
    assert [move.reason for move in found.moves] == ["crowded"]


def test_a_lock_of_an_absent_company_gives_way():
    document = day(rounds=1, tables=1, companies=1, locks=[{"company": "c1", "table": "t1", "round": "r1"}])
    published = published_of(document)
    document["companies"][0]["rounds"] = []
    found = repaired(document, published)
    assert found.assignments == ()
    assert [problem.reason for problem in found.problems] == ["lock_impossible"]


def test_a_company_no_longer_part_of_the_event_is_gone():
    document = day(rounds=1, tables=1, companies=2, wishes=[("c1", "h1", 5), ("c2", "h1", 1)])
    published = published_of(document)
    document["companies"] = document["companies"][1:]
    document["wishes"] = document["wishes"][1:]
    found = repaired(document, published)
    assert [move.reason for move in found.moves] == ["removed"]
    assert [each.company for each in found.assignments] == ["c2"]
