"""A delegate's meetings as a calendar file that updates itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

from ...models import Event
from ...rules.day import Meeting
from ...sheets.writing.calendar import Entry, calendar_file
from .my_day import MyDay

REMIND_MINUTES = 10
REFRESH_MINUTES = 15

Both = Callable[[str, str], str]  # of a text in Chinese and in English, the one that the reader wants


def my_calendar(event: Event, day: MyDay, both: Both) -> bytes:
    """The meetings of the live plan; a meeting that an earlier version had and this one has not is cancelled.

    Before publication the calendar has no entries, and its sequence is 0. Calendars that subscribe ask again by
    themselves; those that took the file once know by the sequence what a newer one moves.
    """
    begun = day.published_at or datetime.combine(event.date, datetime.min.time(), UTC)
    return calendar_file(
        both(event.name, event.name_en),
        _entries(event, day, both),
        sequence=day.version or 0,
        stamp=max([begun, *(each.moved_at for each in day.meetings if each.moved_at)]),
        remind_minutes=REMIND_MINUTES,
        refresh_minutes=REFRESH_MINUTES,
    )


def _entries(event: Event, day: MyDay, both: Both) -> list[Entry]:
    entries = [_entry(event, uid, meeting, both) for uid, meeting in _named(event, day, day.meetings).items()]
    known = {entry.uid for entry in entries}
    for version in sorted(day.by_version, reverse=True):
        for uid, meeting in _named(event, day, day.by_version[version]).items():
            if uid not in known:
                known.add(uid)
                entries.append(_entry(event, uid, meeting, both, cancelled=True))
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


def _entry(event: Event, uid: str, meeting: Meeting, both: Both, *, cancelled: bool = False) -> Entry:
    where = (both(meeting.room, meeting.room_en), meeting.table, both(event.venue, event.venue_en))
    return Entry(
        uid=uid,
        start=meeting.start,
        end=meeting.end,
        title=f"{meeting.table} · {both(meeting.host, meeting.host_en)}",
        place=" ".join(part for part in where if part),
        text=f"{both(event.name, event.name_en)}\n{both(meeting.slot.name, meeting.slot.name_en)}",
        url=meeting.video_url,
        cancelled=cancelled,
    )
