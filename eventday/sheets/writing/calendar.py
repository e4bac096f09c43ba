"""Calendar files (RFC 5545). Moments are in UTC, which every calendar shows in its own zone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from ...rules.timetable import Meeting, Timetable

if TYPE_CHECKING:  # loaded with the first calendar
    from icalendar import Event

PRODUCT = "-//Eventday//Matchmaking forum//ZH"


@dataclass(frozen=True)
class Entry:
    """One entry. `uid` stays the same through every version of the plan and `sequence` grows with it, so that a
    calendar moves an entry that it knows rather than adding another. `cancelled` takes it away.
    """

    uid: str
    start: datetime
    end: datetime
    title: str
    place: str = ""
    text: str = ""
    url: str = ""
    cancelled: bool = False


def calendar_file(
    name: str,
    entries: Iterable[Entry],
    *,
    sequence: int,
    stamp: datetime,
    remind_minutes: int | None = None,
    refresh_minutes: int | None = None,
) -> bytes:
    """A calendar called `name` with `entries`, all of version `sequence`, made at `stamp` (an aware moment).

    A calendar that subscribes to it is asked to look again every `refresh_minutes` (RFC 7986; Outlook's own name too).
    """
    from icalendar import Calendar, vDuration

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    if refresh_minutes is not None:
        every = vDuration(timedelta(minutes=refresh_minutes))
        calendar.add("refresh-interval", every, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", every)
    for entry in entries:
        calendar.add_component(_event(entry, sequence, stamp, remind_minutes))
    return bytes(calendar.to_ical())


def plan_calendar(timetable: Timetable) -> bytes:
    """Every meeting of the plan: an entry per company and host."""
    return calendar_file(
        f"{timetable.event} · v{timetable.version}",
        (meeting_entry(timetable, meeting) for meeting in timetable.meetings),
        sequence=timetable.version,
        stamp=timetable.published_at,
    )


def meeting_entry(timetable: Timetable, meeting: Meeting) -> Entry:
    """The entry of one meeting. Its uid names the pair, since a company meets a host once, whenever that is."""
    place = meeting.place
    where = " ".join(part for part in (place.label, place.room) if part)
    return Entry(
        uid=f"{timetable.slug}-{meeting.visitor.key}-{place.host_key}@eventday",
        start=meeting.slot.start,
        end=meeting.slot.end,
        title=f"{meeting.visitor.name} × {place.host}",
        place=", ".join(part for part in (where, timetable.venue) if part),
        text=f"{timetable.event}\n{meeting.slot.name} {timetable.span(meeting.slot)} · {where}",
    )


def _event(entry: Entry, sequence: int, stamp: datetime, remind_minutes: int | None) -> Event:
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", sequence)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", entry.start.astimezone(UTC))
    event.add("dtend", entry.end.astimezone(UTC))
    event.add("summary", entry.title)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    for field, value in (("location", entry.place), ("description", entry.text), ("url", entry.url)):
        if value:
            event.add(field, value)
    if remind_minutes is not None and not entry.cancelled:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.title)
        alarm.add("trigger", timedelta(minutes=-remind_minutes))
        event.add_component(alarm)
    return event
