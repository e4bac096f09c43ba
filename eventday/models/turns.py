"""Whose turn it is to write, between the processes that share a SQLite file.

SQLite's own waiting sleeps longer and longer, up to a tenth of a second, and so leaves the file idle while somebody
wants it. Those who write many short transactions queue up at a lock of the operating system instead, which wakes the
next one at once and is let go when its holder dies. Whoever does not take a turn is served by SQLite as ever.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from .base import db


@contextmanager
def turn() -> Iterator[None]:
    """Wait for this process's turn to write. Nothing to wait for where the database itself queues its writers."""
    url = db.engine.url
    if url.get_backend_name() != "sqlite" or not url.database:
        yield
        return
    handle = os.open(f"{url.database}-turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
