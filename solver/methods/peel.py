"""Lay chosen meetings into rounds when companies come and go: one round after another, each by a flow.

König's proof peels one matching at a time off a graph, each covering every vertex of largest degree. With absences
no theorem promises success (Even, Itai and Shamir: the question is NP-hard), but the same idea works: in each round,
seat first those who can afford to wait least. A company's slack is the rounds it still has, less the meetings it still
wants; a host's is the same in seats. When every chosen meeting finds a round, the plan reaches what the network
without rounds reaches, and that bound is a proof of optimality.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from solver.board import Board
from solver.methods.flows import Pause
from solver.methods.matching import match
from solver.methods.minima import reach_minima
from solver.methods.rounds import Rounds, seat_in_round, table_for

URGENT = 1000
CONTINUES = 3
"""A company that has begun goes on, other things being nearly equal: that keeps its day free of gaps."""


def peel(board: Board, pairs: Sequence[int], pause: Pause | None = None) -> Rounds:
    """Place as many of `pairs` as one pass finds a round for, together with what is fixed or locked.

    `pause` is called between rounds, and during one that takes long, and may end it by raising.
    """
    rounds = Rounds(board, pairs)
    for r in range(board.start, board.rounds):
        if pause:
            pause()
        _peel_round(rounds, r, pause)
    _fill_up(rounds)
    if rounds.minimum.any():
        reach_minima(rounds, rounds.stands)
    return rounds


def _peel_round(rounds: Rounds, r: int, pause: Pause | None) -> None:
    waiting = rounds.slot < 0
    need = rounds.need_of_hosts(r)
    open_now = np.minimum(rounds.room_of_hosts(r), np.maximum(need, _spare(rounds, waiting, r)))
    able = waiting & (rounds.turns[r, rounds.company] > 0) & (open_now[rounds.host] > 0)
    candidates = np.flatnonzero(able)
    if not len(candidates):
        return
    urgency = _urgency(rounds, waiting, r)[candidates]
    picked = match(
        rounds.company[candidates],
        rounds.host[candidates],
        urgency,
        np.maximum(rounds.turns[r], 0),
        open_now,
        need,
        pause,
    )
    seat_in_round(rounds, candidates[picked], r)


def _spare(rounds: Rounds, waiting: np.ndarray, r: int) -> np.ndarray:
    """How many meetings each host can hold now and still reach its minima in the rounds after this one."""
    asked = np.bincount(rounds.host[waiting], minlength=len(rounds.board.tables_of))
    later = sum((rounds.need_of_hosts(each) for each in range(r + 1, rounds.board.rounds)), np.zeros_like(asked))
    return asked - later


def _urgency(rounds: Rounds, waiting: np.ndarray, r: int) -> np.ndarray:
    """How badly each pair needs this round: by its company's slack and its host's."""
    companies, hosts = len(rounds.board.there), len(rounds.board.tables_of)
    wanted = np.bincount(rounds.company[waiting], minlength=companies)
    slack = np.clip(rounds.turns[r:].clip(0).sum(axis=0) - wanted, 0, 9)
    asked = np.bincount(rounds.host[waiting], minlength=hosts)
    now = rounds.room_of_hosts(r)
    ahead = sum((rounds.room_of_hosts(later) for later in range(r, rounds.board.rounds)), np.zeros(hosts, np.int64))
    host_slack = np.clip((ahead - asked) / np.maximum(now, 1), 0, 9)
    begun = np.bincount(rounds.company[rounds.slot >= 0], minlength=companies) > 0
    company_part = URGENT / (1 + 3 * slack) ** 2 + CONTINUES * begun
    host_part = URGENT / 2 * np.maximum(0, 1 - host_slack)
    return (1 + company_part[rounds.company] + host_part[rounds.host]).astype(np.int64)


def _fill_up(rounds: Rounds) -> None:
    """Whoever still waits takes any turn and seat that is left."""
    for index in np.flatnonzero(rounds.slot < 0).tolist():
        company, host = int(rounds.company[index]), int(rounds.host[index])
        for r in range(rounds.board.start, rounds.board.rounds):
            if rounds.turns[r, company] > 0:
                table = table_for(rounds, company, host, r)
                if table is not None:
                    rounds.put(index, table, r)
                    break
