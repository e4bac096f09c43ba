"""Changes of the rules: each one that suffices alone is offered, and none that does not."""

from __future__ import annotations

import time
from collections import deque

import pytest

import solver
from solver.clock import OutOfTimeError
from solver.model.watched import WatchedModel

from .days import crowd, lock, pair, parsed


def test_seats_for_a_delegation_are_added_until_they_suffice():
    big = [{"id": name, "seats": 2} for name in ("c1", "c2")]
    table = [{"id": "t1", "host": "h1", "capacity": 2}]
    instance = parsed(1, table, big, must=[pair("c1", "h1"), pair("c2", "h1")])
    plan = solver.solve(instance)
    (found,) = solver.explain(instance, plan, next(each.company for each in plan.unmet), "h1")
    assert [en for _, en in found.relaxations] == ["raise t1 to 4 seats"]


def test_promises_that_only_a_ban_on_sitting_together_prevents_come_with_lifting_it():
    table = [{"id": "t1", "host": "h1", "capacity": 2}]
    instance = parsed(1, table, must=[pair("c1", "h1"), pair("c2", "h1")], apart=[["c1", "c2"]])
    plan = solver.solve(instance)
    (found,) = solver.explain(instance, plan, next(each.company for each in plan.unmet), "h1")
    assert [en for _, en in found.relaxations] == ["let c1 and c2 sit together"]


def test_at_size_a_promise_too_many_takes_one_seat_more():
    day = crowd(0.15)
    wishing = [wish.company for wish in day.wishes if wish.host == "h0"][:49]
    instance = solver.parse(day.to_json() | {"must": [pair(each, "h0") for each in wishing]})
    plan = solver.solve(instance, objective=("must", "fair", "interest"))
    (unkept,) = [each for each in plan.unmet if each.kind == "must"]
    (found,) = solver.explain(instance, plan, unkept.company, "h0", objective=("must", "fair", "interest"), seconds=120)
    assert [en for _, en in found.relaxations] == ["raise t0 to 9 seats"]


def test_a_pair_that_only_its_lock_allowed_does_not_meet_once_unlocked():
    late = [{"id": "c1", "rounds": ["r2"], "min_meetings": 1}]
    found = solver.solve(parsed(2, 1, late, [], locks=[lock("c1", "t1", "r1")]))
    assert found.status == "infeasible"
    assert [each.en for each in found.problems if each.reason == "relax"] == [
        "This would do: unlock c1 at t1 in r1; ask 0 instead of 1 meetings for c1."
    ]


def test_a_model_looks_at_the_clock_while_it_is_being_built():
    def pause():
        raise OutOfTimeError

    consume = deque(maxlen=0).extend

    model = WatchedModel(pause)
    with pytest.raises(OutOfTimeError):
        consume(model.new_bool_var("") for _ in range(10_000_000))


def test_a_model_that_is_built_stops_nobody_who_adds_to_it():
    def pause():
        raise OutOfTimeError

    model = WatchedModel(pause)
    model.unwatch()
    end = time.monotonic() + 0.2
    while time.monotonic() < end:
        model.new_bool_var("")
    assert len(model.proto.variables) > 100
