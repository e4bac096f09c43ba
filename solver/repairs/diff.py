"""The difference between a published plan and its repair, as moves with reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from solver.instance import Instance
from solver.repairs.standing import Standing
from solver.solution import Assignment, Move, Problem, Seat


def moves_of(
    standing: Standing, instance: Instance, assignments: Sequence[Assignment], better: bool
) -> tuple[Move, ...]:
    """What had to go, then what moved; `to` is where the same company now meets the same host, or None.

    `better`: moves were allowed for the goals' sake, so one that nothing forced is told as such.
    """
    host_of = {table.id: table.host for table in instance.tables}
    now = {(each.company, host_of[each.table]): Seat(each.table, each.round) for each in assignments}
    kept = set(assignments)
    crowded = _crowded(standing, instance)
    moves = [
        Move(each.company, Seat(each.table, each.round), now.get((each.company, host_of.get(each.table, ""))), reason)
        for each, reason in standing.lost
    ]
    for each in standing.possible:
        if each not in kept:
            reason = "crowded" if each in crowded else "better" if better else "promise"
            to = now.get((each.company, host_of[each.table]))
            moves.append(Move(each.company, Seat(each.table, each.round), to, reason))
    return tuple(moves)


def problems_of(moves: Sequence[Move]) -> tuple[Problem, ...]:
    """Every meeting that a company loses although it is there, said out loud."""
    return tuple(
        Problem(
            "meeting_lost",
            f"{move.company} 失去在 {move.origin.table}（{move.origin.round}）的对接。",
            f"{move.company} loses its meeting at {move.origin.table} in {move.origin.round}.",
            (move.company,),
            tables=(move.origin.table,),
            rounds=(move.origin.round,),
        )
        for move in moves
        if move.to is None and move.reason not in ("absent", "removed", "withdrawn")
    )


def _crowded(standing: Standing, instance: Instance) -> set[Assignment]:
    """Published assignments that cannot all stay: at tables that are too full, in turns or limits that are too few."""
    seats = {company.id: company.seats for company in instance.companies}
    capacity = {table.id: table.capacity for table in instance.tables}
    locked = [Assignment(*lock) for lock in standing.instance.locks]
    wanted = set(standing.possible) | {each for each in locked if each not in standing.history}
    load: Counter[tuple[str, str]] = Counter()
    for each in wanted:
        load[each.table, each.round] += seats[each.company]
    teams = {company.id: company.delegations for company in instance.companies}
    turns = Counter((each.company, each.round) for each in wanted)
    return {
        each
        for each in standing.possible
        if load[each.table, each.round] > capacity[each.table] or turns[each.company, each.round] > teams[each.company]
    }
