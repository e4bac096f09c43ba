"""Lists of number tuples as numpy columns. (`numpy.array` takes five times as long for a million tuples.)"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np


def columns(rows: Sequence[tuple[int, ...]], width: int) -> np.ndarray:
    """One row of the result per place in the tuples, all of which have `width` places."""
    flat = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=len(rows) * width)
    return flat.reshape(-1, width).T
