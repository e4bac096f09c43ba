"""A plan as people read it: who sits where, when. What every paper, sheet and calendar of a plan is made from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Slot:
    """A round. `start` and `end` are aware moments."""

    key: int
    name: str
    start: datetime
    end: datetime
    name_en: str = ""


@dataclass(frozen=True)
class Place:
    """A table and the host that receives there."""

    key: int
    label: str
    host_key: int
    host: str
    host_en: str = ""
    room: str = ""
    room_en: str = ""
    video: str = ""
    closed: frozenset[int] = frozenset()  # keys of slots


@dataclass(frozen=True)
class Visitor:
    """A company that may sit at tables."""

    key: int
    name: str
    name_en: str = ""
    capabilities: str = ""


@dataclass(frozen=True)
class Meeting:
    """A company at a table in a round, with the interest that it declared (None: it was not asked for)."""

    visitor: Visitor
    place: Place
    slot: Slot
    interest: int | None = None


@dataclass(frozen=True)
class Timetable:
    """A published version of a plan with all that its readers need; `published_at` is an aware moment."""

    slug: str
    event: str
    zone: ZoneInfo
    version: int
    published_at: datetime
    slots: tuple[Slot, ...]
    places: tuple[Place, ...]
    visitors: tuple[Visitor, ...]
    meetings: tuple[Meeting, ...] = field(default=())
    event_en: str = ""
    venue: str = ""

    def at(self, place: Place, slot: Slot) -> list[Meeting]:
        """The meetings at `place` in `slot`, in the order in which the plan names them."""
        return self._by_place_and_slot.get((place.key, slot.key), [])

    def of(self, visitor: Visitor) -> list[Meeting]:
        """The meetings of a company by time."""
        return self._by_visitor.get(visitor.key, [])

    def clock(self, moment: datetime) -> str:
        """`moment` as the clock on the wall of the event shows it, `14:30`."""
        return moment.astimezone(self.zone).strftime("%H:%M")

    def span(self, slot: Slot) -> str:
        """When a round is, `14:30–14:55`."""
        return f"{self.clock(slot.start)}–{self.clock(slot.end)}"

    @property
    def day(self) -> str:
        """The day of the first round, or of publishing where there is none, `2025-06-18`."""
        first = self.slots[0].start if self.slots else self.published_at
        return first.astimezone(self.zone).date().isoformat()

    @cached_property
    def _by_place_and_slot(self) -> dict[tuple[int, int], list[Meeting]]:
        found: dict[tuple[int, int], list[Meeting]] = defaultdict(list)
        for meeting in self.meetings:
            found[meeting.place.key, meeting.slot.key].append(meeting)
        return found

    @cached_property
    def _by_visitor(self) -> dict[int, list[Meeting]]:
        found: dict[int, list[Meeting]] = defaultdict(list)
        for meeting in sorted(self.meetings, key=lambda meeting: meeting.slot.start):
            found[meeting.visitor.key].append(meeting)
        return found
