"""A seat on the board."""

from __future__ import annotations

from typing import NamedTuple


class Seat(NamedTuple):
    """An assignment by the ids of the instance."""

    company: str
    table: str
    round: str
