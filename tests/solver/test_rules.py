"""Each rule alone, on days small enough to see: trivial, binding, impossible."""

from __future__ import annotations

import pytest

import solver

from .days import lock, pair, parsed


def table(name, host, capacity=1, **more):
    return {"id": name, "host": host, "capacity": capacity, **more}


def meetings(instance, **how):
    """How many meetings the best plan has; the checker must find nothing to say."""
    found = solver.solve(instance, objective=("interest",), **how)
    assert found.status == "optimal"
    assert solver.check(instance, found).ok
    return len(found.assignments)


def test_a_company_sits_once_per_round():
    assert meetings(parsed(rounds=1, tables=2, companies=1)) == 1


def test_a_company_with_two_delegations_sits_twice_per_round():
    assert meetings(parsed(rounds=1, tables=2, companies=[{"id": "c1", "delegations": 2}])) == 2


def test_a_company_meets_a_host_once_even_at_two_tables():
    assert meetings(parsed(rounds=2, tables=[table("t1", "h1"), table("t2", "h1")], companies=1)) == 1


def test_seats_are_never_oversold():
    assert meetings(parsed(rounds=1, tables=[table("t1", "h1", 2)], companies=3)) == 2


def test_a_company_that_takes_two_seats_needs_both():
    big = [{"id": "c1", "seats": 2}, {"id": "c2", "seats": 2}]
    assert meetings(parsed(rounds=1, tables=[table("t1", "h1", 3)], companies=big)) == 1
    assert meetings(parsed(rounds=1, tables=[table("t1", "h1", 1)], companies=big)) == 0


def test_nobody_sits_when_it_is_away_or_the_table_is_closed():
    away = [{"id": "c1", "rounds": ["r2"]}, {"id": "c2", "rounds": []}]
    assert meetings(parsed(rounds=2, tables=1, companies=away)) == 1
    assert meetings(parsed(rounds=2, tables=[table("t1", "h1", rounds=["r1"])], companies=away)) == 0


def test_a_minimum_draws_companies_and_makes_a_day_impossible_when_it_cannot_be_reached():
    full = parsed(rounds=1, tables=[table("t1", "h1", 2, min=2)], companies=2)
    assert meetings(full) == 2
    short = parsed(rounds=1, tables=[table("t1", "h1", 2, min=2)], companies=1)
    found = solver.solve(short)
    assert found.status == "infeasible"
    assert found.problems[0].reason == "table_min"
    assert any(problem.reason == "relax" for problem in found.problems)


def test_limits_of_companies_and_hosts_bind():
    assert meetings(parsed(rounds=2, tables=2, companies=[{"id": "c1", "max_meetings": 1}])) == 1
    assert meetings(parsed(rounds=2, tables=1, companies=2, hosts=[{"id": "h1", "max_meetings": 1}])) == 1


def test_a_minimum_of_meetings_is_hard():
    greedy = [{"id": "c1"}, {"id": "c2", "min_meetings": 1}]
    wishes = [("c1", "h1", 5), ("c2", "h1", 1)]
    instance = parsed(rounds=1, tables=1, companies=greedy, wishes=wishes)
    assert [each.company for each in solver.solve(instance).assignments] == ["c2"]


def test_locks_stay_although_they_cost():
    instance = parsed(rounds=1, tables=1, wishes=[("c1", "h1", 5)], locks=[lock("c2", "t1", "r1")])
    assert [each.company for each in solver.solve(instance).assignments] == ["c2"]


def test_banned_pairs_never_meet():
    assert meetings(parsed(rounds=2, tables=1, companies=1, never=[pair("c1", "h1")])) == 0


def test_companies_kept_apart_never_share_a_table_but_may_share_a_host():
    apart = {"apart": [["c1", "c2"]]}
    assert meetings(parsed(rounds=1, tables=[table("t1", "h1", 2)], companies=2, **apart)) == 1
    assert meetings(parsed(rounds=2, tables=[table("t1", "h1", 2)], companies=2, **apart)) == 2
    assert meetings(parsed(rounds=1, tables=[table("t1", "h1", 2), table("t2", "h1", 2)], companies=2, **apart)) == 2


def test_unwished_pairs_meet_only_when_allowed_promised_or_locked():
    nobody = {"rounds": 1, "tables": 1, "companies": 1, "wishes": []}
    full = [{"id": "c1", "min_meetings": 1}]
    assert solver.solve(parsed(**nobody | {"companies": full})).status == "infeasible"
    assert len(solver.solve(parsed(**nobody | {"companies": full}, allow_unwished=True)).assignments) == 1
    assert len(solver.solve(parsed(**nobody, must=[pair("c1", "h1")])).assignments) == 1
    assert len(solver.solve(parsed(**nobody, locks=[lock("c1", "t1", "r1")])).assignments) == 1


@pytest.mark.parametrize(
    ("locks", "reason"),
    [
        ([lock("c1", "t1", "r1"), lock("c1", "t2", "r1")], "lock_clash"),
        ([lock("c1", "t1", "r1"), lock("c1", "t1", "r2")], "lock_twice"),
        ([lock("c1", "t1", "r1"), lock("c2", "t1", "r1")], "lock_capacity"),
        ([lock("c3", "t1", "r1")], "lock_absent"),
        ([lock("c1", "t3", "r1")], "lock_closed"),
        ([lock("c4", "t1", "r1")], "lock_never"),
    ],
)
def test_contradictory_locks_are_named_and_the_way_out_is_verified(locks, reason):
    companies = [{"id": "c1"}, {"id": "c2"}, {"id": "c3", "rounds": ["r2"]}, {"id": "c4"}]
    tables = [table("t1", "h1"), table("t2", "h2"), table("t3", "h3", rounds=["r2"])]
    instance = parsed(2, tables, companies, never=[pair("c4", "h1")], locks=locks)
    found = solver.solve(instance)
    assert found.status == "infeasible"
    assert [problem.reason for problem in found.problems] == [reason, "relax"]
    assert "unlock" in found.problems[1].en
