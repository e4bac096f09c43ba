"""Rest for the garbage collector while a huge day is read, seated and judged."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_rests() -> Iterator[None]:
    """Look for no circular rubbish meanwhile; also serves as a decorator.

    Who makes a million small things that last sets the collector off again and again; each time it walks over all of
    them, and finds nothing. What is no longer referred to is freed all the same.
    """
    worked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if worked:
            gc.enable()
