"""What a user would otherwise do, for the goal `interest` alone: greedy by rank, plain CP-SAT booleans, HiGHS MILP.

Each returns (value, bound, seconds); a bound of None means it has none. Rules: once per round, once per host, seats,
availability; that is all the compared events use.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator

from ortools.linear_solver.python import model_builder
from ortools.sat.python import cp_model

from solver import Instance

Answer = tuple[int | None, float | None, float]


def choices(instance: Instance) -> Iterator[tuple[str, str, str, int]]:
    """Every wish in every round in which it could take place: company, table, round, interest."""
    there = {company.id: set(company.rounds) for company in instance.companies}
    tables = defaultdict(list)
    for table in instance.tables:
        tables[table.host].append(table)
    for wish in instance.wishes:
        for table in tables[wish.host]:
            for each in table.rounds:
                if each in there[wish.company]:
                    yield wish.company, table.id, each, wish.worth


def greedy(instance: Instance) -> Answer:
    """Wishes from the highest interest down, each into the first round that has a seat."""
    began = time.perf_counter()
    room = {(table.id, each): table.capacity for table in instance.tables for each in table.rounds}
    busy: set[tuple[str, str]] = set()
    met: set[tuple[str, str]] = set()
    value = 0
    for company, table, each, worth in sorted(choices(instance), key=lambda choice: -choice[3]):
        if (company, table) not in met and (company, each) not in busy and room[table, each]:
            met.add((company, table))
            busy.add((company, each))
            room[table, each] -= 1
            value += worth
    return value, None, time.perf_counter() - began


def plain_cp_sat(instance: Instance, seconds: float) -> Answer:
    """One boolean per company, table and round, as a first textbook model would have it."""
    began = time.perf_counter()
    model = cp_model.CpModel()
    per_round, per_pair, per_seat = defaultdict(list), defaultdict(list), defaultdict(list)
    terms, worths = [], []
    for company, table, each, worth in choices(instance):
        x = model.new_bool_var("")
        per_round[company, each].append(x)
        per_pair[company, table].append(x)
        per_seat[table, each].append(x)
        terms.append(x)
        worths.append(worth)
    for group in (*per_round.values(), *per_pair.values()):
        model.add_at_most_one(group)
    capacity = {table.id: table.capacity for table in instance.tables}
    for (table, _), group in per_seat.items():
        model.add(cp_model.LinearExpr.sum(group) <= capacity[table])
    model.maximize(cp_model.LinearExpr.weighted_sum(terms, worths))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = max(0.1, seconds - (time.perf_counter() - began))
    status = solver.solve(model)
    found = round(solver.objective_value) if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None
    return found, solver.best_objective_bound, time.perf_counter() - began


def highs(instance: Instance, seconds: float) -> Answer:
    """The same model as a mixed-integer programme for HiGHS."""
    began = time.perf_counter()
    model = model_builder.Model()
    groups: dict[tuple[str, ...], list[model_builder.Variable]] = defaultdict(list)
    terms, worths = [], []
    for company, table, each, worth in choices(instance):
        x = model.new_bool_var("")
        groups["round", company, each].append(x)
        groups["pair", company, table].append(x)
        groups["seat", table, each].append(x)
        terms.append(x)
        worths.append(worth)
    capacity = {table.id: table.capacity for table in instance.tables}
    for key, group in groups.items():
        model.add(model_builder.LinearExpr.sum(group) <= (capacity[key[1]] if key[0] == "seat" else 1))
    model.maximize(model_builder.LinearExpr.weighted_sum(terms, worths))
    solver = model_builder.Solver("highs")
    solver.set_time_limit_in_seconds(max(0.1, seconds - (time.perf_counter() - began)))
    status = solver.solve(model)
    solved = (model_builder.SolveStatus.OPTIMAL, model_builder.SolveStatus.FEASIBLE)
    found = round(solver.objective_value) if status in solved else None
    return found, solver.best_objective_bound if found is not None else None, time.perf_counter() - began
