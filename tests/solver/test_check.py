"""The checker alone: it sees each broken rule and each false statement, and needs no optimiser to do so."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

import solver
from solver import Assignment, Goal, Solution
from solver.solution import Unmet

from .days import day, lock, pair


def rules_broken(document, seats, **more):
    plan = Solution("feasible", tuple(Assignment(*each.split()) for each in seats), **more)
    return [each.rule for each in solver.check(solver.parse(document), plan).violations]


ROOMY = [{"id": f"t{n}", "host": f"h{n}", "capacity": 2} for n in (1, 2)]


@pytest.mark.parametrize(
    ("more", "seats", "rule"),
    [
        ({}, ["c1 t1 r1", "c1 t2 r1"], "once_per_round"),
        ({}, ["c1 t1 r1", "c1 t1 r2"], "once_per_host"),
        ({"companies": [{"id": "c1", "rounds": ["r2"]}]}, ["c1 t1 r1"], "there"),
        ({"tables": [ROOMY[0] | {"rounds": ["r2"]}]}, ["c1 t1 r1"], "open"),
        ({"companies": [{"id": "c1", "seats": 3}]}, ["c1 t1 r1"], "capacity"),
        ({"tables": [ROOMY[0] | {"min": 1, "rounds": ["r1"]}]}, [], "capacity"),
        ({"companies": [{"id": "c1", "min_meetings": 1}]}, [], "limits"),
        ({"companies": [{"id": "c1", "max_meetings": 0}]}, ["c1 t1 r1"], "limits"),
        ({"tables": ROOMY[:1], "hosts": [{"id": "h1", "max_meetings": 0}]}, ["c1 t1 r1"], "limits"),
        ({"locks": [lock("c1", "t1", "r1")]}, ["c1 t1 r2"], "locks"),
        ({"never": [pair("c1", "h1")]}, ["c1 t1 r1"], "never"),
        ({"apart": [["c1", "c2"]]}, ["c1 t1 r1", "c2 t1 r1"], "apart"),
        ({"wishes": []}, ["c1 t1 r1"], "wished"),
    ],
)
def test_each_broken_rule_is_seen_and_only_that(more, seats, rule):
    assert rules_broken(day(**{"rounds": 2, "tables": ROOMY} | more), seats) == [rule]


@pytest.mark.parametrize(
    ("goal", "rule"),
    [
        (Goal("interest", 2, 2), "goals"),
        (Goal("interest", 1, 0), "goals"),
        (Goal("fair", (0, 2), (0, 2)), "goals"),
        (Goal("luck", 1, 1), "goals"),
        (Goal("interest", 1, 2, claimed=True), "goals"),
        (Goal("interest", 1, 1, claimed=False), "goals"),
    ],
)
def test_false_statements_are_seen(goal, rule):
    assert rules_broken(day(), ["c1 t1 r1"], goals=(goal,)) == [rule]


@pytest.mark.parametrize(
    ("company", "host", "kind", "reason"),
    [
        ("c1", "h1", "wish", "full"),  # takes place
        ("c2", "h1", "must", "full"),  # was never promised
        ("c2", "h1", "wish", "mood"),  # is no reason
    ],
)
def test_what_is_falsely_told_as_unmet_is_seen(company, host, kind, reason):
    plan = Solution("feasible", (Assignment("c1", "t1", "r1"),), unmet=(Unmet("c2", "h1", "wish", "full", "…"),))
    instance = solver.parse(day(1))
    assert solver.check(instance, plan).ok
    false = replace(plan, unmet=(Unmet(company, host, kind, reason, "…"),))
    assert [each.rule for each in solver.check(instance, false).violations] == ["unmet"]


def test_an_unproven_plan_that_calls_itself_optimal_is_seen():
    plan = Solution("optimal", (Assignment("c1", "t1", "r1"),), (Goal("interest", 1, 2),))
    assert [each.rule for each in solver.check(solver.parse(day()), plan).violations] == ["status"]


def test_a_certificate_that_does_not_fit_its_files_is_seen():
    instance = solver.parse(day())
    plan = solver.solve(instance)
    certificate = solver.certify(instance, plan)
    assert list(solver.false_claims(instance, plan, certificate)) == []
    for key in certificate:
        assert len(list(solver.false_claims(instance, plan, certificate | {key: "made up"}))) == 1
    assert len(list(solver.false_claims(instance, plan, certificate | {"everybody_is_happy": True}))) == 1
    assert list(solver.false_claims(instance, plan, []))


def test_checking_needs_no_optimisation_library():
    program = (
        "import sys; sys.modules['ortools'] = None\n"
        "import solver.check, solver.measure, solver.reading, solver.certificate\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
