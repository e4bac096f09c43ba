"""Swaps from a plan: what is told can be applied and is worth what is said, with little changed, also at size."""

from __future__ import annotations

import pytest

import solver

from .days import crowd, lock, parsed, random_day
from .exhaustive import Day, plans, worth

GOALS = ("must", "fair", "interest")


def applied(plan, swap):
    """The plan with the swap's moves and new meetings."""
    seats = {*plan.assignments}
    for move in swap.moves:
        seats.remove((move.company, *move.origin))
    seats |= {solver.Assignment(move.company, *move.to) for move in swap.moves if move.to}
    return tuple(sorted(seats | {*swap.added}))


def told_is_true(instance, plan, found):
    """The swapped plan keeps every rule, grants the meeting and is worth what is said."""
    report = solver.check(
        instance,
        solver.Solution("feasible", applied(plan, found.swap), now=plan.now),
        objective=tuple(found.swap.after),
    )
    assert report.ok, report.violations
    assert report.goals == found.swap.after
    host_of = {table.id: table.host for table in instance.tables}
    assert (found.company, found.host) in {(c, host_of[t]) for c, t, _ in applied(plan, found.swap)}


@pytest.mark.parametrize("day", [crowd(0.0), crowd(0.15), crowd(0.15, minimum=2, apart=20)])
def test_at_size_a_few_seats_change_and_the_goals_are_proven(day):
    plan = solver.solve(day, objective=GOALS)
    asked = [each for each in plan.unmet if each.reason in ("full", "busy")][::40][:3]
    assert asked
    for each in asked:
        (found,) = solver.explain(day, plan, each.company, each.host, objective=GOALS, seconds=120)
        told_is_true(day, plan, found)
        assert found.search in ("proven", "cheapest")
        assert len(found.swap.moves) <= 12


def test_idle_rounds_are_weighed_too():
    day = crowd(0.15)
    plan = solver.solve(day, seconds=5)
    each = next(each for each in plan.unmet if each.reason == "full")
    (found,) = solver.explain(day, plan, each.company, each.host, seconds=120)
    told_is_true(day, plan, found)
    assert len(found.swap.moves) <= 12


@pytest.mark.parametrize("seed", range(60, 120))
def test_no_plan_as_good_changes_fewer_seats(seed):
    document, goals = random_day(seed), (GOALS, ("must", "fair"), ("gaps", "interest"))[seed % 3]
    instance, today = solver.parse(document), Day(document)
    plan = solver.solve(instance, objective=goals)
    for company in today.companies if plan.found else ():
        for found in solver.explain(instance, plan, company, objective=goals):
            hosts = {t: table["host"] for t, table in today.tables.items()}
            granting = [each for each in plans(today) if (company, found.host) in {(c, hosts[t]) for c, t, _ in each}]
            assert (found.swap is None) == (not granting)
            assert found.search in (("proven",) if granting else ("impossible", ""))
            if found.swap:
                told_is_true(instance, plan, found)
                best = max(worth(today, each, goals) for each in granting)
                changes = [len({*plan.assignments} - {*each}) for each in granting if worth(today, each, goals) == best]
                assert worth(today, [*applied(plan, found.swap)], goals) == best
                assert len(found.swap.moves) == min(changes)


def test_that_time_ran_out_is_said():
    instance = parsed(1)
    plan = solver.solve(instance)
    waiting = next(each.company for each in plan.unmet)
    for found in (
        solver.explain(instance, plan, waiting, "h1", seconds=0)[0],
        solver.explain(instance, plan, waiting, "h1", cancel=lambda: True)[0],
    ):
        assert (found.swap, found.search, found.out_of_time) == (None, "none", True)
        assert found.en.endswith("Time ran out before the search was done.")
        assert found.zh.endswith("搜索因时间用尽而未完成。")


def test_that_no_plan_grants_it_is_said():
    instance = parsed(1, locks=[lock("c2", "t1", "r1")])
    (found,) = solver.explain(instance, solver.solve(instance), "c1", "h1")
    assert (found.swap, found.search, found.out_of_time) == (None, "impossible", False)
    assert "No plan grants it while the rules stay as they are." in found.en


@pytest.mark.parametrize("sits", ["c1", "c2"])
def test_a_flow_that_cannot_be_laid_does_not_count_changes(sits):
    """c1 and c2 would both be worth more than c3 and c5, but may not sit together; so one of these goes, not both."""
    table = [{"id": "t1", "host": "h1", "capacity": 3}]
    wishes = [(f"c{n}", "h1", worth) for n, worth in enumerate((5, 5, 1, 1, 1), 1)]
    instance = parsed(1, table, 5, wishes, apart=[["c1", "c2"]])
    plan = solver.Solution("feasible", tuple(solver.Assignment(who, "t1", "r1") for who in (sits, "c3", "c5")))
    (found,) = solver.explain(instance, plan, "c4", "h1", objective=("interest",))
    assert (found.search, found.swap.after) == ("proven", {"interest": 7})
    assert len(found.swap.moves) == 1
