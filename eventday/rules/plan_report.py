"""What a report of a plan says: its goals and their proof, how fairly it serves, how full its tables are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class GoalLine:
    """A goal by its name (must, fair, floor, interest, gaps), as text: value, proven limit."""

    name: str
    value: str
    bound: str
    proven: bool


@dataclass(frozen=True)
class TableLoad:
    """A table: seats taken and seats there are, round by round; None where it is closed."""

    label: str
    host: str
    host_en: str
    rounds: tuple[tuple[int, int] | None, ...]


@dataclass(frozen=True)
class PlanReport:
    """A plan at a glance. `spread[n]` companies get n wished meetings; moments are in the event's time zone."""

    event: str
    event_en: str
    day: str
    version: str
    made_at: datetime
    rounds: tuple[tuple[str, str], ...]
    goals: tuple[GoalLine, ...]
    spread: tuple[int, ...]
    loads: tuple[TableLoad, ...]
    worst_off: tuple[str, ...]
    meetings: int
    unmet: int
