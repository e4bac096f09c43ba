"""What stops meetings in a finished plan, for as many pairs at once as there are wishes on a huge day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from solver.board import Board, Slot, Triple, bits
from solver.columns import columns, rounds_of

Pairs = np.ndarray
"""Companies in the first row, hosts in the second, by their numbers."""


class Seated:
    """A finished plan as arrays: who has met whom, who sits when, how many seats are left."""

    def __init__(self, board: Board, triples: Sequence[Triple]) -> None:
        self.board = board
        company, table, r = columns(triples, 3)
        host = np.array(board.table_host, dtype=np.int64)[table]
        self.met = np.sort(self._keys(np.stack([company, host])))
        self.meetings = np.bincount(company, minlength=len(board.there))
        self.received = np.bincount(host, minlength=len(board.tables_of))
        self.seats, teams = np.array(board.seats, dtype=np.int64), np.array(board.teams, dtype=np.int64)
        self.there = rounds_of(board.there, board.rounds)
        turns = np.zeros(self.there.shape, dtype=np.int64)
        np.add.at(turns, (company, r), 1)
        self.free = turns < teams[:, None]
        left = np.array(board.capacity, dtype=np.int64)[:, None].repeat(board.rounds, axis=1)
        np.subtract.at(left, (table, r), self.seats[company])
        self.left = left.tolist()
        self.guests: dict[Slot, set[int]] = defaultdict(set)
        for c, t, when in triples if board.apart else ():
            self.guests[t, when].add(c)

    def without_meeting(self, pairs: Sequence[tuple[int, int]]) -> Pairs:
        """Those of the pairs that do not meet."""
        asked = columns(pairs, 2)
        return asked[:, ~_among(self._keys(asked), self.met)]

    def ruled_out(self, pairs: Pairs) -> np.ndarray:
        """Which of the pairs may never meet."""
        return _among(self._keys(pairs), np.sort(self._keys(columns(list(self.board.never), 2))))

    def _keys(self, pairs: Pairs) -> np.ndarray:
        """A number for each pair."""
        return np.asarray(pairs[0] * len(self.board.tables_of) + pairs[1])

    def room(self, host: int, seats: int) -> int:
        """The rounds in which some table of the host has that many seats left."""
        board = self.board
        return sum(
            1 << r
            for r in range(board.rounds)
            if any(board.open[t] >> r & 1 and seats <= self.left[t][r] for t in board.tables_of[host])
        )


def reasons(board: Board, seated: Seated, pairs: Pairs) -> list[str]:
    """For each pair the first thing that stops it: what can never be, then limits, then who holds the seats."""
    company, host = pairs
    sizes = max(board.seats, default=0) + 1
    kinds, kind = np.unique(host * sizes + seated.seats[company], return_inverse=True)
    possible = rounds_of([board.open_for(*divmod(each, sizes)) for each in kinds.tolist()], board.rounds)[kind]
    room = rounds_of([seated.room(*divmod(each, sizes)) for each in kinds.tolist()], board.rounds)[kind]
    there, free = seated.there[company], seated.free[company]
    ever = np.array([any(board.open[table] for table in tables) for tables in board.tables_of], dtype=bool)
    own_most = np.array([-1 if each.max_meetings is None else each.max_meetings for each in board.instance.companies])
    most = np.array([len(board.there) + 1 if limit is None else limit for limit in board.host_most])
    stops = {
        "never": seated.ruled_out(pairs),
        "no_table": ~ever[host],
        "too_big": ~possible.any(axis=1),
        "absent": ~(there & possible).any(axis=1),
        "company_limit": seated.meetings[company] == own_most[company],
        "host_limit": seated.received[host] >= most[host],
        "full": ~(there & room).any(axis=1),
        "busy": ~(there & room & free).any(axis=1),
    }
    found = np.select(list(stops.values()), list(range(len(stops))), len(stops))
    words = [*stops, "open"]
    told = [words[number] for number in found.tolist()]
    if board.apart:
        for index in np.flatnonzero(found == len(stops)).tolist():
            if _foes_everywhere(board, seated, *pairs[:, index].tolist()):
                told[index] = "apart"
    return told


def _among(keys: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Which of the keys are among those known, which are in order. (`numpy.isin` takes ten times as long.)"""
    if not len(known):
        return np.zeros(len(keys), dtype=bool)
    place = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    return np.asarray(known[place] == keys)


def named(board: Board, pairs: Pairs) -> tuple[list[str], list[str]]:
    """The pairs' companies and hosts by their ids."""
    names = (np.array(list(ids), dtype=object) for ids in (board.company, board.host))
    companies, hosts = (ids[numbers].tolist() for ids, numbers in zip(names, pairs, strict=True))
    return companies, hosts


def _foes_everywhere(board: Board, seated: Seated, company: int, host: int) -> bool:
    """At every table with room, in every round in which the company is free, one sits from whom it is kept apart."""
    foes, seats = board.foes.get(company, set()), board.seats[company]
    slots = [(t, r) for t in board.tables_of[host] for r in bits(board.there[company] & board.open[t])]
    room = [(t, r) for t, r in slots if seated.free[company, r] and seats <= seated.left[t][r]]
    return all(foes & seated.guests.get(slot, set()) for slot in room)
