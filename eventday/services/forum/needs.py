"""Needs: what hosts unveil."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import joinedload

from ...models import Event, Need, db
from ...rules.errors import Invalid, sentence
from ..editing import assign, delete_row, find_row, new_row
from .events import settle

# A wish that named the need stays a wish for its host.
ALONG = ("wish_need",)


@dataclass(frozen=True)
class NeedData:
    """An application scenario of a host."""

    host_id: int
    number: str
    title: str
    title_en: str
    description: str
    description_en: str
    keywords: str
    department: str


def are_unveiled(event: Event, now: datetime) -> bool:
    """Whether attendees may read the needs yet."""
    return event.needs_unveil_at is None or now >= event.needs_unveil_at


def needs_of(event: Event, host_id: int | None = None) -> list[Need]:
    """The event's needs (or one host's), by host and number."""
    query = db.session.query(Need).filter_by(event_id=event.id).options(joinedload(Need.host))
    if host_id:
        query = query.filter_by(host_id=host_id)
    return query.order_by(Need.host_id, Need.number, Need.id).all()


def find_need(event: Event, number: int) -> Need:
    """The event's need with that number; raises NotFound."""
    return find_row(Need, event, number, sentence("There is no such need in this event."))


def save_need(event: Event, row: Need | None, data: NeedData, *, now: datetime, actor: str) -> Need:
    """A new need (`row` None) or `row` with `data`. Raises Invalid naming the field."""
    taken = db.session.query(Need.id).filter_by(event_id=event.id, host_id=data.host_id, title=data.title).scalar()
    if taken and (row is None or taken != row.id):
        raise Invalid("This host has a need with this title already.", field="title")
    action = "need.edit" if row else "need.add"
    row = row or new_row(Need, event)
    changed = assign(row, data)
    db.session.flush()
    settle(event, action, f"need {row.id}", now=now, actor=actor, fields=changed)
    return row


def delete_need(event: Event, row: Need, *, now: datetime, actor: str) -> None:
    """Remove `row`. Wishes that named it stay, for the host alone."""
    delete_row(row, along=ALONG)
    settle(event, "need.delete", row.title, now=now, actor=actor)
