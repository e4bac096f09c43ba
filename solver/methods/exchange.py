"""What `interest` can be at most when fairness stays a little below its bound.

The stacked flow speaks of interest only while fairness is met in full. Where a plan misses it at one level, by a few
companies, that level is priced instead (Lagrange): the flow may give it up, but each company at it is worth so much
interest, and what the plan has reached of it is taken off again. For any price the result bounds every plan that is as
fair, so the price is chosen that makes it least; the bound is convex in it, and its slope tells which way to go.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from solver.clock import OutOfTimeError, Run
from solver.methods.flows import Pause
from solver.methods.network import CostOverflowError, Network
from solver.methods.relaxation import most

PARTS = 4
"""Prices are whole numbers of these parts of a point of interest."""


def interest_beside(network: Network, must: int | None, fair: Sequence[int], level: int, run: Run) -> int | None:
    """The most interest of any plan that has `must` promises and, for k up to `level`, fair[k] companies beyond k.

    `level` is the first at which the plan falls short of the flow; `must` is None when promises come later. None where
    the stacked gains would not be exact.
    """
    prices = Prices(network, must, fair, level)
    low, high, best = 0, PARTS * (1 + max(network.board.worth, default=0)), None
    while low < high and not run.over():
        price = (low + high) // 2
        try:
            bound, surplus = prices.at(price, run.pause)
        except (CostOverflowError, OutOfTimeError):
            return best
        best = bound if best is None else min(best, bound)
        if surplus == 0:
            return best
        low, high = (low, price) if surplus > 0 else (price + 1, high)
    return best


class Prices:
    """The network with everything that has been met stacked on top, and one level of fairness for sale."""

    def __init__(self, network: Network, must: int | None, fair: Sequence[int], level: int) -> None:
        self.network, self.fair, self.level = network, fair, level
        board = network.board
        self.interest = np.array(board.worth, dtype=np.int64)[network.pairs]
        self.promised = np.array(board.promised, dtype=np.int64)[network.pairs]
        self.must = must
        steps = int(network.steps.max(initial=0))
        self.met = [2 * (steps - k) - 1 for k in range(level)]
        self.reward = np.zeros(len(network.step), dtype=np.int64)
        self.reward[network.step < level] = np.array(self.met, dtype=np.int64)[network.step[network.step < level]]
        self.at_level = (network.step == level).astype(np.int64)

    def at(self, price: int, pause: Pause) -> tuple[int, int]:
        """The bound at a price, and by how many companies the flow passes what the plan reached at the level."""
        network, level = self.network, self.level
        pairs = slice(network.first_pair, network.first_host)
        gain = np.zeros(len(network.tails), dtype=np.int64)
        gain[pairs] = PARTS * self.interest
        gain[: network.first_pair] = price * self.at_level
        unit = 1 + PARTS * most(network, "interest", self.interest) + price * int(self.at_level.sum())
        gain[: network.first_pair] += unit * self.reward
        paid = price * self.fair[level] + unit * sum(a * b for a, b in zip(self.met, self.fair, strict=False))
        if self.must is not None:
            unit *= 1 + int(self.reward.sum())
            gain[pairs] += unit * self.promised
            paid += unit * self.must
        flow = network.solve(gain, pause)
        if flow is None:
            raise CostOverflowError("the minima cannot be met")
        total = sum(int(a) * int(b) for a, b in zip(gain, flow, strict=True) if b)
        return (total - paid) // PARTS, int(flow[: network.first_pair] @ self.at_level) - self.fair[level]
