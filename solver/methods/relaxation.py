"""What no plan can pass: bounds from the network without rounds, in milliseconds.

The goals `must`, `fair` and `interest` become gains on arcs, stacked so that one unit of an earlier goal outweighs
everything after it. Leximin is a flow because the companies' numbers of meetings form an M-convex set, on which the
leximin vector is where any strictly convex separable cost is least (Frank and Murota): each company's unit arcs are
rewarded 2R−1, 2R−3, … . That needs every unit to be a wished meeting, so with unwished pairs the network is `loose`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from solver.board import Board
from solver.measure import histogram
from solver.methods.flows import LARGE, Pause
from solver.methods.network import CostOverflowError, Network
from solver.solution import Value

LINEAR = ("must", "fair", "interest")


class Tie(NamedTuple):
    """What chooses among flows that are equally good: a gain per arc, and the most that these can add up to."""

    gain: np.ndarray
    most: int


class Ideal:
    """The best flow for a chain of goals: its pairs, and what it reaches goal by goal."""

    def __init__(self, board: Board, network: Network, flow: np.ndarray) -> None:
        self.network, self.flow = network, flow
        self.pairs = network.chosen(flow)
        picked = np.array(self.pairs, dtype=np.int64)
        companies = np.array([board.pairs[pair][0] for pair in self.pairs], dtype=np.int64)
        wished = np.array(board.wished, dtype=bool)[picked]
        counts = np.bincount(companies[wished], minlength=len(board.there))
        self.values: dict[str, Value] = {
            "must": sum(board.promised[pair] for pair in self.pairs),
            "fair": histogram(counts.tolist()),
            "interest": sum(board.worth[pair] for pair in self.pairs),
        }


def only_wishes_matter(board: Board) -> bool:
    """Every seat that has to be taken counts as a wished meeting: the condition under which leximin is a flow.

    Unwished pairs do no harm while nothing asks for them: no promise, nothing fixed, locked or granted, no minimum.
    """
    if all(board.wished):
        return True
    stands = {(c, board.table_host[t]) for c, t, _ in (*board.fixed, *board.locks)} | board.granted
    needed = any(
        not wished and (promised or pair in stands)
        for pair, wished, promised in zip(board.pairs, board.wished, board.promised, strict=True)
    )
    return not (needed or any(board.minimum) or any(board.least))


def ideal(
    board: Board,
    goals: Sequence[str],
    loose: bool = False,
    tie: Callable[[Network], Tie] | None = None,
    pause: Pause | None = None,
    meanwhile: Pause | None = None,
) -> Ideal | None:
    """The best flow for `goals` (out of must, fair, interest) in order; None when the minima alone cannot be met.

    `tie` chooses among flows that are equally good. For `pause` and `meanwhile`
    see `flows.cheapest`. Raises `CostOverflowError` where the stacked gains would not be exact.
    """
    if pause and len(board.pairs) >= LARGE:
        pause()
    network = Network(board, loose)
    flow = network.solve(gains(network, goals, tie(network) if tie else None), pause, meanwhile)
    return None if flow is None else Ideal(board, network, flow)


def complete(board: Board, kept: Sequence[int], pause: Pause | None = None) -> Ideal | None:
    """A flow that keeps as many of `kept` as the promises and every lower bound allow, and fills up around them."""
    network = Network(board)
    keep = np.zeros(len(board.pairs), dtype=np.int64)
    keep[list(kept)] = 1
    worth, promised = np.array(board.worth, dtype=np.int64), np.array(board.promised, dtype=np.int64)
    unit = 1 + int(worth.sum())
    total = np.zeros(len(network.tails), dtype=np.int64)
    total[network.first_pair : network.first_host] = worth + unit * keep + unit * (1 + len(kept)) * promised
    flow = network.solve(total, pause)
    return None if flow is None else Ideal(board, network, flow)


def gains(network: Network, goals: Sequence[str], tie: Tie | None = None) -> np.ndarray:
    """Gain per arc: each goal's, times more than all later goals, and `tie` last of all, can add up to."""
    board = network.board
    total = np.zeros(len(network.tails), dtype=np.int64) if tie is None else tie.gain
    unit = 1 if tie is None else 1 + tie.most
    for goal in reversed(goals):
        if goal == "fair":
            arcs = slice(0, network.first_pair)
            values = 2 * int(network.steps.max(initial=0)) - 1 - 2 * network.step
        else:
            arcs = slice(network.first_pair, network.first_host)
            source = board.worth if goal == "interest" else board.promised
            values = np.array(source, dtype=np.int64)[network.pairs]
        if unit * int(values.max(initial=0)) > 2**61:
            raise CostOverflowError("the goals' weights do not fit 64 bits")
        total[arcs] += unit * values
        unit *= 1 + most(network, goal, values)
    return total


def taste(network: Network, of_pair: np.ndarray) -> Tie:
    """A tie broken by a number per pair of the board: the more, the rather the pair meets."""
    gain = np.zeros(len(network.tails), dtype=np.int64)
    gain[network.first_pair : network.first_host] = of_pair[network.pairs]
    return Tie(gain, most(network, "taste", of_pair[network.pairs]))


def most(network: Network, goal: str, values: np.ndarray) -> int:
    """An upper bound on what a goal's gains can add up to in any flow: per company, its best few."""
    if goal == "fair":
        return int(values.sum())
    order = np.lexsort((-values, network.company))
    position = np.arange(len(order)) - np.searchsorted(network.company[order], network.company[order])
    counted = position < network.steps[network.company[order]]
    return int(values[order][counted].sum())
