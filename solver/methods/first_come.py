"""A plan to have in hand while the best flow of a large day is being worked out: everybody's dearest wish, and so on.

Promises come first, then each company's first choice, then each one's second, …; of the same rank, who declares more.
Each takes the first round that has a seat. Nothing is ever taken back, so it is fast and proves nothing.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from solver.board import Board, Slot, Triple, bits
from solver.collector import collector_rests
from solver.columns import columns
from solver.methods.flows import Pause

BETWEEN_PAUSES = 20_000


@collector_rests()
def first_come(board: Board, pause: Pause) -> list[Triple]:
    """Meetings with seats, what stands included. Minima are not looked at."""
    hall = Hall(board)
    for number, pair in enumerate(_by_rank(board).tolist()):
        if number % BETWEEN_PAUSES == 0:
            pause()
        hall.seat(*board.pairs[pair])
    return hall.plan


def _by_rank(board: Board) -> np.ndarray:
    """Pairs in the order in which they are served."""
    company, _ = columns(board.pairs, 2)
    worth, waits = np.array(board.worth, dtype=np.int64), ~np.array(board.promised, dtype=bool)
    own = np.lexsort((-worth, waits, company))
    rank = np.empty(len(own), dtype=np.int64)
    rank[own] = np.arange(len(own)) - np.searchsorted(company[own], company[own])
    return np.lexsort((-worth, rank, waits))


class Hall:
    """Who sits where so far. `free` and `room` are the rounds in which a company has a turn, a table a seat.

    How many of these are left, `turns` and `seats`, is told for each company and each table round after round.
    """

    def __init__(self, board: Board) -> None:
        self.board = board
        self.plan: list[Triple] = []
        self.free, self.room = list(board.there), list(board.open)
        self.seats = [seats for seats in board.capacity for _ in range(board.rounds)]
        self.turns = [teams for teams in board.teams for _ in range(board.rounds)]
        self.guests: dict[Slot, set[int]] = defaultdict(set)
        self.most = list(board.most)
        self.receives = [len(board.there) if most is None else most for most in board.host_most]
        for triple in dict.fromkeys((*board.fixed, *board.locks)):
            self.put(*triple)
        self.stands = {(c, board.table_host[t]) for c, t, _ in self.plan}

    def seat(self, company: int, host: int) -> None:
        """Give a pair the first seat there is, if there is one."""
        free = self.free[company]
        if not free or self.most[company] <= 0 or self.receives[host] <= 0:
            return
        if self.stands and (company, host) in self.stands:
            return
        for table in self.board.tables_of[host]:
            for r in bits(free & self.room[table]) if free & self.room[table] else ():
                if self._fits(company, table, r):
                    self.put(company, table, r)
                    return

    def _fits(self, company: int, table: int, r: int) -> bool:
        if self.board.apart and self.board.foes.get(company, set()) & self.guests[table, r]:
            return False
        return self.board.seats[company] <= self.seats[table * self.board.rounds + r]

    def put(self, company: int, table: int, r: int) -> None:
        """Seat a company."""
        board, slot, turn = self.board, table * self.board.rounds + r, company * self.board.rounds + r
        self.plan.append((company, table, r))
        self.most[company] -= 1
        self.receives[board.table_host[table]] -= 1
        self.seats[slot] -= board.seats[company]
        if self.seats[slot] <= 0:
            self.room[table] &= ~(1 << r)
        self.turns[turn] -= 1
        if self.turns[turn] <= 0:
            self.free[company] &= ~(1 << r)
        if board.apart:
            self.guests[table, r].add(company)
