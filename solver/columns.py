"""Lists as numpy arrays, where `numpy.array` takes too long (five times, for a million tuples) or holds too little."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np


def columns(rows: Sequence[tuple[int, ...]], width: int) -> np.ndarray:
    """One row of the result per place in the tuples, all of which have `width` places."""
    flat = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=len(rows) * width)
    return flat.reshape(-1, width).T


def rounds_of(masks: Sequence[int], rounds: int) -> np.ndarray:
    """Sets of rounds as a table of truths, a row for each set."""
    found = np.empty((len(masks), rounds), dtype=bool)
    for r in range(rounds):
        found[:, r] = [mask >> r & 1 for mask in masks]
    return found
