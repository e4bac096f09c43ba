"""Stations that this process has heard lately, so that a scan need not ask the database twice who makes it.

What is remembered says who calls and no more: whether the station may still act is asked in the transaction that
records its scans (`scan_batch`), so a revocation or a lock counts from the moment it is made.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from .calling import StationFacts, digest, known_by

MOST = 1000

_lock = Lock()
_heard: OrderedDict[str, StationFacts] = OrderedDict()


def lately_known_by(token: str) -> StationFacts | None:
    """The station that holds `token` or held it lately. Only for a request that is checked again as it acts."""
    held = digest(token)
    with _lock:
        known = _heard.get(held)
    if known is None and (known := known_by(token)) is not None:
        with _lock:
            _heard[held] = known
            while len(_heard) > MOST:
                _heard.popitem(last=False)
    return known


def forget(token: str) -> None:
    """The station was found to be stopped."""
    with _lock:
        _heard.pop(digest(token), None)
