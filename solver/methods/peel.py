"""Lay chosen meetings into rounds when companies come and go: one round after another, each by a flow.

König's proof peels one matching at a time off a graph, each covering every vertex of largest degree. With absences
no theorem promises success (Even, Itai and Shamir: the question is NP-hard), but the same idea works: in each round,
seat first those who can afford to wait least. A company's slack is the rounds it still has, less the meetings it still
wants; a host's is the same in seats. When every chosen meeting finds a round, the plan reaches what the network
without rounds reaches, and that bound is a proof of optimality.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from solver.board import Board, Triple, bits
from solver.methods.matching import match

URGENT = 1000
CONTINUES = 3
"""A company that has begun goes on, other things being nearly equal: that keeps its day free of gaps."""


class Rounds:
    """Who is placed where so far; `slot` is a pair's round, −1 while it has none."""

    def __init__(self, board: Board, pairs: Sequence[int]) -> None:
        self.board = board
        self.pairs = np.array(pairs, dtype=np.int64)
        self.company = np.array([board.pairs[p][0] for p in pairs], dtype=np.int64)
        self.host = np.array([board.pairs[p][1] for p in pairs], dtype=np.int64)
        self.slot = np.full(len(pairs), -1, dtype=np.int64)
        self.table = np.full(len(pairs), -1, dtype=np.int64)
        there = np.array(board.there, dtype=np.int64)
        self.there = np.array([(there >> r) & 1 for r in range(board.rounds)], dtype=np.int64).reshape(-1, len(there))
        self.teams = np.array(board.teams, dtype=np.int64)
        self.seats = np.array(board.seats, dtype=np.int64)
        self.room = np.zeros((board.rounds, len(board.capacity)), dtype=np.int64)
        for table, mask in enumerate(board.open):
            for r in bits(mask):
                self.room[r, table] = board.capacity[table]
        self.turns = self.there * self.teams
        self.minimum = np.array(board.minimum, dtype=np.int64)
        self.guests: dict[tuple[int, int], set[int]] = {}
        self._place_what_stands()

    def _place_what_stands(self) -> None:
        index = {pair: i for i, pair in enumerate(zip(self.company.tolist(), self.host.tolist(), strict=True))}
        for c, t, r in dict.fromkeys((*self.board.fixed, *self.board.locks)):
            i = index.get((c, self.board.table_host[t]))
            if i is not None and self.slot[i] < 0:
                self.put(i, t, r)

    def put(self, index: int, table: int, r: int) -> None:
        """Seat a pair."""
        company = int(self.company[index])
        self.slot[index], self.table[index] = r, table
        self.room[r, table] -= self.seats[company]
        self.turns[r, company] -= 1
        if self.board.apart:
            self.guests.setdefault((table, r), set()).add(company)

    def take(self, index: int) -> None:
        """Free a pair's seat."""
        company, table, r = int(self.company[index]), int(self.table[index]), int(self.slot[index])
        self.slot[index] = self.table[index] = -1
        self.room[r, table] += self.seats[company]
        self.turns[r, company] += 1
        if self.board.apart:
            self.guests[table, r].discard(company)

    def room_of_hosts(self, r: int) -> np.ndarray:
        """Seats left per host in a round."""
        room = np.zeros(len(self.board.tables_of), dtype=np.int64)
        np.add.at(room, np.array(self.board.table_host, dtype=np.int64), np.maximum(self.room[r], 0))
        return room

    def need_of_hosts(self, r: int) -> np.ndarray:
        """Seats that a host's tables still lack to their minima in a round."""
        need = np.zeros(len(self.board.tables_of), dtype=np.int64)
        if self.minimum.any():
            capacity = np.array(self.board.capacity, dtype=np.int64)
            is_open = np.array([mask >> r & 1 for mask in self.board.open], dtype=np.int64)
            lacking = np.maximum(self.minimum - (capacity - self.room[r]), 0) * is_open
            np.add.at(need, np.array(self.board.table_host, dtype=np.int64), lacking)
        return need

    def triples(self) -> list[Triple]:
        """The meetings that have a round."""
        placed = np.flatnonzero(self.slot >= 0)
        columns = (self.company[placed], self.table[placed], self.slot[placed])
        return list(zip(*(column.tolist() for column in columns), strict=True))


def peel(board: Board, pairs: Sequence[int], pause: Callable[[], None] | None = None) -> list[Triple]:
    """Place as many of `pairs` as can be found a round for, together with what is fixed or locked.

    `pause` is called between rounds and may end it by raising.
    """
    rounds = Rounds(board, pairs)
    for r in range(board.start, board.rounds):
        if pause:
            pause()
        _peel_round(rounds, r)
    _fill_up(rounds)
    return rounds.triples()


def _peel_round(rounds: Rounds, r: int) -> None:
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


def seat_in_round(rounds: Rounds, indices: np.ndarray, r: int) -> None:
    """Give each pair a table of its host; larger companies first. One that fits nowhere keeps waiting."""
    for index in sorted(indices.tolist(), key=lambda i: -rounds.seats[rounds.company[i]]):
        company = int(rounds.company[index])
        table = _table_for(rounds, company, int(rounds.host[index]), r)
        if table is not None and rounds.turns[r, company] > 0:
            rounds.put(index, table, r)


def _table_for(rounds: Rounds, company: int, host: int, r: int) -> int | None:
    """The host's table that is furthest below its minimum, else the emptiest, among those that can take the company."""
    board = rounds.board
    foes = board.foes.get(company, set()) if board.apart else set()
    best, best_key = None, None
    for table in board.tables_of[host]:
        room = int(rounds.room[r, table])
        if room < board.seats[company] or foes & rounds.guests.get((table, r), set()):
            continue
        short = max(0, board.minimum[table] - (board.capacity[table] - room))
        key = (short, room)
        if best_key is None or key > best_key:
            best, best_key = table, key
    return best


def _fill_up(rounds: Rounds) -> None:
    """Whoever still waits takes any turn and seat that is left."""
    for index in np.flatnonzero(rounds.slot < 0).tolist():
        company, host = int(rounds.company[index]), int(rounds.host[index])
        for r in range(rounds.board.start, rounds.board.rounds):
            if rounds.turns[r, company] > 0:
                table = _table_for(rounds, company, host, r)
                if table is not None:
                    rounds.put(index, table, r)
                    break
