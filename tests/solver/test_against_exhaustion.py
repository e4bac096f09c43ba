"""On thousands of tiny days the solver is compared with every plan there is."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import solver

from .days import random_day
from .exhaustive import Day, best, worth

ORDERS = [
    ("must", "fair", "interest", "gaps"),
    ("must", "floor", "interest", "gaps"),
    ("interest", "fair"),
    ("fair", "interest", "must"),
    ("gaps", "interest"),
    ("floor", "fair", "gaps"),
]
seeds = st.integers(0, 10**9)


def tiny(examples):
    """Nothing is shrunk: an example is its seed."""
    return settings(max_examples=examples, phases=[Phase.generate])


def agree(document, goals):
    """The solver proves exactly what exhaustion finds, and the checker finds nothing to say."""
    instance = solver.parse(document)
    found = solver.solve(instance, objective=goals, seconds=60)
    expected = best(document, goals)
    if expected is None:
        assert found.status == "infeasible"
        assert found.problems
        return found
    assert found.status == "optimal"
    assert worth(Day(document), [tuple(each) for each in found.assignments], goals) == expected
    assert solver.check(instance, found).ok
    assert {(each.company, each.host) for each in found.unmet if each.kind == "wish"} == {
        (wish.company, wish.host) for wish in instance.wishes
    } - met(instance, found)
    return found


def met(instance, solution):
    host_of = {table.id: table.host for table in instance.tables}
    return {(each.company, host_of[each.table]) for each in solution.assignments}


@pytest.mark.parametrize("goals", ORDERS, ids=",".join)
@given(seed=seeds)
@tiny(130)
def test_any_order_of_goals_is_solved_to_the_optimum_under_every_rule(goals, seed):
    agree(random_day(seed), goals)


@given(seed=seeds, goals=st.permutations(("must", "interest", "gaps")))
@tiny(400)
def test_the_order_itself_is_obeyed(goals, seed):
    agree(random_day(seed), tuple(goals))


@pytest.mark.parametrize("goals", [("must", "fair", "interest"), ("fair", "interest"), ("interest",)], ids=",".join)
@given(seed=seeds)
@tiny(250)
def test_where_rounds_drop_out_flow_and_colouring_are_exact(goals, seed):
    found = agree(random_day(seed, rules=False), goals)
    assert found.method == "flow and edge colouring"
