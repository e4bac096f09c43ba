"""Tables, and the limit of a host over all of its tables."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import joinedload, selectinload

from ...models import Assignment, Event, ForumTable, HostLimit, Participation, Plan, Round, db
from ...rules.errors import Invalid, sentence
from ..editing import assign, delete_row, find_row, new_row
from .events import settle

ALONG = ("closed_round",)
VIDEO_STATES = ("unknown", "ready", "down")


@dataclass(frozen=True)
class TableData:
    """A table. `capacity` and `minimum` count seats and companies of one round."""

    label: str
    host_id: int
    group_name: str
    room: str
    room_en: str
    capacity: int
    minimum: int
    video: str
    video_url: str
    video_state: str


def tables_of(event: Event) -> list[ForumTable]:
    """The event's tables by label, with their hosts and closed rounds."""
    return (
        db.session.query(ForumTable)
        .filter_by(event_id=event.id)
        .options(joinedload(ForumTable.host), selectinload(ForumTable.closed_rounds))
        .order_by(ForumTable.label)
        .all()
    )


def find_table(event: Event, number: int) -> ForumTable:
    """The event's table with that number; raises NotFound."""
    return find_row(ForumTable, event, number, sentence("There is no such table in this event."))


def save_table(
    event: Event,
    row: ForumTable | None,
    data: TableData,
    *,
    closed: Collection[int],
    host_limit: int | None,
    now: datetime,
    actor: str,
) -> ForumTable:
    """A new table (`row` None) or `row` with `data`, not open in the rounds `closed`.

    `host_limit` is the host's, over all of its tables. Raises Invalid naming the field.
    """
    _check(event, row, data)
    action = "table.edit" if row else "table.add"
    if row is not None:
        note_move(row, data.room, now=now)
    row = row or new_row(ForumTable, event)
    changed = assign(row, data)
    rounds = db.session.query(Round).filter(Round.event_id == event.id, Round.id.in_(closed)).all()
    if {each.id for each in rounds} != {each.id for each in row.closed_rounds}:
        row.closed_rounds = rounds
        changed.append("closed_rounds")
    db.session.flush()
    _join(event, data.host_id)
    if _set_limit(event, data.host_id, host_limit):
        changed.append("host_limit")
    settle(event, action, data.label, now=now, actor=actor, fields=changed)
    return row


def note_move(row: ForumTable, room: str, *, now: datetime) -> None:
    """Keep where the table stands, if it is about to move to another `room` (nothing else is changed)."""
    if row.room and room != row.room:
        row.stood = [*row.stood, {"room": row.room, "room_en": row.room_en, "until": now.isoformat()}]


def _check(event: Event, row: ForumTable | None, data: TableData) -> None:
    taken = db.session.query(ForumTable.id).filter_by(event_id=event.id, label=data.label).scalar()
    if taken and (row is None or taken != row.id):
        raise Invalid("There is a table called %(label)s already.", field="label", label=data.label)
    if data.capacity < 0:
        raise Invalid("A table has no fewer than 0 seats.", field="capacity")
    if not 0 <= data.minimum <= data.capacity:
        raise Invalid("The minimum lies between 0 and the seats of the table.", field="minimum")
    if data.video_url and not data.video_url.lower().startswith(("https://", "http://")):
        raise Invalid("A video link begins with https://.", field="video_url")
    if row is not None and row.host_id != data.host_id and _in_live_plan(row):
        raise Invalid(
            "The published plan sends companies to this table for its host. Publish anew first.", field="host_id"
        )


def _in_live_plan(table: ForumTable) -> bool:
    query = db.session.query(Assignment.id).join(Plan).filter(Plan.state == "published")
    return query.filter(Assignment.table_id == table.id).first() is not None


def _join(event: Event, host_id: int) -> None:
    """Whoever hosts a table takes part."""
    if not db.session.query(Participation.id).filter_by(event_id=event.id, company_id=host_id).first():
        db.session.add(Participation(event_id=event.id, company_id=host_id))


def limits_of(event: Event) -> dict[int, int]:
    """The most companies that each host receives, by the host's number; hosts without a limit are missing."""
    return {row.host_id: row.max_meetings for row in db.session.query(HostLimit).filter_by(event_id=event.id)}


def _set_limit(event: Event, host_id: int, limit: int | None) -> bool:
    row = db.session.query(HostLimit).filter_by(event_id=event.id, host_id=host_id).one_or_none()
    if limit == (row.max_meetings if row else None):
        return False
    if limit is None:
        db.session.delete(row)
    elif row is None:
        db.session.add(HostLimit(event_id=event.id, host_id=host_id, max_meetings=limit))
    else:
        row.max_meetings = limit
    return True


def delete_table(event: Event, row: ForumTable, *, now: datetime, actor: str) -> None:
    """Remove `row`; raises Invalid where a plan, a lock or a station stands on it."""
    delete_row(row, along=ALONG)
    settle(event, "table.delete", row.label, now=now, actor=actor)
