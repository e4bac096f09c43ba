"""Meetings that are being laid into rounds: who is placed where so far, and what is left of seats and turns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from solver.board import Board, Triple, bits


class Rounds:
    """Who is placed where so far; `slot` is a pair's round, −1 while it has none; what is fixed or locked `stands`."""

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
        self.stands = self.slot >= 0

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

    def move(self, seats: Sequence[tuple[int, int]]) -> None:
        """Seat everybody anew: table and round per pair, −1 for none."""
        before = zip(self.table.tolist(), self.slot.tolist(), strict=True)
        moved = [index for index, (old, new) in enumerate(zip(before, seats, strict=True)) if old != new]
        for index in moved:
            if self.slot[index] >= 0:
                self.take(index)
        for index in moved:
            table, r = seats[index]
            if r >= 0:
                self.put(index, table, r)

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


def seated(board: Board, plan: Sequence[Triple], useful: Sequence[int] = ()) -> Rounds:
    """A plan's meetings where they are, and `useful` pairs, which have no round yet."""
    where = {board.pair[c, board.table_host[t]]: (t, r) for c, t, r in plan}
    rounds = Rounds(board, sorted({*useful, *where}))
    rounds.move([where.get(pair, (-1, -1)) for pair in rounds.pairs.tolist()])
    return rounds


def seat_in_round(rounds: Rounds, indices: np.ndarray, r: int) -> list[int]:
    """Give each pair a table of its host; larger companies first. Returns those that fit nowhere and keep waiting."""
    waiting = []
    for index in sorted(indices.tolist(), key=lambda i: -rounds.seats[rounds.company[i]]):
        company = int(rounds.company[index])
        table = table_for(rounds, company, int(rounds.host[index]), r)
        if table is not None and rounds.turns[r, company] > 0:
            rounds.put(index, table, r)
        else:
            waiting.append(index)
    return waiting


def table_for(rounds: Rounds, company: int, host: int, r: int) -> int | None:
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
