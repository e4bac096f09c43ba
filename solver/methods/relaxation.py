"""What no plan can pass: bounds from the network without rounds, in milliseconds.

The goals `must`, `fair` and `interest` become gains on arcs, stacked so that one unit of an earlier goal outweighs
everything after it. Leximin is a flow because the companies' numbers of meetings form an M-convex set, on which the
leximin vector is where any strictly convex separable cost is least (Frank and Murota): each company's unit arcs are
rewarded 2R−1, 2R−3, … . That needs every unit to be a wished meeting, so with unwished pairs the network is `loose`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from solver.board import Board
from solver.measure import histogram
from solver.methods.network import CostOverflowError, Network
from solver.solution import Value

LINEAR = ("must", "fair", "interest")


class Ideal:
    """The best flow for a chain of goals: its pairs, and what it reaches goal by goal."""

    def __init__(self, board: Board, network: Network, flow: np.ndarray) -> None:
        self.board, self.network, self.flow = board, network, flow
        self.pairs = network.chosen(flow)
        counts = [0] * len(board.there)
        for pair in self.pairs:
            counts[board.pairs[pair][0]] += board.wished[pair]
        self.values: dict[str, Value] = {
            "must": sum(board.promised[pair] for pair in self.pairs),
            "fair": histogram(counts),
            "interest": sum(board.worth[pair] for pair in self.pairs),
        }


def only_wishes_matter(board: Board) -> bool:
    """Every seat that has to be taken counts as a wished meeting: the condition under which leximin is a flow.

    Unwished pairs do no harm while nothing asks for them: no promise, nothing fixed or locked, no minimum.
    """
    if all(board.wished):
        return True
    stands = {(c, board.table_host[t]) for c, t, _ in (*board.fixed, *board.locks)}
    needed = any(
        not wished and (promised or pair in stands)
        for pair, wished, promised in zip(board.pairs, board.wished, board.promised, strict=True)
    )
    return not (needed or any(board.minimum) or any(board.least))


def ideal(board: Board, goals: Sequence[str], loose: bool = False) -> Ideal | None:
    """The best flow for `goals` (out of must, fair, interest) in order; None when the minima alone cannot be met.

    Raises `CostOverflowError` where the stacked gains would not be exact.
    """
    network = Network(board, loose)
    flow = network.solve(gains(network, goals))
    return None if flow is None else Ideal(board, network, flow)


def gains(network: Network, goals: Sequence[str]) -> np.ndarray:
    """Gain per arc: each goal's, times more than all later goals can add up to."""
    board = network.board
    total = [0] * len(network.arcs)
    unit = 1
    for goal in reversed(goals):
        if goal == "fair":
            unit *= 1 + _stack_ladder(network, total, unit)
        else:
            source = board.worth if goal == "interest" else board.promised
            values = [int(source[pair]) for pair in network.pairs]
            for index, value in enumerate(values, start=network.first_pair):
                total[index] += unit * value
            unit *= 1 + sum(values)
    if unit > 2**62:
        raise CostOverflowError("the goals' weights do not fit 64 bits")
    return np.array(total, dtype=np.int64)


def _stack_ladder(network: Network, total: list[int], unit: int) -> int:
    """Reward each company's k-th unit less than its one before; returns the most that all rewards come to."""
    top = 2 * max(network.company_arcs, default=0)
    arc, most = 0, 0
    for steps in network.company_arcs:
        for step in range(steps):
            total[arc] += unit * (top - 1 - 2 * step)
            most += top - 1 - 2 * step
            arc += 1
    return most
