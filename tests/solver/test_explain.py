"""Explanations: the right reason, who holds the seats, swaps and changes that really work."""

from __future__ import annotations

import pytest

import solver

from .days import day, lock, pair, parsed, random_day
from .exhaustive import Day, plans, worth

ONE_SEAT = {"rounds": 1, "tables": 1}


def answer(instance, company="c1", host="h1"):
    """The one explanation for a pair in the best plan."""
    (found,) = solver.explain(instance, solver.solve(instance), company, host)
    assert found.zh.startswith(company)
    assert found.en.startswith(company)
    return found


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"never": [pair("c1", "h1")]}, "never"),
        ({"companies": [{"id": "c1", "rounds": []}, {"id": "c2"}]}, "absent"),
        ({"companies": [{"id": "c1", "seats": 2}, {"id": "c2"}]}, "too_big"),
        ({"companies": [{"id": "c1", "max_meetings": 0}, {"id": "c2"}]}, "company_limit"),
        ({"hosts": [{"id": "h1", "max_meetings": 0}]}, "host_limit"),
        ({"tables": [{"id": "t1", "host": "h1", "capacity": 1, "rounds": []}]}, "no_table"),
        ({"wishes": [("c1", "h1", 1), ("c2", "h1", 5)]}, "full"),
        ({"wishes": []}, "not_wished"),
        ({"wishes": [("c1", "h1", 5)]}, "met"),
        (
            {
                "tables": [{"id": f"t{n}", "host": f"h{n}", "capacity": 1} for n in (1, 2)],
                "wishes": [("c1", "h1", 1), ("c1", "h2", 5)],
            },
            "busy",
        ),
        (
            {
                "tables": [{"id": "t1", "host": "h1", "capacity": 2}],
                "apart": [["c1", "c2"]],
                "wishes": [("c1", "h1", 1), ("c2", "h1", 5)],
            },
            "apart",
        ),
    ],
)
def test_the_reason_is_the_rule_that_stopped_it(more, reason):
    assert answer(solver.parse(day(**ONE_SEAT | more))).reason == reason


def test_it_says_who_holds_the_seat_and_what_a_swap_costs():
    found = answer(parsed(**ONE_SEAT, wishes=[("c1", "h1", 1), ("c2", "h1", 5)]))
    assert [(holder.company, holder.worth) for holder in found.holders] == [("c2", 5)]
    assert found.swap.before["interest"] == 5
    assert found.swap.after["interest"] == 1
    assert found.swap.proven
    assert [move.company for move in found.swap.moves] == ["c2"]
    assert "5 → 1" in found.en


def test_an_equally_good_plan_is_called_so():
    instance = parsed(**ONE_SEAT)
    plan = solver.solve(instance)
    waiting = ({"c1", "c2"} - {each.company for each in plan.assignments}).pop()
    assert answer(instance, waiting).swap.free


def test_an_unkept_promise_comes_with_changes_that_would_keep_it():
    instance = parsed(**ONE_SEAT, must=[pair("c1", "h1"), pair("c2", "h1")])
    plan = solver.solve(instance)
    waiting = ({"c1", "c2"} - {each.company for each in plan.assignments}).pop()
    assert [en for _, en in answer(instance, waiting).relaxations] == ["raise t1 to 2 seats"]


def test_a_ban_is_lifted_only_if_that_suffices():
    assert [en for _, en in answer(parsed(**ONE_SEAT, never=[pair("c1", "h1")])).relaxations] == [
        "lift the ban on c1 and h1"
    ]
    blocked = parsed(**ONE_SEAT, never=[pair("c1", "h1")], locks=[lock("c2", "t1", "r1")])
    assert answer(blocked).relaxations == ()


def test_without_a_host_every_unmet_wish_is_answered():
    instance = parsed(rounds=1, tables=3, companies=1)
    assert len(solver.explain(instance, solver.solve(instance), "c1")) == 2


def test_an_unknown_name_is_refused():
    instance = parsed()
    plan = solver.solve(instance)
    with pytest.raises(solver.BadInput, match="c9"):
        solver.explain(instance, plan, "c9")
    with pytest.raises(solver.BadInput, match="h9"):
        solver.explain(instance, plan, "c1", "h9")


@pytest.mark.parametrize("seed", range(40))
def test_every_swap_offered_is_the_cheapest_there_is(seed):
    document = random_day(seed)
    instance = solver.parse(document)
    plan = solver.solve(instance)
    goals = ("must", "fair", "interest", "gaps")
    today = Day(document)
    if not plan.found:
        return
    for company in today.companies:
        for found in solver.explain(instance, plan, company):
            granting = [
                worth(today, each, goals)
                for each in plans(today)
                if any(c == company and today.tables[t]["host"] == found.host for c, t, _ in each)
            ]
            assert (found.swap is None) == (not granting)
            if found.swap:
                after = [found.swap.after[goal] for goal in goals]
                best = max(granting)
                assert [after[0], after[2], -after[3]] == [best[0], best[2], best[3]]
