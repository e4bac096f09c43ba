"""The difference between a published plan and its repair, as moves with reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from solver.instance import Instance
from solver.repairs.conflicts import conflicting
from solver.repairs.standing import Standing
from solver.solution import Assignment, Move, Problem, Seat


def moves_of(
    standing: Standing, instance: Instance, assignments: Sequence[Assignment], all_could_stay: bool, cause: str
) -> tuple[Move, ...]:
    """What had to go, then what moved; `to` is where the same company now meets the same host, or None.

    Who shares a seat, a turn or a limit that is too small for all is crowded out, and so is who is needed elsewhere for
    a table's minimum unless `all_could_stay`; the rest has moved for `cause`.
    """
    host_of = {table.id: table.host for table in instance.tables}
    now = {(each.company, host_of[each.table]): Seat(each.table, each.round) for each in assignments}
    kept = set(assignments)
    crowded = conflicting(standing)
    needed = set() if all_could_stay else _needed_elsewhere(standing, assignments)
    moves = [
        Move(each.company, Seat(each.table, each.round), now.get((each.company, host_of.get(each.table, ""))), reason)
        for each, reason in standing.lost
    ]
    for each in standing.possible:
        if each not in kept:
            reason = "crowded" if each in crowded or (each.company, each.round) in needed else cause
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


def _needed_elsewhere(standing: Standing, assignments: Sequence[Assignment]) -> set[tuple[str, str]]:
    """Companies, and rounds in which they now sit at a table that would not reach its minimum without them."""
    least = {table.id: table.min for table in standing.instance.tables}
    if not any(least.values()):
        return set()
    seats = {company.id: company.seats for company in standing.instance.companies}
    taken: Counter[tuple[str, str]] = Counter()
    for each in assignments:
        taken[each.table, each.round] += seats[each.company]
    published = {*standing.history, *standing.possible}
    return {
        (each.company, each.round)
        for each in assignments
        if each not in published and taken[each.table, each.round] - seats[each.company] < least[each.table]
    }
