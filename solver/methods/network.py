"""The flow network of *who meets whom*, with the rounds left out.

    source → company → host → table → sink → source

A company sends at most as many units as it may have meetings, a pair carries at most one, a table takes what all its
open rounds hold together. Minima are lower bounds on arcs. Every plan is such a flow, so the best flow is a bound for
every plan; where rounds drop out of the problem (see `plain`) every such flow is also a plan.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from solver.board import Board
from solver.columns import columns, rounds_of
from solver.methods.flows import Pause, Question, cheapest

COST_LIMIT = 2**62
"""The solver multiplies costs by the number of nodes; what passes this could overflow 64 bits."""


class CostOverflowError(ArithmeticError):
    """The goals' weights do not fit 64-bit integers together."""


class Network:
    """Arcs with capacities and lower bounds; costs come with each `solve`.

    `loose` leaves out pairs that nobody wished and every lower bound: what remains holds the wished part of any plan,
    whatever else that plan contains.
    """

    def __init__(self, board: Board, loose: bool = False) -> None:
        self.board = board
        companies, hosts, tables = len(board.there), len(board.tables_of), len(board.capacity)
        self.source, self.sink = companies + hosts * 2 + tables, companies + hosts * 2 + tables + 1
        self.nodes = self.sink + 1
        wished = np.array(board.wished, dtype=bool)
        self.pairs = np.flatnonzero(wished) if loose else np.arange(len(board.pairs))
        self.company, host = columns(board.pairs, 2)[:, self.pairs]
        stands = np.zeros(len(self.pairs), dtype=np.int64)
        if (board.fixed or board.granted) and not loose:
            needed = board.granted.union(board.fixed_at)
            stands[:] = [board.pairs[p] in needed for p in self.pairs.tolist()]

        least = np.zeros(companies, np.int64) if loose else np.array(board.least, dtype=np.int64)
        known = np.bincount(self.company, minlength=companies)
        reach = np.minimum(np.array(board.most, dtype=np.int64), known)
        self.steps = np.maximum(reach, np.minimum(least, reach + 1))  # one more than can be is as impossible as many
        self.step_company = np.repeat(np.arange(companies), self.steps)
        self.step = np.arange(len(self.step_company)) - np.repeat(np.cumsum(self.steps) - self.steps, self.steps)
        forced = (self.step < least[self.step_company]).astype(np.int64)
        low, high = loads(board, loose)
        at = np.array(board.table_host, dtype=np.int64)
        into, out = np.arange(hosts) + companies, np.arange(hosts) + companies + hosts
        table = np.arange(tables) + companies + 2 * hosts
        limit = _host_limits(board, np.bincount(host, minlength=hosts))
        blocks = [
            (np.full(len(self.step), self.source), self.step_company, forced, np.ones(len(self.step), np.int64)),
            (self.company, companies + host, stands, np.ones(len(self.pairs), np.int64)),
            (into, out, np.zeros(hosts, np.int64), limit),
            (companies + hosts + at, table, np.zeros(tables, np.int64), high),
            (table, np.full(tables, self.sink), low, high),
            (np.array([self.sink]), np.array([self.source]), np.array([0]), np.array([whole_day(board)])),
        ]
        self.first_pair = len(self.step)
        self.first_host = self.first_pair + len(self.pairs)
        self.first_table = self.first_host + hosts
        self.tables = tables
        self.tails, self.heads, self.low, self.high = (np.concatenate(column) for column in zip(*blocks, strict=True))

    def solve(self, gain: np.ndarray, pause: Pause | None = None, meanwhile: Pause | None = None) -> np.ndarray | None:
        """The flow per arc that makes Σ gain·flow largest, or None when the lower bounds cannot all be met.

        Raises `CostOverflowError` when the gains are too large for exact 64-bit arithmetic. For `pause` and `meanwhile`
        see `flows.cheapest`.
        """
        largest = max(int(gain.max(initial=0)), -int(gain.min(initial=0)))
        if largest * (self.nodes + 1) * 2 > COST_LIMIT:
            raise CostOverflowError(f"gain {largest} on {self.nodes} nodes")
        if (self.low > self.high).any():
            return None
        supply = np.zeros(self.nodes, dtype=np.int64)
        np.add.at(supply, self.heads, self.low)
        np.subtract.at(supply, self.tails, self.low)
        question = Question(self.tails, self.heads, self.high - self.low, -gain, supply)
        try:
            flow = cheapest(question, pause, meanwhile)
        except ArithmeticError as error:
            raise CostOverflowError(str(error)) from error
        return None if flow is None else flow + self.low

    def chosen(self, flow: np.ndarray) -> list[int]:
        """The pairs that a flow picks."""
        return self.pairs[np.flatnonzero(flow[self.first_pair : self.first_host])].tolist()

    def table_loads(self, flow: np.ndarray) -> list[int]:
        """How many meetings a flow gives each table over the day."""
        return flow[self.first_table : self.first_table + self.tables].tolist()


def loads(board: Board, loose: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Fewest and most companies per table over the day: valid for any mixture of company sizes."""
    held = Counter(table for _, table, r in board.fixed if r < board.start)
    sizes = sorted(set(board.seats))
    low, high = [], []
    for table, mask in enumerate(board.open):
        rounds = mask.bit_count()
        guests = [seats for seats in sizes if seats <= board.capacity[table]]
        least = -(-board.minimum[table] // (guests or [1])[-1])
        most = board.capacity[table] // guests[0] if guests else 0
        low.append(0 if loose else held[table] + rounds * least)
        high.append(held[table] + rounds * most)
    return np.array(low, dtype=np.int64), np.array(high, dtype=np.int64)


def whole_day(board: Board) -> int:
    """How many meetings all rounds together can hold: in each, no more than companies have turns and tables have seats.

    Without this a flow believes that a seat left empty because too few were there is made good in another round. It
    only caps the sum, so the numbers of meetings that companies can have together stay M-convex.
    """
    there, teams = rounds_of(board.there, board.rounds), np.array(board.teams, dtype=np.int64)
    open_, seats = rounds_of(board.open, board.rounds), np.array(board.capacity, dtype=np.int64)
    guests = seats // min(board.seats, default=1)
    most = len(board.fixed)
    for r in range(board.start, board.rounds):
        most += min(int(teams[there[:, r]].sum()), int(guests[open_[:, r]].sum()))
    return most


def _host_limits(board: Board, known: np.ndarray) -> np.ndarray:
    most = [len(board.there) if limit is None else limit for limit in board.host_most]
    return np.minimum(np.array(most, dtype=np.int64), known)
