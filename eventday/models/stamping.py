"""Every change of a person, badge or company is stamped with its event's revision, so that stations hear of it.

A station asks for what changed since its cursor. Stamps are given out by counting up the event's row, which stays
locked until the transaction ends: whoever gets the higher stamp commits later, and no cursor skips a change.
Statements that write past the session (bulk updates) are not seen here; they call `stamp_delegates` themselves.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.orm import Session, attributes

from .base import db
from .company import Badge, Company, Delegate
from .event import Event

# Built once: every scan counts.
_NEXT = (
    update(Event)
    .where(Event.id == bindparam("event"))
    .values(revision=Event.revision + 1)
    .returning(Event.revision)
    .execution_options(synchronize_session=False)
)


def next_revision(session: Session, event_id: int) -> int:
    """Count up the event's revision and return it (0 for an event not written yet); locks its row until the commit."""
    return session.connection().execute(_NEXT, {"event": event_id}).scalar() or 0


def stamp_delegates(session: Session, event_id: int, delegate_ids: Collection[int]) -> None:
    """Let stations hear that these delegates changed; for statements that go past the session."""
    if delegate_ids:
        revision = next_revision(session, event_id)
        where = Delegate.id.in_(delegate_ids)
        session.connection().execute(update(Delegate).where(where).values(revision=revision))


@sqlalchemy_event.listens_for(db.session, "before_flush")
def _stamp(session: Session, _context: Any, _instances: Any) -> None:
    new = session.new  # a fresh set each time it is asked for, so asked for once
    changed = [each for each in (*new, *session.dirty) if isinstance(each, Badge | Company | Delegate)]
    people: dict[int | None, list[Delegate]] = {}
    elsewhere: dict[int | None, set[int]] = {}
    for each in changed:
        if each not in new and not session.is_modified(each):
            continue
        if isinstance(each, Delegate):
            people.setdefault(each.event_id or (each.event.id if each.event else None), []).append(each)
        elif isinstance(each, Badge):
            elsewhere.setdefault(each.event_id, set()).add(each.delegate_id)
        elif each.id is not None:
            for delegate_id, its_event in _delegates_of(session, each.id):
                elsewhere.setdefault(its_event, set()).add(delegate_id)
    for event_id in {*people, *elsewhere}:  # both know an event that has no number yet as None
        if event_id is None:
            continue
        revision = next_revision(session, event_id)
        for person in people.get(event_id, ()):
            person.revision = revision
        ids = elsewhere.get(event_id, set()) - {None}
        if ids:
            session.connection().execute(update(Delegate).where(Delegate.id.in_(ids)).values(revision=revision))
            _know(session, ids, revision)


def _delegates_of(session: Session, company_id: int) -> list[tuple[int, int]]:
    found = session.connection().execute(
        select(Delegate.id, Delegate.event_id).where(Delegate.company_id == company_id)
    )
    return [(row[0], row[1]) for row in found]


def _know(session: Session, ids: Collection[int], revision: int) -> None:
    """Objects at hand are told their new stamp, without a second write."""
    for delegate in session.identity_map.values():
        if isinstance(delegate, Delegate) and delegate.id in ids:
            attributes.set_committed_value(delegate, "revision", revision)
