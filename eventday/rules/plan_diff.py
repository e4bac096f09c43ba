"""Two plans side by side: which meetings are new, which moved, which are gone, and whom that concerns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from .board import Seat


class Change(NamedTuple):
    """One company's meeting with one host, before and after (None: there was none, or is none any more)."""

    company: str
    host: str
    old: Seat | None
    new: Seat | None

    @property
    def kind(self) -> str:
        """`new`, `gone` or `moved`."""
        return "new" if self.old is None else "gone" if self.new is None else "moved"


def difference(old: Iterable[Seat], new: Iterable[Seat], host_of: Callable[[str], str]) -> list[Change]:
    """What changes from `old` to `new`, by company. `host_of` names the host of a table.

    A company meets a host once, so a meeting is known by that pair, wherever it takes place.
    """
    before = {(seat.company, host_of(seat.table)): seat for seat in old}
    after = {(seat.company, host_of(seat.table)): seat for seat in new}
    return [
        Change(*pair, before.get(pair), after.get(pair))
        for pair in sorted(before.keys() | after.keys())
        if before.get(pair) != after.get(pair)
    ]


def affected(changes: Iterable[Change]) -> list[str]:
    """The companies that must be told, each once."""
    return sorted({change.company for change in changes})


def by_company(changes: Iterable[Change]) -> dict[str, list[Change]]:
    """The changes that each company is told."""
    told: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        told[change.company].append(change)
    return dict(told)
