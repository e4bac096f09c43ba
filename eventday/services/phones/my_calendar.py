"""A delegate's meetings as a calendar file that updates itself."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from ...models import Event
from ...rules.day import Meeting
from ...sheets.writing.calendar import Entry, calendar_file
from .my_day import MyDay

REMIND_MINUTES = 10


def my_calendar(event: Event, day: MyDay) -> bytes:
    """The meetings of the live plan; a meeting that an earlier version had and this one has not is cancelled.

    Before publication the calendar has no entries, and its sequence is 0.
    """
    return calendar_file(
        event.name,
        _entries(event, day),
        sequence=day.version or 0,
        stamp=day.published_at or datetime.combine(event.date, datetime.min.time(), UTC),
        remind_minutes=REMIND_MINUTES,
    )


def _entries(event: Event, day: MyDay) -> list[Entry]:
    entries = [_entry(event, uid, meeting) for uid, meeting in _named(event, day, day.meetings).items()]
    known = {entry.uid for entry in entries}
    for version in sorted(day.by_version, reverse=True):
        for uid, meeting in _named(event, day, day.by_version[version]).items():
            if uid not in known:
                known.add(uid)
                entries.append(_entry(event, uid, meeting, cancelled=True))
    return entries


def _named(event: Event, day: MyDay, meetings: list[Meeting]) -> dict[str, Meeting]:
    """Meetings by their uid: the pair, since the hour may change; a second meeting of a pair is numbered."""
    seen: Counter[str] = Counter()
    named: dict[str, Meeting] = {}
    for meeting in meetings:
        pair = f"{event.slug}-{day.holder.company_id}-{meeting.host_id}"
        if meeting.receiving:
            pair = f"{event.slug}-table-{meeting.table_id}-{meeting.slot.round_id}"
        seen[pair] += 1
        number = f"-{seen[pair]}" if seen[pair] > 1 else ""
        named[f"{pair}{number}@eventday"] = meeting
    return named


def _entry(event: Event, uid: str, meeting: Meeting, *, cancelled: bool = False) -> Entry:
    return Entry(
        uid=uid,
        start=meeting.start,
        end=meeting.end,
        title=f"{meeting.table} · {meeting.host}",
        place=" ".join(part for part in (meeting.room, meeting.table, event.venue) if part),
        text=f"{event.name}\n{meeting.slot.name}",
        url=meeting.video_url,
        cancelled=cancelled,
    )
