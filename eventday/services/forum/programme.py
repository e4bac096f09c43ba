"""The programme of the day: speeches, unveilings, rounds, signing, breaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import joinedload

from ...models import Event, ProgrammeItem, Round, db
from ...rules.errors import Invalid, sentence
from ..editing import assign, delete_row, find_row, new_row
from .events import settle
from .rounds import rounds_of

KINDS = ("registration", "speech", "unveiling", "round", "signing", "break", "other")


@dataclass(frozen=True)
class ItemData:
    """A line of the programme; moments are aware, `end` may be open."""

    kind: str
    title: str
    title_en: str
    start: datetime
    end: datetime | None
    room: str
    room_en: str
    speaker: str
    round_id: int | None


def programme_of(event: Event) -> list[ProgrammeItem]:
    """The lines of the programme, in the order of the day."""
    query = db.session.query(ProgrammeItem).filter_by(event_id=event.id).options(joinedload(ProgrammeItem.round))
    return query.order_by(ProgrammeItem.start, ProgrammeItem.id).all()


def find_item(event: Event, number: int) -> ProgrammeItem:
    """The line with that number; raises NotFound."""
    return find_row(ProgrammeItem, event, number, sentence("There is no such line in the programme."))


def save_item(event: Event, row: ProgrammeItem | None, data: ItemData, *, now: datetime, actor: str) -> ProgrammeItem:
    """A new line (`row` None) or `row` with `data`. Raises Invalid naming the field."""
    if data.end is not None and data.end <= data.start:
        raise Invalid("This ends before it begins.", field="end")
    action = "programme.edit" if row else "programme.add"
    row = row or new_row(ProgrammeItem, event)
    changed = assign(row, data)
    db.session.flush()
    settle(event, action, f"programme {row.id}", now=now, actor=actor, fields=changed)
    return row


def delete_item(event: Event, row: ProgrammeItem, *, now: datetime, actor: str) -> None:
    """Remove `row`."""
    delete_row(row)
    settle(event, "programme.delete", row.title, now=now, actor=actor)


def rounds_without_line(event: Event) -> list[Round]:
    """Rounds that the programme does not show yet."""
    shown = {item.round_id for item in programme_of(event)}
    return [each for each in rounds_of(event) if each.id not in shown]


def add_rounds(event: Event, *, now: datetime, actor: str) -> int:
    """A line for every round that has none; returns how many were added."""
    missing = rounds_without_line(event)
    for each in missing:
        db.session.add(
            ProgrammeItem(
                event_id=event.id,
                kind="round",
                title=each.name,
                title_en=each.name_en,
                start=each.start,
                end=each.end,
                round_id=each.id,
            )
        )
    db.session.flush()
    settle(event, "programme.add", now=now, actor=actor, rounds=len(missing))
    return len(missing)
