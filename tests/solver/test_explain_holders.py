"""Who sits where a company could have sat, by what claim; also of plans that today's rules no longer allow."""

from __future__ import annotations

import pytest

import solver

from .days import day, lock, pair, parsed

ONE_EACH = [("c1", "h1", 1), ("c2", "h1", 1)]


def asked(instance, seats, company="c1", host="h1", now=None):
    """The explanation for a pair in a plan laid by hand: `seats` as "c2 t1 r1, …"."""
    laid = tuple(solver.Assignment(*each.split()) for each in seats.split(", "))
    plan = solver.Solution("feasible", laid, now=now)
    (found,) = solver.explain(instance, plan, company, host, objective=("must", "fair", "interest"))
    return found


def seats_of(found):
    return [(each.company, each.table, each.round) for each in found.holders]


@pytest.mark.parametrize(("there", "holder"), [("r1", ("c3", "t1", "r1")), ("r2", ("c2", "t1", "r2"))])
def test_only_who_sits_there_while_the_company_is_there_holds_its_seat(there, holder):
    instance = parsed(companies=[{"id": "c1", "rounds": [there]}, {"id": "c2"}, {"id": "c3"}])
    assert seats_of(asked(instance, "c2 t1 r2, c3 t1 r1")) == [holder]


@pytest.mark.parametrize(
    ("more", "seats", "claim", "words"),
    [
        ({"locks": [lock("c2", "t1", "r1")]}, "c2 t1 r1", "locked", "None of these seats can be given up."),
        ({"must": [pair("c2", "h1")]}, "c2 t1 r1", "must", "c2 (promised it)"),
        ({"wishes": [*ONE_EACH, ("c1", "h2", 1)]}, "c2 t1 r1, c1 t2 r2", "fair", "c2 (less fair without it)"),
        ({"wishes": [("c1", "h1", 1), ("c2", "h1", 3)]}, "c2 t1 r1", "interest", "c2 (wished it more)"),
        ({}, "c2 t1 r1", "equal", "c2 (as good a claim)"),
        ({"wishes": [("c1", "h1", 4), ("c2", "h1", 3)]}, "c2 t1 r1", "weaker", "c2 (a weaker claim by itself)"),
        ({"wishes": [*ONE_EACH, ("c2", "h2", 1)]}, "c2 t1 r1, c2 t2 r2", "weaker", "2 wished meetings in all"),
        ({"must": [pair("c1", "h1")]}, "c2 t1 r1", "weaker", "c2 (a weaker claim by itself)"),
    ],
)
def test_a_holder_is_told_with_the_claim_that_keeps_the_seat(more, seats, claim, words):
    tables = [{"id": "t1", "host": "h1", "capacity": 1, "rounds": ["r1"]}, {"id": "t2", "host": "h2", "capacity": 1}]
    found = asked(parsed(2, tables, 2, **({"wishes": ONE_EACH} | more)), seats)
    assert [(each.company, each.claim) for each in found.holders] == [("c2", claim)]
    assert words in found.en


def test_what_has_taken_place_counts_for_a_hosts_limit_and_cannot_be_given_up():
    instance = parsed(2, hosts=[{"id": "h1", "max_meetings": 1}], now="r2")
    found = asked(instance, "c2 t1 r1", now="r2")
    assert found.reason == "host_limit"
    assert [each.claim for each in found.holders] == ["held"]
    assert found.swap is None
    assert "已经开谈" in found.zh


def test_apart_says_from_whom_and_busy_says_where():
    tables = [{"id": "t1", "host": "h1", "capacity": 3, "rounds": ["r1"]}, {"id": "t2", "host": "h2", "capacity": 1}]
    kept_apart = asked(parsed(2, tables, 3, apart=[["c1", "c2"]]), "c2 t1 r1, c3 t1 r1")
    assert (kept_apart.reason, seats_of(kept_apart)) == ("apart", [("c2", "t1", "r1")])
    assert "c1 is kept apart from c2 (in r1 at t1)." in kept_apart.en
    busy = asked(parsed(2, tables, 2), "c1 t2 r1, c2 t1 r1")
    assert (busy.reason, seats_of(busy)) == ("busy", [("c1", "t2", "r1")])
    assert "c1 sits in r1 at t2." in busy.en
    assert "c1 的座位：r1 在 t2。" in busy.zh


def test_of_many_holders_the_first_are_named_and_the_others_counted():
    tables = [{"id": "t1", "host": "h1", "capacity": 9}]
    found = asked(parsed(1, tables, 10), ", ".join(f"c{n} t1 r1" for n in range(2, 11)))
    assert "c7 and 3 more (as good a claim)" in found.en
    assert "c7等 9 家（理由相当）" in found.zh


def test_a_plan_may_hold_what_todays_rules_do_not_allow():
    instance = parsed(1, 1, 2, wishes=[("c1", "h1", 5)])
    found = asked(instance, "c2 t1 r1")
    assert [(each.company, each.worth, each.claim) for each in found.holders] == [("c2", 0, "weaker")]
    assert [move.company for move in found.swap.moves] == ["c2"]
    assert asked(instance, "c9 t1 r1, c2 t9 r1").reason == "open"


@pytest.mark.parametrize("more", [{"min_meetings": 1}, {}])
def test_on_a_repaired_day_a_demand_on_who_is_absent_gives_way(more):
    who = [{"id": "c1"}, {"id": "c2"}, {"id": "c3", "rounds": []} | more]
    locks = [] if more else [lock("c3", "t1", "r1")]
    instance = solver.parse(day(1, 1, who, [("c1", "h1", 5), ("c2", "h1", 1)], locks=locks))
    published = solver.Solution("feasible", (solver.Assignment("c1", "t1", "r1"),))
    (found,) = solver.explain(instance, solver.repair(instance, published), "c2", "h1")
    assert (found.swap.before["interest"], found.swap.after["interest"]) == (5, 1)


def test_on_a_repaired_day_minima_hold_as_far_as_the_repair_could_meet_them():
    tables = [{"id": "t1", "host": "h1", "capacity": 1}]
    tables += [{"id": f"t{n}", "host": f"h{n}", "capacity": 2, "min": 2} for n in (2, 3)]
    who = [{"id": f"c{n}"} for n in range(1, 6)] + [{"id": "c6", "rounds": []}]
    wishes = [("c1", "h1", 5), ("c2", "h1", 1), *((f"c{n}", h, 1) for n in (3, 4, 5, 6) for h in ("h2", "h3"))]
    instance = solver.parse(day(1, tables, who, wishes))
    seats = ["c1 t1 r1", "c3 t2 r1", "c4 t2 r1", "c5 t3 r1", "c6 t3 r1"]
    published = solver.Solution("feasible", tuple(solver.Assignment(*each.split()) for each in seats))
    mended = solver.repair(instance, published)
    (found,) = solver.explain(instance, mended, "c2", "h1", objective=("interest",))
    assert [move.company for move in found.swap.moves] == ["c1"]
    assert found.search == "proven"
