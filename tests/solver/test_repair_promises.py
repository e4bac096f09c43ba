"""Repair: a kept promise is not given up for another, whoever is absent, late or new."""

from __future__ import annotations

from .days import day, pair
from .mending import as_published, repaired, seats


def test_a_company_keeps_its_promised_meeting_though_two_newcomers_are_promised_its_seats():
    document = day(
        rounds=1,
        tables=[{"id": "t1", "host": "h1", "capacity": 2}, {"id": "t2", "host": "h2", "capacity": 2}],
        companies=[{"id": "c1", "seats": 2}, {"id": "w1"}, {"id": "w2"}],
        wishes=[("c1", "h1", 5), ("c1", "h2", 1), ("w1", "h1", 1), ("w2", "h1", 1)],
        must=[pair("c1", "h1"), pair("w1", "h1"), pair("w2", "h1")],
    )
    found = repaired(document, as_published(document, "c1 t1 r1"))
    assert (found.status, seats(found), found.moves) == ("optimal", ["c1 t1 r1"], ())
    assert found.goal("must").value == 1


def promised_twice():
    tables = [{"id": f"t{n}", "host": f"h{n}", "capacity": 1} for n in (1, 3, 4)]
    return day(
        rounds=2,
        tables=[tables[0] | {"rounds": ["r1"]}, *tables[1:]],
        companies=[{"id": "c1"}, {"id": "w1"}, {"id": "w2", "rounds": ["r2"]}],
        wishes=[("c1", "h1", 1), ("c1", "h3", 1), ("c1", "h4", 1), ("w1", "h1", 1), ("w2", "h3", 1)],
        must=[pair("c1", "h1"), pair("c1", "h3"), pair("w1", "h1"), pair("w2", "h3")],
    )


def test_nor_does_it_lose_one_of_two_so_that_two_newcomers_get_theirs():
    document = promised_twice()
    found = repaired(document, as_published(document, "c1 t1 r1", "c1 t3 r2"))
    assert {"c1 t1 r1", "c1 t3 r2"} <= set(seats(found))


def test_of_allowed_moves_none_costs_a_kept_promise_either():
    document = promised_twice()
    for moves in range(3):
        found = repaired(document, as_published(document, "c1 t1 r1", "c1 t3 r2"), max_moves=moves)
        assert {("c1", "t1"), ("c1", "t3")} <= {(each.company, each.table) for each in found.assignments}


def test_a_promise_that_its_table_can_keep_later_is_kept_there():
    document = promised_twice()
    document["tables"][0]["rounds"] = ["r2"]
    document["companies"][2]["rounds"] = ["r1"]
    document["now"] = "r1"
    found = repaired(document, as_published(document, "c1 t3 r1"))
    assert {"w2 t3 r1", "c1 t3 r2"} <= set(seats(found))
    assert [(move.company, move.reason) for move in found.moves] == [("c1", "promise")]
