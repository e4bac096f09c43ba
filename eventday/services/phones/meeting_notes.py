"""What a meeting came to, by each side for itself; neither sees the other's note, organisers see both."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from ...models import OUTCOMES, Assignment, ForumTable, MeetingNote, Plan, TableVisit, db
from ...rules.errors import Invalid, NotFound
from .my_day import Holder

LONGEST_STEP = 300


def notes_of(holder: Holder) -> dict[int, MeetingNote]:
    """The notes of the holder's own side, by the other company's id."""
    notes = db.session.query(MeetingNote).filter_by(event_id=holder.event_id)
    if holder.hosts:
        return {note.company_id: note for note in notes.filter_by(host_id=holder.company_id, side="host")}
    return {note.host_id: note for note in notes.filter_by(company_id=holder.company_id, side="company")}


def save_note(holder: Holder, other_id: int, outcome: str, next_step: str, *, now: datetime) -> None:
    """Note what the meeting with company `other_id` came to. Raises Invalid, or NotFound where there was no meeting."""
    if outcome not in OUTCOMES:
        raise Invalid("Choose what the meeting came to.", field="outcome")
    if len(next_step) > LONGEST_STEP:
        raise Invalid("Say the next step in up to %(most)s characters.", field="next_step", most=LONGEST_STEP)
    side = "host" if holder.hosts else "company"
    host, company = (holder.company_id, other_id) if holder.hosts else (other_id, holder.company_id)
    if not _met(holder.event_id, host, company):
        raise NotFound("The plan has no meeting of the two.")
    pair = {"event_id": holder.event_id, "host_id": host, "company_id": company, "side": side}
    note = db.session.query(MeetingNote).filter_by(**pair).one_or_none() or MeetingNote(**pair)
    note.outcome, note.next_step = outcome, next_step.strip()
    note.noted_at, note.noted_by_id = now, holder.delegate_id
    db.session.add(note)
    db.session.commit()


def _met(event_id: int, host_id: int, company_id: int) -> bool:
    """Whether any published version has the two at a table, or a station saw the company there."""
    planned = (
        select(Assignment.id)
        .join(Plan, Plan.id == Assignment.plan_id)
        .join(ForumTable, ForumTable.id == Assignment.table_id)
        .where(Plan.event_id == event_id, Plan.state.in_(("published", "superseded")))
        .where(ForumTable.host_id == host_id, Assignment.company_id == company_id)
    )
    seen = (
        select(TableVisit.id)
        .join(ForumTable, ForumTable.id == TableVisit.table_id)
        .where(TableVisit.event_id == event_id)
        .where(ForumTable.host_id == host_id, TableVisit.company_id == company_id)
    )
    return any(db.session.execute(each.limit(1)).first() for each in (planned, seen))
