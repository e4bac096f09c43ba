"""From chosen meetings to plans where rounds do not drop out: peel, send the homeless round, try another choice.

The best flow is one of many that are equally good, and some are easier to lay into rounds than others. So where a
meeting of the first finds no round even by asking others to make way, the flow is drawn again with a taste for other
meetings, least of all for those that were left over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from solver.board import Board, Triple
from solver.clock import Run
from solver.methods.ceilings import Ceilings
from solver.methods.peel import peel
from solver.methods.rehouse import rehouse

OTHERS = 12
"""Flows, equally good, that are tried after the first."""

AROUND_WHAT_STANDS = 1
"""The same around a plan that stands: more would hardly differ, and the rest is soon searched as a whole."""

TASTE = 4
"""Tastes are drawn below this; a meeting that was left over loses as much each time."""


def laid(
    board: Board, ceilings: Ceilings, seed: int, run: Run, pause: Callable[[], None], others: int = OTHERS
) -> Iterator[list[Triple]]:
    """Plans from the best flow and so many others; the caller stops asking when one meets the bounds.

    Not each is legal. `pause` is called between the steps of a plan and may end it by raising.
    """
    target = ceilings.target
    if target is None:
        return
    pause()
    shunned = np.zeros(len(board.pairs), dtype=np.int64)
    yield from lay(board, target.pairs, seed, run, pause, shunned)
    dice = np.random.default_rng(seed)
    for _ in range(others):
        taste = dice.integers(0, TASTE, len(board.pairs))
        another = None if run.over() else ceilings.another(np.maximum(shunned.max(initial=0) + taste - shunned, 0))
        if another is None:
            return
        yield from lay(board, another.pairs, seed, run, pause, shunned)


def lay(
    board: Board,
    pairs: Sequence[int],
    seed: int,
    run: Run,
    pause: Callable[[], None],
    shunned: np.ndarray | None = None,
) -> Iterator[list[Triple]]:
    """Plans of the chosen pairs: peeled, and, if some found no round, rehoused. `shunned` learns who was left over."""
    rounds = peel(board, pairs, pause)
    yield rounds.triples()
    if (rounds.slot < 0).any():
        if rehouse(rounds, seed, run.over) and shunned is not None:
            shunned[rounds.pairs[rounds.slot < 0]] += TASTE
        yield rounds.triples()
