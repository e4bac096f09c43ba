"""The sample forum, from the sheets that ship with the project, and the first organiser's sign-in."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ..models import Delegate, Event, ForumTable, Need, ProgrammeItem, Staff, db
from ..sheets import SheetFile
from .forum.event_settings import find_or_make_series
from .forum.events import create_event, touch
from .importing import import_sheets
from .staffing.staff import add_member

FOLDER = Path(__file__).resolve().parent.parent / "sample" / "baoshan-2025"
FIRST_ORGANISER = "organiser@example.com"


def load_sample(*, now: datetime, actor: str, new_code: Callable[[], str], on: date | None = None) -> Event:
    """The sample forum, made where it is missing; held `on` that day, or on the working day after `now`.

    What people changed in it since is left alone, its day included.
    """
    described = json.loads((FOLDER / "forum.json").read_text(encoding="utf-8"))
    event = db.session.query(Event).filter_by(slug=described["slug"]).one_or_none()
    if event is None:
        event = _create(
            described, on or working_day_after(now.astimezone(ZoneInfo(described["timezone"])).date()), now, actor
        )
    # Told apart from "made": a first run that was cut off goes on where it stopped.
    if not db.session.query(Delegate.id).filter_by(event_id=event.id).first():
        sheets = [SheetFile(name, (FOLDER / name).read_bytes()) for name in described["sheets"]]
        import_sheets(event.id, sheets, now=now, actor=actor, new_code=new_code)
    if not db.session.query(ProgrammeItem.id).filter_by(event_id=event.id).first():
        _say_in_english(event, described)
        _set_programme(event, described["programme"])
    return event


def working_day_after(day: date) -> date:
    """The next Monday to Friday after `day`: a forum that is over has nothing left to try."""
    ahead = (day + timedelta(days=days) for days in range(1, 4))
    return next(each for each in ahead if each.weekday() < 5)


def _create(described: dict[str, Any], on: date, now: datetime, actor: str) -> Event:
    event = create_event(
        slug=described["slug"],
        name=described["name"],
        name_en=described["name_en"],
        on=on,
        timezone=described["timezone"],
        now=now,
        actor=actor,
    )
    event.venue, event.venue_en = described["venue"], described["venue_en"]
    event.organisers = described["organisers"]
    event.series = find_or_make_series(described["series"])
    db.session.commit()
    return event


def _set_programme(event: Event, lines: list[list[str]]) -> None:
    rounds = {row.start.astimezone(event.zone).strftime("%H:%M"): row for row in event.rounds}
    for kind, title, title_en, start, end, room, room_en, speaker in lines:
        db.session.add(
            ProgrammeItem(
                event_id=event.id,
                kind=kind,
                title=title,
                title_en=title_en,
                start=_moment(event, start),
                end=_moment(event, end),
                room=room,
                room_en=room_en,
                speaker=speaker,
                round=rounds.get(start) if kind == "round" else None,
            )
        )
    touch(event.id)
    db.session.commit()


def _say_in_english(event: Event, described: dict[str, Any]) -> None:
    """The organisers' sheets name rooms and needs in Chinese only."""
    for table in db.session.query(ForumTable).filter_by(event_id=event.id, room_en=""):
        table.room_en = described["rooms"].get(table.room, "")
    for need in db.session.query(Need).filter_by(event_id=event.id, title_en=""):
        need.title_en = described["needs"].get(need.title, "")


def _moment(event: Event, clock: str) -> datetime:
    return datetime.combine(event.date, time.fromisoformat(clock), tzinfo=event.zone)


def first_sign_in(*, now: datetime, actor: str) -> tuple[str, str] | None:
    """Add the first organiser and return (e-mail, password); None where there is staff already."""
    if db.session.query(Staff.id).first():
        return None
    password = secrets.token_urlsafe(12)
    add_member(email=FIRST_ORGANISER, role="organiser", password=password, now=now, actor=actor, name="Organiser")
    return FIRST_ORGANISER, password
