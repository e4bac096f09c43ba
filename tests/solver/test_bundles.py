"""Several stages in one solve: the stacked number keeps their order and gives them back."""

from __future__ import annotations

import itertools

from ortools.sat.python import cp_model

from solver.methods.bundles import LARGEST_TOTAL, Bundle
from solver.model.goals import Stage

LADDER = [(0, 3), (-2, 2), (0, 4)]


def stages():
    model = cp_model.CpModel()
    return [Stage("interest", model.new_int_var(low, high, ""), low, high) for low, high in LADDER]


def bundle():
    first, *later = stages()
    made = Bundle(first, 0, first.high)
    assert all(made.take(stage, stage.high) for stage in later)
    return made


def test_stacked_values_are_ordered_as_the_stages_are_and_come_back():
    made = bundle()
    everything = list(itertools.product(*(range(low, high + 1) for low, high in LADDER)))
    stacked = [made.stack(values) for values in everything]
    assert stacked == sorted(set(stacked))
    assert [tuple(made.split(total)) for total in stacked] == everything
    assert made.high == stacked[-1]


def test_a_bound_of_the_stack_limits_each_stage_only_while_those_before_it_have_met_theirs():
    made = bundle()
    assert made.limits([3, 1, 4], made.stack([3, 1, 4])) == [3, 1, 4]
    assert made.limits([3, 1, 0], made.stack([3, 1, 2])) == [3, 1, 2]
    assert made.limits([2, 1, 0], made.stack([3, -2, 1])) == [3, 2, 4]


def test_what_would_make_large_numbers_is_left_to_a_solve_of_its_own():
    model = cp_model.CpModel()
    wide = Stage("interest", model.new_int_var(0, LARGEST_TOTAL, ""), 0, LARGEST_TOTAL)
    first = Stage("must", model.new_int_var(0, 1, ""), 0, 1)
    assert not Bundle(first, 0, 1).take(wide, wide.high)
    climbed = Stage("floor", model.new_int_var(0, 1, ""), 0, 1, rung=lambda _value: model.new_bool_var(""))
    assert not Bundle(first, 0, 1).take(climbed, 1)
