"""An event's own data: edited as a whole; when its day or zone moves, its day's clock moves along."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from ...models import Delegate, Event, Participation, ProgrammeItem, Round, Series, db
from ...rules.errors import Invalid
from ..editing import assign
from .events import check_day, check_timezone, settle


@dataclass(frozen=True)
class EventData:
    """What an organiser may say of an event. Moments are aware."""

    name: str
    name_en: str
    date: dt.date
    timezone: str
    venue: str
    venue_en: str
    organisers: str
    wishes_close_at: datetime | None
    needs_unveil_at: datetime | None
    retention_until: dt.date | None
    show_names_on_screen: bool


def edit_event(event: Event, data: EventData, *, series: str, now: datetime, actor: str) -> None:
    """Take `data` and the name of the series (made when it is new, none when empty).

    Raises Invalid naming the field.
    """
    if not data.name:
        raise Invalid("Give the event a name.", field="name")
    check_day(data.date)
    check_timezone(data.timezone)
    if data.retention_until and data.retention_until <= data.date:
        raise Invalid("Personal data is needed on the day itself. Take a later day.", field="retention_until")
    old_day, old_zone = event.date, event.zone
    changed = assign(event, data)
    event.series = find_or_make_series(series)
    db.session.flush()
    if event.date != old_day or event.zone != old_zone:
        _move_clock(event, old_day, old_zone)
    settle(event, "event.edit", event.slug, now=now, actor=actor, fields=sorted({*changed}))


def find_or_make_series(name: str) -> Series | None:
    """The series of that name; None for an empty one."""
    if not name:
        return None
    series = db.session.query(Series).filter_by(name=name).one_or_none()
    if series is None:
        series = Series(name=name)
        db.session.add(series)
    return series


def _move_clock(event: Event, old_day: dt.date, old_zone: ZoneInfo) -> None:
    """Rounds, programme and expectations keep what their clocks show, on the new day and in the new zone."""

    def moved(at: datetime | None) -> datetime | None:
        if at is None:
            return None
        reading = at.astimezone(old_zone).replace(tzinfo=None)
        return (reading + (event.date - old_day)).replace(tzinfo=event.zone)

    lines: list[Any] = [
        *db.session.query(Round).filter_by(event_id=event.id),
        *db.session.query(ProgrammeItem).filter_by(event_id=event.id),
    ]
    for row in lines:
        row.start, row.end = moved(row.start), moved(row.end)
    for delegate in db.session.query(Delegate).filter(Delegate.event_id == event.id, Delegate.expected_at.is_not(None)):
        delegate.expected_at = moved(delegate.expected_at)
    for part in db.session.query(Participation).filter(
        Participation.event_id == event.id, Participation.late_until.is_not(None)
    ):
        part.late_until = moved(part.late_until)
    # Deadlines are dates of their own, read in the zone that the form was shown in: only their zone changes.
    for name in ("wishes_close_at", "needs_unveil_at"):
        if at := getattr(event, name):
            setattr(event, name, at.astimezone(old_zone).replace(tzinfo=event.zone))
    db.session.flush()
