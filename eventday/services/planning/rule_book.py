"""The rules that planners set on the board, each a value under a kind and a key: read, written, put back.

| kind | key | value |
|---|---|---|
| `lock` | company, table, round | whether the meeting stays |
| `pair` | company, host | `must`, `never`, or an empty word |
| `apart` | two companies | whether they never share a table in a round |
| `seats` | table | how many sit there in a round |
| `closed` | table | the rounds in which it is closed, in order |

Keys are ids of the documents (`c12`, `t4`). Nothing here commits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...models import Apart, Event, ForumTable, Lock, PairRule, Participation, Round, db
from ...rules.errors import Invalid, NotFound
from .ids import number, round_id

MOST_SEATS = 1000


def value_of(event: Event, kind: str, key: list[str]) -> Any:
    """What holds now. Raises NotFound or Invalid for a key that names nothing of this event."""
    if kind == "seats":
        return table_of(event, key[0]).capacity
    if kind == "closed":
        return [round_id(each) for each in sorted(row.id for row in table_of(event, key[0]).closed_rounds)]
    row = _ROWS[kind](event, key)[1]
    return (row.rule if row else "") if kind == "pair" else row is not None


def put(event: Event, kind: str, key: list[str], value: Any) -> None:
    """Let `value` hold. Raises as `value_of` does, and Invalid for a value that cannot be."""
    if kind == "seats":
        table = table_of(event, key[0])
        if not table.minimum <= value <= MOST_SEATS:
            raise Invalid("A table takes between its minimum and 1000 companies.", field="capacity")
        table.capacity = value
    elif kind == "closed":
        table_of(event, key[0]).closed_rounds = [round_of(event, each) for each in value]
    else:
        _keep_row(kind, *_ROWS[kind](event, key), value)


def _keep_row(kind: str, fresh: Any, row: Any, value: Any) -> None:
    """A rule that is a row of its own: there while it holds."""
    if kind == "pair" and value not in ("must", "never", ""):
        raise Invalid("Choose a promise, a ban or neither.", field="rule")
    if row is not None and not value:
        db.session.delete(row)
    elif row is None and value:
        row = fresh
        db.session.add(row)
    if kind == "pair" and value:
        row.rule = value


Found = tuple[Any, Any]


def _lock(event: Event, key: list[str]) -> Found:
    company, table, round_ = key
    return _found(
        Lock,
        event_id=event.id,
        company_id=part_of(event, company).company_id,
        table_id=table_of(event, table).id,
        round_id=round_of(event, round_).id,
    )


def _pair(event: Event, key: list[str]) -> Found:
    company, host = key
    known = {row.host_id for row in db.session.query(ForumTable.host_id).filter_by(event_id=event.id)}
    if number(host) not in known:
        raise Invalid("Choose a host that receives at the forum.", field="host")
    return _found(PairRule, event_id=event.id, company_id=part_of(event, company).company_id, host_id=number(host))


def _apart(event: Event, key: list[str]) -> Found:
    low, high = sorted(part_of(event, each).company_id for each in key)
    if low == high:
        raise Invalid("Choose another company.", field="second")
    return _found(Apart, event_id=event.id, first_id=low, second_id=high)


def _found(model: Any, **named: int) -> Found:
    """(a row to add, the row that is there or None)."""
    return model(**named), db.session.query(model).filter_by(**named).one_or_none()


_ROWS: dict[str, Callable[[Event, list[str]], Found]] = {"lock": _lock, "pair": _pair, "apart": _apart}


def part_of(event: Event, company: str) -> Participation:
    """A company's part in the event; raises NotFound."""
    row = db.session.query(Participation).filter_by(event_id=event.id, company_id=number(company)).one_or_none()
    if row is None:
        raise NotFound("There is no such company in this event.")
    return row


def table_of(event: Event, table: str) -> ForumTable:
    """A table of the event; raises NotFound."""
    row = db.session.query(ForumTable).filter_by(event_id=event.id, id=number(table)).one_or_none()
    if row is None:
        raise NotFound("There is no such table in this event.")
    return row


def round_of(event: Event, round_: str) -> Round:
    """A round of the event; raises NotFound."""
    row = db.session.query(Round).filter_by(event_id=event.id, id=number(round_)).one_or_none()
    if row is None:
        raise NotFound("There is no such round in this event.")
    return row
