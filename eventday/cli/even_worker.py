"""Gunicorn's worker with threads, made to leave a connection to another that holds fewer.

All processes wait at one socket, and whoever is awake takes what comes: of sixteen stations that connected together,
one process often got all, and did the work of two while the other slept. Tablets and phones keep their connections for
hours, so that would last.
"""

from __future__ import annotations

import mmap
import struct
import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

SLOTS = 64  # as many processes as `serve --workers` allows
NOTE = struct.Struct("dd")  # how many connections a process holds, and when it said so
SLACK = 2  # so many more than the others a process may hold, and a quarter of what they hold
SILENT_AFTER = 2.5  # seconds; a worker speaks at least once a second, and one that hangs or is gone is not waited for


class EvenWorker(ThreadWorker):
    """Takes no new connection while it holds more than its share."""

    notes: mmap.mmap

    @classmethod
    def share(cls) -> None:
        """Lay out what the processes of one server tell each other; before they part."""
        cls.notes = mmap.mmap(-1, SLOTS * NOTE.size)

    @property
    def worker_connections(self) -> int:
        """How many connections this worker may hold now; looked up whenever it has something to do."""
        place, now = self.age % SLOTS, time.monotonic()
        NOTE.pack_into(self.notes, place * NOTE.size, self.nr_conns, now)
        others = [
            held
            for other, (held, said) in enumerate(NOTE.iter_unpack(self.notes[:]))
            if other != place and said and now - said < SILENT_AFTER
        ]
        fewest = int(min(others, default=self._most))
        return min(self._most, fewest + fewest // 4 + SLACK)

    @worker_connections.setter
    def worker_connections(self, most: Any) -> None:
        self._most, self.nr_conns = int(most), 0
