"""A delegate's day: what is on it, what comes next, and what a new version of the plan changed for this delegate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import zip_longest


@dataclass(frozen=True)
class Slot:
    """A round. `start` and `end` are aware moments, here and below."""

    round_id: int
    name: str
    name_en: str
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Stood:
    """A room in which a table stood, until a moment."""

    room: str
    room_en: str
    until: datetime


@dataclass(frozen=True)
class Meeting:
    """A seat at a host's table in a round; or, `receiving`, one's own table, at which `expected` companies sit."""

    slot: Slot
    table_id: int
    table: str
    room: str
    room_en: str
    host_id: int
    host: str
    host_en: str
    video_url: str = ""
    video_state: str = "unknown"
    stood: tuple[Stood, ...] = ()  # where its table stood before, first to last
    receiving: bool = False
    expected: int = 0

    @property
    def start(self) -> datetime:
        return self.slot.start

    @property
    def end(self) -> datetime:
        return self.slot.end

    @property
    def moved_at(self) -> datetime | None:
        """When its table last went to another room."""
        return self.stood[-1].until if self.stood else None

    def as_of(self, moment: datetime) -> Meeting:
        """The meeting in the room in which its table stood at `moment`."""
        was = next((each for each in self.stood if each.until > moment), self)
        return replace(self, room=was.room, room_en=was.room_en)


@dataclass(frozen=True)
class Line:
    """A line of the programme. `end` is None where nobody set one; `round_id` links a breakout to its round."""

    kind: str
    title: str
    title_en: str
    start: datetime
    end: datetime | None
    room: str = ""
    room_en: str = ""
    speaker: str = ""
    round_id: int | None = None


@dataclass(frozen=True)
class Change:
    """What became of one meeting between two versions: `moved`, `added` or `dropped`."""

    kind: str
    before: Meeting | None
    after: Meeting | None


def changes(before: Iterable[Meeting], after: Iterable[Meeting]) -> list[Change]:
    """What differs for one company, host by host, in the order of the day. A meeting that stayed says nothing."""
    old, new = _by_host(before), _by_host(after)
    found: list[Change] = []
    for host in {**old, **new}:
        kept = {(m.table_id, m.slot.round_id) for m in old[host]} & {(m.table_id, m.slot.round_id) for m in new[host]}
        gone = [m for m in old[host] if (m.table_id, m.slot.round_id) not in kept]
        come = [m for m in new[host] if (m.table_id, m.slot.round_id) not in kept]
        found += [_change(was, now) for was, now in zip_longest(gone, come)]
    return sorted(found, key=lambda change: (change.after or change.before).start)  # type: ignore[union-attr]


def moves(meetings: Iterable[Meeting], since: datetime) -> list[Change]:
    """The meetings whose table stands elsewhere than at `since`, and went there before they were over.

    Each with the room in which it stood then, however often it has moved. A host is told once for each of its tables.
    """
    found: dict[tuple[int, int], Change] = {}
    for each in meetings:
        before = each.as_of(since)
        if before.room != each.room and each.moved_at and each.moved_at < each.end:
            found.setdefault(
                (each.table_id, 0 if each.receiving else each.slot.round_id), Change("moved", before, each)
            )
    return list(found.values())


def _change(was: Meeting | None, now: Meeting | None) -> Change:
    return Change("moved" if was and now else "added" if now else "dropped", was, now)


def _by_host(meetings: Iterable[Meeting]) -> dict[int, list[Meeting]]:
    found: dict[int, list[Meeting]] = defaultdict(list)
    for meeting in sorted(meetings, key=lambda meeting: meeting.start):
        found[meeting.host_id].append(meeting)
    return found


def day_of(meetings: Sequence[Meeting], programme: Sequence[Line]) -> list[Meeting | Line]:
    """The whole day in order. A meeting takes the place of the programme's line for its round."""
    taken = {meeting.slot.round_id for meeting in meetings}
    lines = [line for line in programme if line.round_id not in taken or line.round_id is None]
    # At the same minute the programme's line introduces the meeting.
    return sorted([*lines, *meetings], key=lambda entry: (entry.start, isinstance(entry, Meeting)))


def current(meetings: Iterable[Meeting], now: datetime) -> Meeting | None:
    """The meeting that goes on at `now`, else the next one; None when there is none any more."""
    return min((m for m in meetings if m.end > now), key=lambda m: m.start, default=None)
