"""What a phone was last told, so that a poll that changes nothing is answered from one small query.

Kept per server process and lost with it; it only saves work. An answer is good as long as its stamp (the holder's and
the event's revisions) stands, and for a minute at most, should something have changed without being counted.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from time import monotonic

MOST = 10_000
SECONDS = 60.0


class Remembered:
    """Entity tags by phone."""

    def __init__(self, most: int = MOST, seconds: float = SECONDS) -> None:
        self.most, self.seconds = most, seconds
        self._lock = Lock()
        self._told: OrderedDict[tuple[object, ...], tuple[tuple[object, ...], str, float]] = OrderedDict()

    def tag(self, phone: tuple[object, ...], stamp: tuple[object, ...]) -> str | None:
        """The tag that `phone` was told under `stamp`, if that is not long ago."""
        with self._lock:
            known = self._told.get(phone)
        return known[1] if known and known[0] == stamp and monotonic() - known[2] < self.seconds else None

    def keep(self, phone: tuple[object, ...], stamp: tuple[object, ...], tag: str) -> None:
        """Remember what `phone` is told now; the phones asked longest ago are forgotten first."""
        with self._lock:
            self._told[phone] = (stamp, tag, monotonic())
            self._told.move_to_end(phone)
            while len(self._told) > self.most:
                self._told.popitem(last=False)
