"""Events: created, found, and known to have changed."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ...models import Event, db
from ...rules.errors import Invalid, NotFound
from .. import audit

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def create_event(
    *, slug: str, name: str, on: date, now: datetime, actor: str, timezone: str = "Asia/Shanghai", name_en: str = ""
) -> Event:
    """A new event at `/events/<slug>`. Raises Invalid naming the field that is wrong or taken."""
    if not _SLUG.fullmatch(slug):
        raise Invalid("The short name takes small letters, digits and hyphens.", field="slug")
    if not name.strip():
        raise Invalid("Give the event a name.", field="name")
    if db.session.query(Event.id).filter_by(slug=slug).first():
        raise Invalid("There is an event called %(slug)s already.", field="slug", slug=slug)
    check_day(on)
    check_timezone(timezone)
    event = Event(slug=slug, name=name.strip(), name_en=name_en.strip(), date=on, timezone=timezone, created_at=now)
    db.session.add(event)
    db.session.flush()
    audit.record(at=now, actor=actor, action="event.create", event_id=event.id, target=slug)
    db.session.commit()
    return event


def free_slug(on: date) -> str:
    """The date as a short name, with a number where it is taken."""
    taken = {row[0] for row in db.session.query(Event.slug).filter(Event.slug.startswith(on.isoformat()))}
    names = (f"{on}-{number}" if number > 1 else str(on) for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def check_day(on: date) -> None:
    """Raises Invalid for a year that nobody means: clocks of other zones must find it in the calendar too."""
    if not 2000 <= on.year <= 2100:
        raise Invalid("No forum is held in the year %(year)s. Check the date.", field="date", year=on.year)


def check_timezone(timezone: str) -> None:
    """Raises Invalid unless `timezone` is one of the IANA names."""
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Invalid(
            "%(zone)s is no time zone. Take a name such as Asia/Shanghai.", field="timezone", zone=timezone
        ) from error


def find_event(slug: str) -> Event:
    """The event called `slug`; raises NotFound."""
    event = db.session.query(Event).filter_by(slug=slug).one_or_none()
    if event is None:
        raise NotFound("There is no event called %(slug)s.", slug=slug)
    return event


def hold(event: Event) -> None:
    """Let nobody else change `event` or edit what is in it until this transaction ends.

    For editors that compare what is there with what they were shown; on SQLite every writer holds everything anyway.
    """
    db.session.query(Event.id).filter_by(id=event.id).with_for_update().one()


def touch(event_id: int) -> int:
    """Count a change that stations and phones must hear of; returns the event's new revision (not committed)."""
    db.session.query(Event).filter_by(id=event_id).update(
        {Event.revision: Event.revision + 1, Event.page_revision: Event.page_revision + 1}
    )
    db.session.flush()
    return db.session.query(Event.revision).filter_by(id=event_id).scalar()


def settle(event: Event, action: str, target: str = "", *, now: datetime, actor: str, **detail: Any) -> None:
    """Let stations and phones hear of a change of `event`, note who made it, commit."""
    touch(event.id)
    audit.record(at=now, actor=actor, action=action, event_id=event.id, target=target, **detail)
    db.session.commit()
