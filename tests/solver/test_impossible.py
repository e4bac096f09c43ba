"""Days without a plan: said only when confirmed by something else than what found none, with what makes it so."""

from __future__ import annotations

import pytest

import solver
from solver.board import Board
from solver.infeasible.cut import starving_minima

from .days import day, random_day
from .exhaustive import Day, plans


def table(number, least, capacity=1, **more):
    return {"id": f"t{number}", "host": f"h{number}", "capacity": capacity, "min": least, **more}


@pytest.mark.parametrize(
    ("document", "named", "asked", "possible"),
    [
        # One company for two tables that each want one, in one round.
        (day(1, [table(1, 1), table(2, 1)], 1), (("t1", "t2"), ()), 2, 1),
        # Three companies that must each meet somebody, and two seats.
        (
            day(1, [table(1, 0, 2)], [{"id": f"c{n}", "min_meetings": 1} for n in (1, 2, 3)]),
            ((), ("c1", "c2", "c3")),
            3,
            2,
        ),
    ],
)
def test_minima_that_add_up_to_too_much_are_named_and_counted(document, named, asked, possible):
    found = solver.solve(solver.parse(document))
    assert found.status == "infeasible"
    first = found.problems[0]
    assert (first.reason, first.tables, first.companies) == ("minima", *named)
    assert f"{asked} 场" in first.zh
    assert f"no more than {possible}" in first.en


def test_no_sum_speaks_against_a_day_that_has_a_plan():
    seen = 0
    for seed in range(300):
        document = random_day(seed)
        if next(iter(plans(Day(document))), None) is not None:
            assert list(starving_minima(Board(solver.parse(document)))) == []
            seen += 1
    assert seen > 100


def test_a_minimum_beyond_all_reason_is_refuted_as_quickly_as_a_small_one():
    found = solver.solve(solver.parse(day(1, 1, [{"id": "c1", "min_meetings": 10**9}])))
    assert found.status == "infeasible"
    assert found.problems[0].reason == "company_min"


def test_a_day_may_have_more_rounds_than_a_machine_word_has_bits():
    instance = solver.parse(day(70, 2, 3))
    found = solver.solve(instance)
    assert found.status == "optimal"
    assert found.goal("interest").value == 6
    assert solver.check(instance, found).ok
