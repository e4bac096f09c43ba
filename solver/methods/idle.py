"""How many idle rounds nobody can avoid: a bound for `gaps`, once fairness has said how many meetings companies have.

A company is busy in some set of the rounds in which it could meet anybody. Choose a set for each, so that as many
companies as fairness has reached have more than 0, 1, 2, … meetings and no round needs more seats than there are; whom
they meet is left out. As a linear programme over kinds of companies (who is there alike) this is small, and its dual
values are prices: of a company's further meeting, and of a seat in a round. For *any* prices the total

    what the meetings pay − what the seats cost + per company, the least of (idle rounds + seats − meetings)

is at most the idle rounds of every plan (Lagrange), so the prices are rounded and the bound is worked out in whole
numbers: no inexactness of the programme can make it wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from ortools.linear_solver.python import model_builder

from solver.board import Board
from solver.model.patterns import idle

PARTS = 24
"""Prices are whole numbers of these parts of an idle round."""

MOST_SETS = 30_000
"""Sets of rounds, over all kinds of companies, beyond which the programme would take longer than it is worth."""

MOST_ROUNDS = 12


class Kind(NamedTuple):
    """Companies that are alike in time: rounds they could be busy in, rounds they are, meetings per round and day."""

    possible: int
    stands: int
    teams: int
    most: int


class Prices(NamedTuple):
    """In parts of an idle round: what a meeting pays, by how many the company has; what a seat costs, by round."""

    meeting: np.ndarray
    seat: np.ndarray


class IdleRounds:
    """The days that companies of each kind can have. `few`: they are few enough to look at each."""

    def __init__(self, board: Board) -> None:
        self.board, self.few = board, board.rounds <= MOST_ROUNDS and bool(board.there)
        self.kinds = _kinds(board)
        self.count = Counter(self.kinds)
        self.few = self.few and sum(1 << kind.possible.bit_count() for kind in self.count) <= MOST_SETS
        self.sets = {kind: _sets(kind, board.rounds) for kind in self.count} if self.few else {}
        self.exact = all(board.wished) and all(kind.teams == 1 for kind in self.count)
        self.seats = _seats(board)

    def bound(self, more_than: Sequence[int]) -> int:
        """The least idle rounds of any plan in which just more_than[k] companies have more than k wished meetings."""
        prices = self.prices(more_than)
        if prices is None:
            return 0
        earned = np.concatenate(([0], np.cumsum(prices.meeting)))
        cost = self.cost(prices.seat)
        total = int(prices.meeting @ np.array(more_than, dtype=np.int64)) - int(prices.seat @ self.seats)
        for kind, count in self.count.items():
            pays = earned[np.minimum(_meets(kind, self.sets[kind]), len(more_than))]
            total += count * int((cost[self.sets[kind]] - pays).min())
        return max(0, -(-total // PARTS))

    def cost(self, seat: np.ndarray) -> np.ndarray:
        """What each set of rounds costs: its idle rounds and its seats."""
        every = np.arange(1 << self.board.rounds)
        cost = np.array([PARTS * idle(mask) for mask in every.tolist()], dtype=np.int64)
        for r, price in enumerate(seat.tolist()):
            cost[every >> r & 1 == 1] += price
        return cost

    def prices(self, more_than: Sequence[int]) -> Prices | None:
        """The prices that bound best; None when there are too many sets, or none that would do."""
        if not self.few:
            return None
        rows = _Rows(self, len(more_than))
        model = rows.model
        levels = [
            model.add(total == count if self.exact else total >= count)
            for total, count in zip(map(_total, rows.levels), more_than, strict=True)
        ]
        seats = {r: model.add(_total(own) <= int(self.seats[r])) for r, own in rows.seats.items()}
        glop = model_builder.Solver("glop")
        if glop.solve(model) != model_builder.SolveStatus.OPTIMAL:
            return None
        meeting = np.array([round(PARTS * glop.dual_value(row)) for row in levels], dtype=np.int64)
        seat = np.zeros(self.board.rounds, dtype=np.int64)
        for r, row in seats.items():
            seat[r] = max(0, round(-PARTS * glop.dual_value(row)))
        return Prices(meeting if self.exact else np.maximum(meeting, 0), seat)


class _Rows:
    """The programme's shares of each kind in each set, by the rounds they need and the meetings they give."""

    def __init__(self, days: IdleRounds, levels: int) -> None:
        self.model = model_builder.Model()
        self.levels: list[list[model_builder.Variable]] = [[] for _ in range(levels)]
        self.seats: dict[int, list[model_builder.Variable]] = {
            r: [] for r in range(days.board.start, days.board.rounds)
        }
        costs: list[float] = []
        shares: list[model_builder.Variable] = []
        for kind, count in days.count.items():
            own = []
            for mask, meets in zip(days.sets[kind].tolist(), _meets(kind, days.sets[kind]).tolist(), strict=True):
                share = self.model.new_num_var(0, np.inf, "")
                own.append(share)
                costs.append(idle(mask))
                for r, needed in self.seats.items():
                    if mask >> r & 1:
                        needed.append(share)
                for level in self.levels[:meets]:
                    level.append(share)
            self.model.add(_total(own) == count)
            shares += own
        self.model.minimize(model_builder.LinearExpr.weighted_sum(shares, costs))


def _total(shares: Sequence[model_builder.Variable]) -> model_builder.LinearExpr:
    return model_builder.LinearExpr.sum(shares)


def _kinds(board: Board) -> list[Kind]:
    """Each company's kind."""
    possible, stands = [0] * len(board.there), [0] * len(board.there)
    for company, host in board.pairs:
        possible[company] |= board.there[company] & board.open_for(host, board.seats[company])
    for company, _, r in board.fixed:
        stands[company] |= 1 << r
    columns = zip(possible, stands, board.teams, board.most, strict=True)
    return [Kind(own | held, held, teams, most) for own, held, teams, most in columns]


def _sets(kind: Kind, rounds: int) -> np.ndarray:
    """The sets of rounds, as bit masks, that a company of the kind can be busy in."""
    every = np.arange(1 << rounds, dtype=np.int64)
    fits = (every & ~kind.possible == 0) & (every & kind.stands == kind.stands)
    fits &= np.bitwise_count(every) <= max(kind.most, kind.stands.bit_count())
    return every[fits]


def _meets(kind: Kind, sets: np.ndarray) -> np.ndarray:
    """The most meetings that a company of the kind can have in each set of rounds."""
    return np.minimum(max(kind.most, kind.stands.bit_count()), kind.teams * np.bitwise_count(sets).astype(np.int64))


def _seats(board: Board) -> np.ndarray:
    """How many companies all tables can receive in each round, or already do."""
    smallest = min(board.seats, default=1)
    held = Counter(r for _, _, r in board.fixed)
    room = [
        sum(most // smallest for mask, most in zip(board.open, board.capacity, strict=True) if mask >> r & 1)
        for r in range(board.rounds)
    ]
    return np.array([max(seats, held[r]) for r, seats in enumerate(room)], dtype=np.int64)
