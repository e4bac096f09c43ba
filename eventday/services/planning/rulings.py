"""Rules set where they are seen: locks, promises, bans, seats, openings, and what the desk learns on the day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from ...models import Apart, Event, ForumTable, Lock, PairRule, Participation, ProgrammeItem, Round, db
from ...rules.board import Seat
from ...rules.errors import Invalid, NotFound
from .. import audit
from ..forum import events
from .ids import number, round_id

VIDEO_STATES = ("unknown", "ready", "down")
MOST_SHIFT = 240


def _noted(event: Event, action: str, target: str, now: datetime, actor: str, **detail: Any) -> None:
    audit.record(at=now, actor=actor, action=action, event_id=event.id, target=target, **detail)
    events.touch(event.id)
    db.session.commit()


def set_lock(event: Event, seat: Seat, locked: bool, *, now: datetime, actor: str) -> None:
    """Lock a seat for every later plan, or release it."""
    named = {
        "event_id": event.id,
        "company_id": number(seat.company),
        "table_id": _table(event, seat.table).id,
        "round_id": _round(event, seat.round).id,
    }
    _part(event, seat.company)
    row = db.session.query(Lock).filter_by(**named).one_or_none()
    if locked and row is None:
        db.session.add(Lock(**named))
    elif not locked and row is not None:
        db.session.delete(row)
    _noted(event, "lock.set" if locked else "lock.release", f"company {named['company_id']}", now, actor)


def set_pair_rule(event: Event, company: str, host: str, rule: str, *, now: datetime, actor: str) -> None:
    """`must`, `never`, or nothing (an empty word) for a company and a host."""
    if rule not in ("must", "never", ""):
        raise Invalid("Choose a promise, a ban or neither.", field="rule")
    part = _part(event, company)
    known = {row.host_id for row in db.session.query(ForumTable.host_id).filter_by(event_id=event.id)}
    if number(host) not in known:
        raise Invalid("Choose a host that receives at the forum.", field="host")
    named = {"event_id": event.id, "company_id": part.company_id, "host_id": number(host)}
    row = db.session.query(PairRule).filter_by(**named).one_or_none()
    if row is not None and not rule:
        db.session.delete(row)
    elif row is not None:
        row.rule = rule
    elif rule:
        db.session.add(PairRule(**named, rule=rule))
    _noted(event, "pair.rule", f"company {part.company_id}", now, actor, rule=rule)


def set_apart(event: Event, first: str, second: str, apart: bool, *, now: datetime, actor: str) -> None:
    """Keep two companies from sharing a table in a round, or no longer."""
    low, high = sorted((_part(event, first).company_id, _part(event, second).company_id))
    if low == high:
        raise Invalid("Choose another company.", field="second")
    named = {"event_id": event.id, "first_id": low, "second_id": high}
    row = db.session.query(Apart).filter_by(**named).one_or_none()
    if apart and row is None:
        db.session.add(Apart(**named))
    elif not apart and row is not None:
        db.session.delete(row)
    _noted(event, "apart.set" if apart else "apart.release", f"company {low}", now, actor)


def set_table(
    event: Event,
    table: str,
    *,
    capacity: int | None = None,
    closed: list[str] | None = None,
    room: str | None = None,
    video_state: str | None = None,
    now: datetime,
    actor: str,
) -> None:
    """Seats, closed rounds, room or video link of a table; what is None stays."""
    row = _table(event, table)
    if capacity is not None:
        if not row.minimum <= capacity <= 1000:
            raise Invalid("A table takes between its minimum and 1000 companies.", field="capacity")
        row.capacity = capacity
    if closed is not None:
        row.closed_rounds = [_round(event, each) for each in closed]
    if room is not None:
        row.room = room.strip()[:80]
    if video_state is not None:
        if video_state not in VIDEO_STATES:
            raise Invalid("A video link is ready, down, or not tried yet.", field="video_state")
        row.video_state = video_state
    _noted(event, "table.set", f"table {row.id}", now, actor)


def close_from_now_on(event: Event, table: str, closed: bool, *, now: datetime, actor: str) -> None:
    """Close a table for the rounds that have not begun, or open it for them again."""
    ahead = {each.id for each in event.rounds if each.start > now}
    already = {each.id for each in _table(event, table).closed_rounds}
    shut = already | ahead if closed else already - ahead
    set_table(event, table, closed=[round_id(each) for each in sorted(shut)], now=now, actor=actor)


def set_late(event: Event, company: str, until: datetime | None, *, now: datetime, actor: str) -> None:
    """The desk has heard that a company or host comes later; None: as planned."""
    part = _part(event, company)
    part.late_until = until
    _noted(event, "presence.late", f"company {part.company_id}", now, actor)


def set_withdrawn(event: Event, company: str, withdrawn: bool, *, now: datetime, actor: str) -> None:
    """A company or host will not come (any more), or will after all."""
    part = _part(event, company)
    part.withdrawn_at = now if withdrawn else None
    _noted(event, "presence.withdrawn", f"company {part.company_id}", now, actor, withdrawn=withdrawn)


def shift_rounds(event: Event, minutes: int, *, now: datetime, actor: str) -> int:
    """Let the running round end `minutes` later and begin every later round as much later; returns how many moved.

    Lines of the programme that have not begun move along.
    """
    if not -MOST_SHIFT <= minutes <= MOST_SHIFT or minutes == 0:
        raise Invalid("Shift by up to %(most)s minutes.", field="minutes", most=MOST_SHIFT)
    by = timedelta(minutes=minutes)
    later = [each for each in event.rounds if each.start > now]
    running = [each for each in event.rounds if each.start <= now < each.end]
    if not later and not running:
        raise Invalid("No round is left to shift.")
    if minutes < 0 and later and later[0].start + by < max([now, *(each.end + by for each in running)]):
        raise Invalid("A round cannot begin before now.", field="minutes")
    for each in running:
        each.end += by
    for each in later:
        each.start, each.end = each.start + by, each.end + by
    for line in db.session.query(ProgrammeItem).filter(ProgrammeItem.event_id == event.id, ProgrammeItem.start > now):
        line.start = line.start + by
        line.end = line.end + by if line.end else None
    _noted(event, "rounds.shift", event.slug, now, actor, minutes=minutes, rounds=len(later))
    return len(later)


def _part(event: Event, company: str) -> Participation:
    row = db.session.query(Participation).filter_by(event_id=event.id, company_id=number(company)).one_or_none()
    if row is None:
        raise NotFound("There is no such company in this event.")
    return row


def _table(event: Event, table: str) -> ForumTable:
    row = db.session.query(ForumTable).filter_by(event_id=event.id, id=number(table)).one_or_none()
    if row is None:
        raise NotFound("There is no such table in this event.")
    return row


def _round(event: Event, round_: str) -> Round:
    row = db.session.query(Round).filter_by(event_id=event.id, id=number(round_)).one_or_none()
    if row is None:
        raise NotFound("There is no such round in this event.")
    return row
