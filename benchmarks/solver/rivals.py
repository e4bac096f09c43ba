"""What a user would otherwise do, for the goal `interest` alone: greedy by rank, plain CP-SAT booleans, HiGHS MILP.

Rules: once per round, once per host, seats and minima of tables, availability, companies kept apart; that is all the
compared events use. A rival calls `built` once its model stands, and returns an `Answer`.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from ortools.linear_solver.python import model_builder
from ortools.sat.python import cp_model

from solver import Instance

Built = Callable[[], None]
Group = tuple[str, str, str]


class Answer(NamedTuple):
    """What a rival found: None is no plan, or no bound. `broken` counts minima that its plan does not reach."""

    value: int | None
    bound: float | None
    broken: int = 0


def greedy(instance: Instance, _seconds: float, built: Built) -> Answer:
    """Wishes from the highest interest down, each into the first round that has a seat; minima are filled first."""
    there = {company.id: frozenset(company.rounds) for company in instance.companies}
    tables, foes = defaultdict(list), _foes(instance)
    for table in instance.tables:
        tables[table.host].append(table)
    built()
    guests: dict[tuple[str, str], set[str]] = defaultdict(set)
    busy, met, value = set(), set(), 0
    ranked = sorted(instance.wishes, key=lambda wish: -wish.worth)
    for filling_minima in (True, False) if any(table.min for table in instance.tables) else (False,):
        for wish in ranked:
            if (wish.company, wish.host) in met:
                continue
            mine = there[wish.company]
            for table, each in ((t, each) for t in tables[wish.host] for each in t.rounds if each in mine):
                seated = guests[table.id, each]
                room = len(seated) < (table.min if filling_minima else table.capacity)
                if room and (wish.company, each) not in busy and not foes[wish.company] & seated:
                    met.add((wish.company, wish.host))
                    busy.add((wish.company, each))
                    seated.add(wish.company)
                    value += wish.worth
                    break
    broken = sum(len(guests[table.id, each]) < table.min for table in instance.tables for each in table.rounds)
    return Answer(value, None, broken)


def plain_cp_sat(instance: Instance, seconds: float, built: Built) -> Answer:
    """One boolean per company, table and round, as a first textbook model would have it."""
    began = time.perf_counter()
    model = cp_model.CpModel()
    groups, terms, worths = _booleans(instance, lambda: model.new_bool_var(""))
    for group, (least, most) in zip(groups.values(), _limits(instance, groups), strict=True):
        if most == 1:
            model.add_at_most_one(group)
        if most > 1 or least:
            model.add_linear_constraint(cp_model.LinearExpr.sum(group), least, most)
    model.maximize(cp_model.LinearExpr.weighted_sum(terms, worths))
    built()
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = max(0.1, seconds - (time.perf_counter() - began))
    status = solver.solve(model)
    found = round(solver.objective_value) if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None
    return Answer(found, solver.best_objective_bound)


def highs(instance: Instance, seconds: float, built: Built) -> Answer:
    """The same model as a mixed-integer programme for HiGHS."""
    began = time.perf_counter()
    model = model_builder.Model()
    groups, terms, worths = _booleans(instance, lambda: model.new_bool_var(""))
    for group, (least, most) in zip(groups.values(), _limits(instance, groups), strict=True):
        model.add_linear_constraint(model_builder.LinearExpr.sum(group), least, most)
    model.maximize(model_builder.LinearExpr.weighted_sum(terms, worths))
    built()
    solver = model_builder.Solver("highs")
    solver.set_time_limit_in_seconds(max(0.1, seconds - (time.perf_counter() - began)))
    status = solver.solve(model)
    solved = (model_builder.SolveStatus.OPTIMAL, model_builder.SolveStatus.FEASIBLE)
    found = round(solver.objective_value) if status in solved else None
    return Answer(found, solver.best_objective_bound if found is not None else None)


def _choices(instance: Instance) -> Iterator[tuple[str, str, str, int]]:
    """Every wish in every round in which it could take place: company, table, round, interest."""
    there = {company.id: frozenset(company.rounds) for company in instance.companies}
    tables = defaultdict(list)
    for table in instance.tables:
        tables[table.host].append(table)
    for wish in instance.wishes:
        for table in tables[wish.host]:
            for each in table.rounds:
                if each in there[wish.company]:
                    yield wish.company, table.id, each, wish.worth


def _booleans(instance: Instance, new: Callable[[], Any]) -> tuple[dict[Group, list[Any]], list[Any], list[int]]:
    """A boolean per choice: in groups of which so many may be true, and all of them with what each is worth."""
    groups: dict[Group, list[Any]] = defaultdict(list)
    terms, worths, foes = [], [], _foes(instance)
    for company, table, each, worth in _choices(instance):
        x = new()
        groups["turn", company, each].append(x)
        groups["pair", company, table].append(x)
        groups["seat", table, each].append(x)
        for foe in foes[company]:
            groups[f"apart {min(company, foe)} {max(company, foe)}", table, each].append(x)
        terms.append(x)
        worths.append(worth)
    return groups, terms, worths


def _limits(instance: Instance, groups: Iterable[Group]) -> Iterator[tuple[int, int]]:
    """How many booleans of each group must and may be true."""
    seats = {table.id: (table.min, table.capacity) for table in instance.tables}
    return (seats[table] if kind == "seat" else (0, 1) for kind, table, _ in groups)


def _foes(instance: Instance) -> dict[str, set[str]]:
    """With whom each company may not share a table."""
    foes: dict[str, set[str]] = defaultdict(set)
    for first, second in instance.apart:
        foes[first].add(second)
        foes[second].add(first)
    return foes
