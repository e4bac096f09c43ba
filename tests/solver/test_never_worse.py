"""The plan that is returned is never worse than the best that any method, or the caller, had to offer in time."""

from __future__ import annotations

import random

import pytest

import solver
from solver.board import Board
from solver.clock import Run
from solver.measure import rank, standing
from solver.methods.best import Best
from solver.methods.ceilings import Ceilings
from solver.methods.first_come import first_come
from solver.methods.laying import lay
from solver.methods.lexicographic import optimise
from solver.methods.polish import polished

from .days import crowd, random_day
from .exhaustive import Day, plans

GOALS = ("must", "fair", "interest")


def every_plan(document, board):
    return [board.triples([solver.Assignment(*each) for each in plan]) for plan in plans(Day(document))]


def worth(instance, board, plan):
    return standing(solver.measure(instance, board.assignments(plan), solver.DEFAULT_OBJECTIVE))


@pytest.mark.parametrize("seed", range(30))
def test_of_plans_offered_in_any_order_the_best_is_kept(seed):
    document = random_day(seed)
    instance = solver.parse(document)
    board = Board(instance)
    legal = every_plan(document, board)
    random.Random(seed).shuffle(legal)
    kept = Best(board, solver.DEFAULT_OBJECTIVE, Run(60))
    for plan in legal:
        kept.offer(plan, "some method")
        kept.offer(plan[:-1] + plan[-1:] * 2, "a method that is wrong")
    assert kept.worth == max((worth(instance, board, plan) for plan in legal), default=())


@pytest.mark.parametrize("seed", range(30))
def test_a_plan_that_the_caller_brings_is_never_lost_even_without_any_time(seed):
    document = random_day(seed)
    instance = solver.parse(document)
    board = Board(instance)
    legal = every_plan(document, board)
    if not legal:
        return
    best = max(legal, key=lambda plan: worth(instance, board, plan))
    hint = solver.Solution("feasible", board.assignments(best))
    found = solver.solve(instance, hint=hint, seconds=0.0, cancel=lambda: True)
    assert worth(instance, board, board.triples(found.assignments)) == worth(instance, board, best)


@pytest.mark.parametrize("polls", [0, 1, 3, 10, 30])
def test_whatever_was_told_as_reached_is_returned_when_cancelled_at_any_moment(polls):
    left, told = iter(range(polls)), []
    instance = crowd(0.3, 2, seats=9, minimum=2, apart=40)
    found = solver.solve(instance, progress=told.append, cancel=lambda: next(left, None) is None)
    assert solver.check(instance, found).ok
    first = found.goals[0].name
    reached = [rank(step.goal, step.value) for step in told if step.goal == first and step.value is not None]
    assert reached
    assert rank(first, found.goals[0].value) == max(reached)


@pytest.mark.parametrize("make", [lambda: crowd(0.3, 2, apart=40), lambda: solver.parse(random_day(12))])
def test_no_method_by_itself_has_a_better_plan(make):
    instance = make()
    board, run = Board(instance), Run(60)
    target = Ceilings(board, GOALS).target
    plans = [first_come(board, run.pause), *(lay(board, target.pairs, 0, run, run.pause) if target else ())]
    plans += polished(board, plans[0], GOALS, 0, run)
    if len(board.pairs) < 50:
        plans.append(optimise(board, GOALS, run).plan or [])
    found = solver.solve(instance, objective=GOALS)
    legal = [solver.Solution("feasible", board.assignments(plan)) for plan in plans]
    reports = [report for each in legal if (report := solver.check(instance, each, objective=GOALS)).ok]
    assert reports
    best = standing({goal.name: goal.value for goal in found.goals})
    assert all(standing(report.goals) <= best for report in reports)
