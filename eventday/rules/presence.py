"""Where somebody is, told from the log of their scans alone, in whatever order those arrived.

Scans `in` and `out` are put in the order of their times. Those of one direction that follow each other are one *stay*
(inside, or away); the last stay tells where somebody is. Every stay has one scan that the others repeat, so exactly
one is told `accepted`, and an `out` that arrives late parts a stay in two where it belongs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, takewhile
from typing import TypeVar

from .checkin import State

REACHED: dict[str, State] = {"in": "arrived", "out": "left"}


@dataclass(frozen=True)
class Sighting:
    """A scan `in` or `out` of somebody: accepted, or found to repeat an earlier entry of the log."""

    id: str
    kind: str
    at: datetime
    # Told `already`: the scan of the same stay that it was told of.
    repeats: str | None = None
    # Told `already`, but the station had let them pass by itself before it could ask.
    let_pass: bool = False

    @property
    def moves(self) -> bool:
        """Whether it moved somebody, and so may be taken back; a mere repetition says that they stood there."""
        return self.repeats is None or self.let_pass


Seen = TypeVar("Seen", bound=Sighting)


def standing(log: Iterable[Seen], undone: Collection[str]) -> list[Seen]:
    """What counts of `log` (in its order), by time: what nobody took back, and repetitions of what counts.

    Of two scans of the same time the log's order holds. A repetition falls with what it repeats: who was let in by
    mistake was not inside either when the next gate said so.
    """
    counted: dict[str, Seen] = {}
    for each in log:
        if each.id not in undone if each.moves else each.repeats in counted:
            counted[each.id] = each
    return sorted(counted.values(), key=lambda each: each.at)


def where_is(log: Iterable[Seen], undone: Collection[str]) -> Seen | None:
    """The scan that tells where somebody is and since when; None where nobody has seen them."""
    stays = _stays(standing(log, undone))
    return _first_of(stays[-1]) if stays else None


def repeated_by(kind: str, at: datetime, log: Iterable[Seen], undone: Collection[str]) -> Seen | None:
    """The scan that one of `kind` made `at` repeats; None where it begins a stay."""
    counted = standing(log, undone)
    before = bisect_right(counted, at, key=lambda each: each.at)
    # What stands before it and what comes after it are one stay where both are of its kind.
    lived = list(takewhile(lambda each: each.kind == kind, reversed(counted[:before])))
    lived += takewhile(lambda each: each.kind == kind, counted[before:])
    return _first_of(lived) if lived else None


def _stays(counted: Sequence[Seen]) -> list[list[Seen]]:
    return [list(stay) for _kind, stay in groupby(counted, key=lambda each: each.kind)]


def _first_of(stay: Sequence[Seen]) -> Seen:
    """Whoever was told `accepted`, the earliest of them; in a stay that a late scan parted off, the earliest."""
    return min(stay, key=lambda each: (each.repeats is not None, each.at))
