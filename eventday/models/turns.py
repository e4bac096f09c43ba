"""Whose turn it is to write, between the processes of one machine that write many short transactions.

SQLite's own waiting sleeps longer and longer, up to a tenth of a second, and so leaves the file idle while somebody
wants it. On PostgreSQL two that write at once meet at the event's row, each with half of its work done and its own
threads held up. So they queue up beforehand, at a lock of the operating system, which wakes the next one at once and is
let go when its holder dies. Whoever takes no turn is served by the database as ever, and so are other machines.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app

from .base import db


@contextmanager
def turn() -> Iterator[None]:
    """Wait for this process's turn to write."""
    url = db.engine.url
    beside = url.database if url.get_backend_name() == "sqlite" else f"{current_app.instance_path}/database"
    handle = _place_to_wait(f"{beside}-turn") if beside else None  # in memory nobody else is
    if handle is None:
        yield
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _place_to_wait(file: str) -> int | None:
    """The open `file`; None where it cannot be had: a folder that takes no files keeps nobody from the database."""
    try:
        return os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        return None
