"""The scene of the rounds: who goes where now and next, by the live plan, and what has just changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from ...models import Assignment, Company, Event, ForumTable, Plan, db
from ...rules.company_names import short_form
from ...rules.day import Slot

# A new version's changes, and a table's new room, stay marked on the wall this long.
CHANGES_FOR = timedelta(minutes=15)

# A company as the wall calls it: its short name and its English name, which may be "".
Called = tuple[str, str]


@dataclass(frozen=True)
class Seating:
    """A table in a round with the companies that sit there."""

    table: str
    room: str
    room_en: str
    host: str
    host_en: str
    companies: tuple[Called, ...]
    moved: bool  # to this room, a short while ago


@dataclass(frozen=True)
class RoundShown:
    """A round with its tables; `changed` are the companies whose place in it is new since the version before."""

    slot: Slot
    seatings: list[Seating]
    changed: tuple[Called, ...] = ()


def slots_of(event: Event) -> list[Slot]:
    """The event's rounds by time."""
    return [Slot(r.id, r.name, r.name_en, r.start, r.end) for r in event.rounds]


def rounds_of(event: Event, now: datetime) -> list[RoundShown]:
    """The round that goes on and the next one, by the live plan; empty before publication and after the last."""
    plans = db.session.query(Plan).filter_by(event_id=event.id).filter(Plan.state.in_(("published", "superseded")))
    versions = sorted(plans, key=lambda plan: plan.version or 0)
    live = next((plan for plan in versions if plan.state == "published"), None)
    if live is None:
        return []
    ahead = [slot for slot in slots_of(event) if slot.end > now][:2]
    seats = _seats(live.id)
    before: set[tuple[int, int, int]] | None = None
    if len(versions) > 1 and live.published_at and now - live.published_at < CHANGES_FOR:
        before = set(_seats(versions[-2].id))
    return [_shown(event, slot, seats, before, now) for slot in ahead]


def _shown(
    event: Event,
    slot: Slot,
    seats: dict[tuple[int, int, int], Called],
    before: set[tuple[int, int, int]] | None,
    now: datetime,
) -> RoundShown:
    sitting: dict[int, list[Called]] = defaultdict(list)
    changed: list[Called] = []
    for seat, company in seats.items():
        if seat[2] == slot.round_id:
            sitting[seat[1]].append(company)
            if before is not None and seat not in before:
                changed.append(company)
    tables = db.session.execute(
        select(ForumTable, Company)
        .join(Company, Company.id == ForumTable.host_id)
        .where(ForumTable.event_id == event.id)
        .order_by(ForumTable.id)
    )
    seatings = [
        Seating(
            table=t.label,
            room=t.room,
            room_en=t.room_en,
            host=host.label,
            host_en=host.name_en,
            companies=tuple(sorted(sitting[t.id])),
            moved=t.moved_at is not None and now - t.moved_at < CHANGES_FOR,
        )
        for t, host in tables
        if t.id in sitting
    ]
    return RoundShown(slot, seatings, tuple(sorted(set(changed))))


_WHERE = (Assignment.company_id, Assignment.table_id, Assignment.round_id)


def _seats(plan_id: int) -> dict[tuple[int, int, int], Called]:
    """Company, table and round of each assignment, with what the company is called: short, unless two are alike."""
    rows = db.session.execute(
        select(*_WHERE, Company.short_name, Company.name, Company.name_en)
        .join(Company, Company.id == Assignment.company_id)
        .where(Assignment.plan_id == plan_id)
    ).all()
    short = {row[0]: row[3] or short_form(row[4]) for row in rows}
    alike = Counter(short.values())
    return {(row[0], row[1], row[2]): (short[row[0]] if alike[short[row[0]]] == 1 else row[4], row[5]) for row in rows}
