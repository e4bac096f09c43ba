"""Chosen meetings laid beside a plan: what it holds keeps its seat, the others find one, and few make way."""

from __future__ import annotations

from collections.abc import Sequence

from solver.board import Board, Triple
from solver.clock import Run
from solver.methods.minima import reach_minima
from solver.methods.rehouse import rehouse
from solver.methods.rounds import Rounds


def beside(board: Board, plan: Sequence[Triple], chosen: Sequence[int], seed: int, run: Run) -> list[Triple]:
    """The chosen meetings with seats, as many as find one, those of `plan` on the seats they have there if they can."""
    rounds = Rounds(board, chosen)
    seats = {board.pair.get((c, board.table_host[t])): (t, r) for c, t, r in plan}
    where = {index: seats[pair] for index, pair in enumerate(rounds.pairs.tolist()) if pair in seats}
    _sit(rounds, where)
    if rounds.minimum.any():
        reach_minima(rounds, rounds.stands)
    if (rounds.slot < 0).any():
        rehouse(rounds, seed, run.over)
        _go_back(rounds, where)
    return rounds.triples()


def _sit(rounds: Rounds, where: dict[int, tuple[int, int]]) -> bool:
    """Everybody without a seat takes their own, if it is free; tells whether anybody did."""
    moved = False
    for index, (table, r) in where.items():
        if rounds.slot[index] < 0 and _free(rounds, index, table, r):
            rounds.put(index, table, r)
            moved = True
    return moved


def _go_back(rounds: Rounds, where: dict[int, tuple[int, int]]) -> None:
    """Who made way in vain returns, over and over while that frees other seats."""
    moved = True
    while moved:
        moved = False
        for index, (table, r) in where.items():
            now = int(rounds.table[index]), int(rounds.slot[index])
            if now == (table, r) or now[1] < 0 or rounds.stands[index] or not _can_be_spared(rounds, index):
                continue
            rounds.take(index)
            back = _free(rounds, index, table, r)
            rounds.put(index, *((table, r) if back else now))
            moved = moved or back


def _free(rounds: Rounds, index: int, table: int, r: int) -> bool:
    """The meeting can take that seat."""
    board, company = rounds.board, int(rounds.company[index])
    allowed = r >= board.start and board.there[company] & board.open[table] & 1 << r
    foes = board.foes.get(company, set()) & rounds.guests.get((table, r), set()) if board.apart else set()
    return (
        bool(allowed and rounds.turns[r, company] > 0 and rounds.room[r, table] >= rounds.seats[company]) and not foes
    )


def _can_be_spared(rounds: Rounds, index: int) -> bool:
    """The table reaches its minimum without the meeting."""
    table, r = int(rounds.table[index]), int(rounds.slot[index])
    left = rounds.board.capacity[table] - int(rounds.room[r, table]) - int(rounds.seats[rounds.company[index]])
    return left >= rounds.board.minimum[table]
