"""The smallest changes that would make a plan possible, kind by kind, each verified by solving the changed instance.

For each kind of demand (locks, minima of tables, minima of companies) the demand is made soft and as little of it as
possible is given up; then the changed instance is solved afresh. What does not hold up is not offered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from ortools.sat.python import cp_model

from solver.board import Board, bits
from solver.clock import Run
from solver.instance import Instance, Pair
from solver.methods.lexicographic import optimise
from solver.model.goals import Stage
from solver.model.seats import Seats, Sum
from solver.solution import Assignment, Problem

Plan = tuple[Assignment, ...]


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
    found = optimise(free, [_as_much_as_possible(board, kinds)], run, require=_only_as_locked(board, kinds))
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


def _only_as_locked(board: Board, kinds: tuple[str, ...]) -> Callable[[Seats], None]:
    """A pair that nothing but its lock allows meets on the locked seat or not at all: unlocked, it may not meet."""
    instance = board.instance
    allowed = {*board.wishes, *board.must, *board.fixed_at}
    at = {(c, board.table_host[t]): (c, t, r) for c, t, r in board.locks}
    bound = {} if "locks" not in kinds or instance.allow_unwished else {p: at[p] for p in at if p not in allowed}

    def require(seats: Seats) -> None:
        for (c, t, r), x in seats.at.items():
            if bound.get((c, board.table_host[t]), (c, t, r)) != (c, t, r):
                seats.model.add(x == 0)

    return require


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
                    sizes = [board.seats[company] for company, _ in guests]
                    taken: Sum = cp_model.LinearExpr.weighted_sum([x for _, x in guests], sizes)
                    model.add(taken + short >= least)
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


Told = tuple[list[str], list[str]]
"""Sentences in English and in Chinese."""


def _give_up(instance: Instance, board: Board, plan: Plan, kinds: tuple[str, ...]) -> tuple[Instance, Told]:
    """The instance with exactly those demands lowered that the softened plan does not meet, and sentences for each."""
    told: Told = ([], [])
    for kind, give_up in (("locks", _unlock), ("tables", _lower_tables), ("companies", _lower_companies)):
        if kind in kinds:
            instance = give_up(instance, board, plan, told)
    return instance, told


def _unlock(instance: Instance, board: Board, plan: Plan, told: Told) -> Instance:
    ahead = [lock for lock in instance.locks if board.round[lock.round] >= board.start]
    dropped = [lock for lock in ahead if Assignment(*lock) not in plan]
    for lock in dropped:
        told[0].append(f"unlock {lock.company} at {lock.table} in {lock.round}")
        told[1].append(f"解除 {lock.company} 在 {lock.table}（{lock.round}）的锁定")
    return replace(instance, locks=tuple(lock for lock in instance.locks if lock not in dropped))


def _lower_tables(instance: Instance, board: Board, plan: Plan, told: Told) -> Instance:
    taken: Counter[tuple[str, str]] = Counter()
    for company, table_id, round_id in plan:
        taken[table_id, round_id] += board.seats[board.company[company]]
    tables = []
    for index, table in enumerate(instance.tables):
        least = min((taken[table.id, instance.rounds[r].id] for r in bits(board.open[index])), default=table.min)
        if least < table.min:
            told[0].append(f"lower the minimum of {table.id} from {table.min} to {least}")
            told[1].append(f"将 {table.id} 的最低人数由 {table.min} 降为 {least}")
        tables.append(replace(table, min=min(least, table.min)))
    return replace(instance, tables=tuple(tables))


def _lower_companies(instance: Instance, _board: Board, plan: Plan, told: Told) -> Instance:
    met = Counter(each.company for each in plan)
    companies = []
    for company in instance.companies:
        least = min(company.min_meetings, met[company.id])
        if least < company.min_meetings:
            told[0].append(f"ask {least} instead of {company.min_meetings} meetings for {company.id}")
            told[1].append(f"将 {company.id} 的最少对接场数由 {company.min_meetings} 降为 {least}")
        companies.append(replace(company, min_meetings=least))
    return replace(instance, companies=tuple(companies))
