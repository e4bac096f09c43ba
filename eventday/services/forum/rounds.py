"""Rounds: in order, never two at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ...models import Event, ProgrammeItem, Round, db
from ...rules.errors import Invalid, sentence
from ..editing import assign, delete_row, find_row, new_row
from .events import settle

_CHINESE = "零一二三四五六七八九"
# What a round takes with it: openings and absences, which mean nothing without it.
ALONG = ("closed_round", "absent_round")


@dataclass(frozen=True)
class RoundData:
    """A round; `start` and `end` are aware moments."""

    name: str
    name_en: str
    start: datetime
    end: datetime


def rounds_of(event: Event) -> list[Round]:
    """The event's rounds, in the order of the day."""
    return db.session.query(Round).filter_by(event_id=event.id).order_by(Round.start, Round.id).all()


def find_round(event: Event, number: int) -> Round:
    """The event's round with that number; raises NotFound."""
    return find_row(Round, event, number, sentence("There is no such round in this event."))


def next_round(event: Event) -> dict[str, Any]:
    """Where one more round would go: as long as the last one, after the same break as before (else five minutes)."""
    known = rounds_of(event)
    if not known:
        return {}
    last = known[-1]
    pause = last.start - known[-2].end if len(known) > 1 else timedelta(minutes=5)
    start = last.end + pause
    end = start + (last.end - last.start)
    number = len(known) + 1
    times = {"start": start, "end": end}
    return {"name": f"第{_CHINESE[number]}轮", "name_en": f"Round {number}"} | times if number < 10 else times


def save_round(event: Event, row: Round | None, data: RoundData, *, now: datetime, actor: str) -> Round:
    """A new round (`row` None) or `row` with `data`. Raises Invalid naming the field."""
    _check(event, row, data)
    action = "round.edit" if row else "round.add"
    row = row or new_row(Round, event)
    changed = assign(row, data)
    db.session.flush()
    for line in db.session.query(ProgrammeItem).filter_by(event_id=event.id, round_id=row.id):
        line.start, line.end = row.start, row.end  # the programme shows the round's own times
    settle(event, action, f"round {row.id}", now=now, actor=actor, fields=changed)
    return row


def _check(event: Event, row: Round | None, data: RoundData) -> None:
    if data.end <= data.start:
        raise Invalid("A round ends after it begins.", field="end")
    for other in rounds_of(event):
        if row is not None and other.id == row.id:
            continue
        if other.name == data.name:
            raise Invalid("There is a round called %(name)s already.", field="name", name=data.name)
        if data.start < other.end and other.start < data.end:
            raise Invalid(
                "This overlaps with %(name)s, %(start)s–%(end)s.",
                field="start",
                name=other.name,
                start=other.start.astimezone(event.zone).strftime("%H:%M"),
                end=other.end.astimezone(event.zone).strftime("%H:%M"),
            )


def delete_round(event: Event, row: Round, *, now: datetime, actor: str) -> None:
    """Remove `row`; raises Invalid where a plan or the programme stands on it."""
    delete_row(row, along=ALONG)
    settle(event, "round.delete", row.name, now=now, actor=actor)
