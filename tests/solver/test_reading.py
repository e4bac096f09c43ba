"""Bad input is met at the edge and named by its JSON path."""

from __future__ import annotations

import copy

import pytest

import solver

from .days import day, lock, pair

GOOD = day(
    name="A day",
    now="r2",
    hosts=[{"id": "h1", "max_meetings": 3}],
    wishes=[{"company": "c1", "host": "h1", "interest": 5, "host_interest": 3}],
    must=[pair("c2", "h1")],
    never=[],
    apart=[["c1", "c2"]],
    locks=[lock("c1", "t1", "r1")],
)


def changed(path, value):
    document = copy.deepcopy(GOOD)
    *way, last = path
    place = document
    for step in way:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return document


def test_a_good_document_survives_a_round_trip():
    instance = solver.parse(GOOD)
    assert solver.parse(instance.to_json()) == instance


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (("schema",), "eventday.instance/2", "$.schema"),
        (("schema",), ..., "$.schema"),
        (("rounds",), ..., "$.rounds"),
        (("colour",), "red", "$.colour"),
        (("rounds",), {}, "$.rounds"),
        (("rounds", 0, "id"), 7, "$.rounds[0].id"),
        (("rounds", 0, "id"), "", "$.rounds[0].id"),
        (("rounds", 1, "id"), "r1", "$.rounds[1].id"),
        (("rounds", 0, "start"), "half past two", "$.rounds[0].start"),
        (("rounds", 0), {"id": "r1", "start": "2025-06-18T15:00", "end": "2025-06-18T14:00"}, "$.rounds[0].end"),
        (("tables", 0, "capacity"), -1, "$.tables[0].capacity"),
        (("tables", 0, "capacity"), True, "$.tables[0].capacity"),
        (("tables", 0, "capacity"), 1.5, "$.tables[0].capacity"),
        (("tables", 0, "min"), 2, "$.tables[0].min"),
        (("tables", 0, "host"), "h9", "$.tables[0].host"),
        (("tables", 0, "rounds"), ["r9"], "$.tables[0].rounds[0]"),
        (("tables", 0, "rounds"), ["r1", "r1"], "$.tables[0].rounds[1]"),
        (("tables", 0, "size"), 3, "$.tables[0].size"),
        (("companies", 0, "seats"), 0, "$.companies[0].seats"),
        (("companies", 0, "delegations"), 0, "$.companies[0].delegations"),
        (("companies", 0), {"id": "c1", "min_meetings": 3, "max_meetings": 2}, "$.companies[0].min_meetings"),
        (("companies", 1, "id"), "c1", "$.companies[1].id"),
        (("companies", 0), "c1", "$.companies[0]"),
        (("companies", 0, "max_meetings"), None, "$.companies[0].max_meetings"),
        (("wishes", 0, "interest"), 0, "$.wishes[0].interest"),
        (("wishes", 0, "interest"), 1001, "$.wishes[0].interest"),
        (("wishes", 0, "host_interest"), 0, "$.wishes[0].host_interest"),
        (("wishes", 0, "company"), "c9", "$.wishes[0].company"),
        (("wishes", 0, "host"), ..., "$.wishes[0].host"),
        (("wishes",), [GOOD["wishes"][0]] * 2, "$.wishes[1]"),
        (("must", 0, "host"), "h9", "$.must[0].host"),
        (("apart", 0), ["c1"], "$.apart[0]"),
        (("apart", 0), ["c1", "c1"], "$.apart[0]"),
        (("apart", 0), ["c1", "c9"], "$.apart[0][1]"),
        (("apart",), [["c1", "c2"], ["c2", "c1"]], "$.apart[1]"),
        (("locks", 0, "round"), "r9", "$.locks[0].round"),
        (("locks", 0, "table"), "t9", "$.locks[0].table"),
        (("now",), "r9", "$.now"),
        (("allow_unwished",), 1, "$.allow_unwished"),
        (("companies", 0, "id"), "\ud800", "$.companies[0].id"),
    ],
)
def test_every_kind_of_corruption_is_named_by_its_path(path, value, where):
    with pytest.raises(solver.BadInstance) as caught:
        solver.parse(changed(path, value))
    assert caught.value.path == where


@pytest.mark.parametrize("document", [None, [], "x", 3])
def test_what_is_no_object_is_refused(document):
    with pytest.raises(solver.BadInstance):
        solver.parse(document)


def test_rounds_out_of_time_order_are_refused_because_gaps_would_be_misread():
    document = day(rounds=2)
    document["rounds"][0]["start"], document["rounds"][1]["start"] = "2025-06-18T15:00", "2025-06-18T14:00"
    with pytest.raises(solver.BadInstance, match=r"\$\.rounds\[1\]\.start"):
        solver.parse(document)


@pytest.mark.parametrize(
    ("assignments", "where"),
    [
        ([lock("c9", "t1", "r1")], "$.assignments[0].company"),
        ([lock("c1", "t9", "r1")], "$.assignments[0].table"),
        ([{"company": "c1"}], "$.assignments[0].table"),
        ({}, "$.assignments"),
    ],
)
def test_a_corrupt_solution_is_named_by_its_path(assignments, where):
    document = {"schema": "eventday.solution/1", "assignments": assignments}
    refused(document, where)


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"status": "perfect"}, "$.status"),
        ({"seconds": 10**400}, "$.seconds"),
        ({"seconds": "soon"}, "$.seconds"),
        ({"seed": -1}, "$.seed"),
        ({"goals": [{"name": "interest", "value": "much", "bound": 1}]}, "$.goals[0].value"),
        ({"goals": [{"name": "fair", "value": [1, -1], "bound": [1]}]}, "$.goals[0].value[1]"),
        ({"goals": [{"name": "interest", "value": 1, "bound": 1, "proven": "yes"}]}, "$.goals[0].proven"),
        ({"unmet": [{"company": "c1"}]}, "$.unmet[0].host"),
        ({"moves": [{"company": "c1", "from": "t1", "reason": "late"}]}, "$.moves[0].from"),
        ({"problems": [{"companies": 5}]}, "$.problems[0].companies"),
        ({"problems": [{"companies": [5]}]}, "$.problems[0].companies[0]"),
        ({"problems": ["all well"]}, "$.problems[0]"),
        ({"colour": "red"}, "$.colour"),
    ],
)
def test_whatever_else_is_corrupt_in_a_solution_is_named_by_its_path(more, where):
    refused({"schema": "eventday.solution/1", "assignments": []} | more, where)


def refused(document, where):
    with pytest.raises(solver.BadSolution) as caught:
        solver.parse_solution(document, solver.parse(GOOD))
    assert caught.value.path == where
