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

PARTS = 256
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


def fewest_idle_rounds(board: Board, more_than: Sequence[int]) -> int:
    """The least idle rounds of any plan in which just more_than[k] companies have more than k wished meetings."""
    if board.rounds > MOST_ROUNDS:
        return 0
    kinds = Counter(_kinds(board))
    sets = {kind: _sets(kind, board.rounds) for kind in kinds}
    if not kinds or sum(len(own) for own in sets.values()) > MOST_SETS:
        return 0
    exact = all(board.wished) and all(kind.teams == 1 for kind in kinds)
    prices = _prices(board, kinds, sets, more_than, exact)
    return 0 if prices is None else _bound(board, kinds, sets, more_than, *prices)


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


def _seats(board: Board) -> list[int]:
    """How many companies all tables can receive in each round; rounds already held ask for nothing."""
    smallest = min(board.seats, default=1)
    held = Counter(r for _, _, r in board.fixed)
    room = [
        sum(most // smallest for mask, most in zip(board.open, board.capacity, strict=True) if mask >> r & 1)
        for r in range(board.rounds)
    ]
    return [seats + held[r] for r, seats in enumerate(room)]


def _meets(kind: Kind, sets: np.ndarray) -> np.ndarray:
    """The most meetings that a company of the kind can have in each set of rounds."""
    return np.minimum(kind.most, kind.teams * np.bitwise_count(sets).astype(np.int64))


def _prices(
    board: Board, kinds: Counter[Kind], sets: dict[Kind, np.ndarray], more_than: Sequence[int], exact: bool
) -> tuple[np.ndarray, np.ndarray] | None:
    """Prices in whole parts: per further meeting, per seat in a round. None when the programme could not be solved."""
    model = model_builder.Model()
    seats: list[list[model_builder.Variable]] = [[] for _ in range(board.rounds)]
    levels: list[list[model_builder.Variable]] = [[] for _ in more_than]
    costs: list[float] = []
    variables: list[model_builder.Variable] = []
    for kind, count in kinds.items():
        own = []
        for mask, meets in zip(sets[kind].tolist(), _meets(kind, sets[kind]).tolist(), strict=True):
            share = model.new_num_var(0, np.inf, "")
            own.append(share)
            costs.append(idle(mask))
            for r in range(board.start, board.rounds):
                if mask >> r & 1:
                    seats[r].append(share)
            for level in levels[:meets]:
                level.append(share)
        variables += own
        model.add(model_builder.LinearExpr.sum(own) == count)
    rows = []
    for level, count in zip(levels, more_than, strict=True):
        total = model_builder.LinearExpr.sum(level)
        rows.append(model.add(total == count if exact else total >= count))
    limits = [
        model.add(model_builder.LinearExpr.sum(own) <= most) for own, most in zip(seats, _seats(board), strict=True)
    ]
    model.minimize(model_builder.LinearExpr.weighted_sum(variables, costs))
    glop = model_builder.Solver("glop")
    if glop.solve(model) != model_builder.SolveStatus.OPTIMAL:
        return None
    paid = np.rint([PARTS * glop.dual_value(row) for row in rows]).astype(np.int64)
    cost = np.rint([-PARTS * glop.dual_value(row) for row in limits]).astype(np.int64)
    return paid if exact else np.maximum(paid, 0), np.maximum(cost, 0)


def _bound(
    board: Board,
    kinds: Counter[Kind],
    sets: dict[Kind, np.ndarray],
    more_than: Sequence[int],
    paid: np.ndarray,
    cost: np.ndarray,
) -> int:
    """The bound at these prices, in exact arithmetic."""
    every = range(1 << board.rounds)
    of_set = np.array([PARTS * idle(mask) for mask in every], dtype=np.int64)
    for r in range(board.start, board.rounds):
        of_set[np.arange(1 << board.rounds) >> r & 1 == 1] += cost[r]
    earned = np.concatenate(([0], np.cumsum(paid), [int(paid.sum())] * (board.rounds * max(board.teams, default=1))))
    total = int(np.dot(paid, np.array(more_than, dtype=np.int64))) - int(np.dot(cost, np.array(_seats(board))))
    for kind, count in kinds.items():
        own = sets[kind]
        total += count * int((of_set[own] - earned[_meets(kind, own)]).min())
    return max(0, -(-total // PARTS))
