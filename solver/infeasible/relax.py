"""The smallest changes that would make a plan possible, kind by kind, each verified by solving the changed instance.

For each kind of demand (locks, minima of tables, minima of companies) the demand is made soft and as little of it as
possible is given up; then the changed instance is solved afresh. What does not hold up is not offered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ortools.sat.python import cp_model

from solver.board import Board, bits
from solver.clock import Run
from solver.instance import Instance, Pair
from solver.methods.lexicographic import optimise
from solver.model.goals import Stage
from solver.model.seats import Seats
from solver.solution import Assignment, Problem

Change = tuple[Instance, Problem]


def relaxations(board: Board, run: Run) -> tuple[Problem, ...]:
    """One verified change per kind of demand that suffices alone; if none does, all kinds together."""
    offers = []
    for kinds in (("locks",), ("tables",), ("companies",)):
        if offer := _relax(board, kinds, run):
            offers.append(offer)
    if not offers and (offer := _relax(board, ("locks", "tables", "companies"), run)):
        offers.append(offer)
    return tuple(offers)


def _relax(board: Board, kinds: tuple[str, ...], run: Run) -> Problem | None:
    """Give up as little as possible of these demands; None when that does not suffice or changes nothing."""
    if run.over():
        return None
    instance = board.instance
    softened = _without(instance, kinds)
    fixed = board.assignments(board.fixed)
    free = Board(softened, fixed, board.start)
    found = optimise(free, [_as_much_as_possible(board, kinds)], run)
    if found.plan is None:
        return None
    plan = board.assignments(found.plan)
    changed, told = _give_up(instance, board, plan, kinds)
    if not told[0]:
        return None
    if optimise(Board(changed, fixed, board.start), [], run).plan is None:
        return None
    return Problem("relax", f"可行的改动：{'；'.join(told[1])}。", f"This would do: {'; '.join(told[0])}.")


def _without(instance: Instance, kinds: tuple[str, ...]) -> Instance:
    if "locks" in kinds:
        host_of = {table.id: table.host for table in instance.tables}
        banned = {(pair.company, pair.host) for pair in instance.never}
        # A lock lets an unwished pair meet; as a promise the pair may still, without having to.
        extra = {(lock.company, host_of[lock.table]) for lock in instance.locks} - banned
        known = {(pair.company, pair.host) for pair in instance.must}
        instance = replace(instance, locks=(), must=(*instance.must, *(Pair(*each) for each in sorted(extra - known))))
    if "tables" in kinds:
        instance = replace(instance, tables=tuple(replace(table, min=0) for table in instance.tables))
    if "companies" in kinds:
        instance = replace(instance, companies=tuple(replace(each, min_meetings=0) for each in instance.companies))
    return instance


def _as_much_as_possible(board: Board, kinds: tuple[str, ...]) -> Callable[[Seats], list[Stage]]:
    def stages(seats: Seats) -> list[Stage]:
        model = seats.model
        missing: list[cp_model.LinearExprT] = []
        if "locks" in kinds:
            missing += [1 - seats.at[lock] if lock in seats.at else 1 for lock in board.locks]
        if "tables" in kinds:
            for table, least in enumerate(board.minimum):
                short = model.new_int_var(0, least, "")
                for r in bits(board.open[table]):
                    guests = seats.at_table.get((table, r), [])
                    model.add(sum(board.seats[company] * x for company, x in guests) + short >= least)
                missing.append(short)
        if "companies" in kinds:
            for company, least in enumerate(board.least):
                if least:
                    short = model.new_int_var(0, least, "")
                    model.add(seats.total(seats.of_company[company]) + short >= least)
                    missing.append(short)
        most = len(board.locks) + sum(board.minimum) + sum(board.least)
        return [Stage("demands", -cp_model.LinearExpr.sum(missing), -most, 0)]

    return stages


def _give_up(
    instance: Instance, board: Board, plan: tuple[Assignment, ...], kinds: tuple[str, ...]
) -> tuple[Instance, tuple[list[str], list[str]]]:
    """The instance with exactly those demands lowered that the softened plan does not meet, and sentences for each."""
    en: list[str] = []
    zh: list[str] = []
    if "locks" in kinds:
        dropped = [
            lock for lock in instance.locks if board.round[lock.round] >= board.start and Assignment(*lock) not in plan
        ]
        instance = replace(instance, locks=tuple(lock for lock in instance.locks if lock not in dropped))
        en += [f"unlock {lock.company} at {lock.table} in {lock.round}" for lock in dropped]
        zh += [f"解除 {lock.company} 在 {lock.table}（{lock.round}）的锁定" for lock in dropped]
    if "tables" in kinds:
        tables = []
        for index, table in enumerate(instance.tables):
            taken = [
                sum(
                    board.seats[board.company[a.company]]
                    for a in plan
                    if (a.table, board.round[a.round]) == (table.id, r)
                )
                for r in bits(board.open[index])
            ]
            least = min(taken, default=table.min)
            if least < table.min:
                en.append(f"lower the minimum of {table.id} from {table.min} to {least}")
                zh.append(f"将 {table.id} 的最低人数由 {table.min} 降为 {least}")
                table = replace(table, min=least)
            tables.append(table)
        instance = replace(instance, tables=tuple(tables))
    if "companies" in kinds:
        companies = []
        for company in instance.companies:
            met = sum(each.company == company.id for each in plan)
            if met < company.min_meetings:
                en.append(f"ask {met} instead of {company.min_meetings} meetings for {company.id}")
                zh.append(f"将 {company.id} 的最少对接场数由 {company.min_meetings} 降为 {met}")
                company = replace(company, min_meetings=met)
            companies.append(company)
        instance = replace(instance, companies=tuple(companies))
    return instance, (en, zh)
