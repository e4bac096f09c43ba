"""What the planner hears on the day: late, not coming, a table moved or closed, a link down, a round that overruns."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from ...models import Event, ProgrammeItem, db
from ...rules.errors import Invalid
from .. import audit
from ..forum import events
from ..forum.tables import note_move
from .rule_book import part_of, table_of
from .situation import arrivals

VIDEO_STATES = ("unknown", "ready", "down")
MOST_SHIFT = 240


def _noted(event: Event, action: str, target: str, now: datetime, actor: str, **detail: Any) -> None:
    audit.record(at=now, actor=actor, action=action, event_id=event.id, target=target, **detail)
    events.touch(event.id)
    db.session.commit()


def set_table(
    event: Event,
    table: str,
    *,
    room: str | None = None,
    room_en: str = "",
    video_state: str | None = None,
    now: datetime,
    actor: str,
) -> None:
    """Room (`room_en`: in English) or video link of a table; what is None stays."""
    row = table_of(event, table)
    if room is not None:
        # The old room's English name goes too, lest half of the hall be sent there.
        room, room_en = room.strip()[:80], room_en.strip()[:80]
        note_move(row, room, now=now)
        row.room, row.room_en = room, room_en
    if video_state is not None:
        if video_state not in VIDEO_STATES:
            raise Invalid("A video link is ready, down, or not tried yet.", field="video_state")
        row.video_state = video_state
    _noted(event, "table.set", f"table {row.id}", now, actor)


def close_from_now_on(event: Event, table: str, closed: bool, *, now: datetime, actor: str) -> None:
    """Close a table for the rounds that have not begun, or open it for them again."""
    row = table_of(event, table)
    before = [each for each in row.closed_rounds if each.start <= now]
    row.closed_rounds = before + ([each for each in event.rounds if each.start > now] if closed else [])
    _noted(event, "table.set", f"table {row.id}", now, actor)


def set_late(event: Event, company: str, until: datetime | None, *, now: datetime, actor: str) -> None:
    """The desk has heard that a company or host comes later; None: as planned.

    Raises Invalid for one that is here: the door knows better, and a word that changes nothing helps nobody.
    """
    part = part_of(event, company)
    if until and arrivals(event.id).get(part.company_id) == "arrived":
        raise Invalid("It is here already. If it has gone again, check it out at the door, or close the host's table.")
    part.late_until = until
    _noted(event, "presence.late", f"company {part.company_id}", now, actor)


def set_withdrawn(event: Event, company: str, withdrawn: bool, *, now: datetime, actor: str) -> None:
    """A company or host will not come (any more), or will after all."""
    part = part_of(event, company)
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
