"""What every editor of an event's rows shares: finding one, beginning one, assigning what changed, deleting."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import ForeignKeyConstraint, Table, delete, func, select

from ..models import Base, Event, Plan, db
from ..rules.errors import Invalid, NotFound, sentence

Row = TypeVar("Row", bound=Base)

# What may stand on a row, as people know it. A table missing here still refuses, in general words.
REASONS = {
    "assignment": sentence("It sits in a plan. Publish a plan without it, or discard the draft, first."),
    "lock": sentence("A lock of the plan names it. Release the lock first."),
    "scan": sentence("Scans of it are in the log, which is never shortened."),
    "table_visit": sentence("Meetings held there are on record."),
    "station": sentence("A station is set to it. Change the station first."),
    "forum_table": sentence("It receives at a table. Remove the table, or give it to another host, first."),
    "need": sentence("It has unveiled needs. Remove them first."),
    "programme_item": sentence("A line of the programme stands for it. Change that line first."),
    "project": sentence("A project of this event names it."),
    "wish": sentence("Wishes name it. Remove them first."),
    "conflict": sentence("Two stations disagreed about it; that stays on record."),
}
SOMETHING = sentence("Something else is recorded about it, so it has to stay.")


def find_row(model: type[Row], event: Event, number: int, missing: str) -> Row:
    """The row of `event` with that number; raises NotFound with the sentence `missing`."""
    row = db.session.query(model).filter_by(event_id=event.id, id=number).one_or_none()
    if row is None:
        raise NotFound(missing)
    return row


def new_row(model: type[Row], event: Event) -> Row:
    """A row of `event` to be filled (not flushed)."""
    row = model(event_id=event.id)
    db.session.add(row)
    return row


def assign(row: Any, data: Any) -> list[str]:
    """Set what differs on `row` to the fields of the dataclass `data`; returns the names of what changed."""
    changed = []
    for name in (part.name for part in fields(data)):
        if getattr(row, name) != getattr(data, name):
            setattr(row, name, getattr(data, name))
            changed.append(name)
    return changed


def standing_on(row: Any, *, along: Collection[str] = ()) -> list[str]:
    """Why `row` cannot be deleted: sentences, none when it can. Rows of tables in `along` would go with it."""
    found = []
    for table, column in _pointers(row.__table__):
        if table.name not in along and db.session.scalar(_count(table, column, row.id)):
            found.append(REASONS.get(table.name, SOMETHING))
    return list(dict.fromkeys(found))


def delete_row(row: Any, *, along: Collection[str] = ()) -> None:
    """Delete `row` and what hangs on it in the tables `along` (not committed).

    Places in discarded plans always go along; raises Invalid with the first reason where anything else stands on it.
    """
    if reasons := standing_on(row, along=along):
        raise Invalid(reasons[0])
    for table, column in _pointers(row.__table__):
        if table.name in along:
            db.session.execute(delete(table).where(column == row.id))
        elif table.name == "assignment":
            dropped = select(Plan.id).where(Plan.state == "discarded")
            db.session.execute(delete(table).where(column == row.id, table.c.plan_id.in_(dropped)))
    db.session.flush()
    db.session.delete(row)
    db.session.flush()


def _pointers(target: Table) -> list[tuple[Table, Any]]:
    """Every column of ours that points at `target`, with its table."""
    return [
        (table, element.parent)
        for table in Base.metadata.sorted_tables
        for constraint in table.constraints
        if isinstance(constraint, ForeignKeyConstraint)
        for element in constraint.elements
        if element.column.table is target
    ]


def _count(table: Table, column: Any, number: int) -> Any:
    query = select(func.count()).select_from(table).where(column == number)
    if table.name == "assignment":
        kept = select(Plan.id).where(Plan.state != "discarded")
        query = query.where(table.c.plan_id.in_(kept))
    return query
