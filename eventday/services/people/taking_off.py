"""Taking a company off an event, and a delegate. What a plan or the scan log stands on stays."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, or_

from ...models import (
    Apart,
    Assignment,
    Badge,
    Delegate,
    Event,
    ForumTable,
    HostLimit,
    Lock,
    Need,
    PairRule,
    Participation,
    Plan,
    Scan,
    TableVisit,
    WalkIn,
    Wish,
    db,
)
from ...rules.errors import Invalid, sentence
from ..editing import REASONS
from ..forum.events import settle

ARRIVED = sentence("Its delegates have been scanned. Mark it as withdrawn instead.")


def reasons_to_keep(event: Event, part: Participation) -> list[str]:
    """Why the company cannot be taken off the event: sentences, none when it can."""
    company = part.company_id
    seated = (
        db.session.query(Assignment.id)
        .join(Plan)
        .filter(Plan.event_id == event.id, Plan.state != "discarded", Assignment.company_id == company)
    )
    scanned = db.session.query(Scan.number).join(Delegate, Delegate.id == Scan.delegate_id)
    checks = [
        (REASONS["assignment"], seated),
        (REASONS["forum_table"], db.session.query(ForumTable.id).filter_by(event_id=event.id, host_id=company)),
        (REASONS["need"], db.session.query(Need.id).filter_by(event_id=event.id, host_id=company)),
        (REASONS["lock"], db.session.query(Lock.id).filter_by(event_id=event.id, company_id=company)),
        (REASONS["table_visit"], db.session.query(TableVisit.id).filter_by(event_id=event.id, company_id=company)),
        (ARRIVED, scanned.filter(Delegate.event_id == event.id, Delegate.company_id == company)),
    ]
    return [reason for reason, query in checks if query.first() is not None]


def take_company_off(event: Event, part: Participation, *, now: datetime, actor: str) -> None:
    """The company no longer takes part: wishes, promises and delegates go along. Raises Invalid with the reason."""
    if reasons := reasons_to_keep(event, part):
        raise Invalid(reasons[0])
    number = part.company_id
    for wish in db.session.query(Wish).filter(
        Wish.event_id == event.id, or_(Wish.company_id == number, Wish.host_id == number)
    ):
        wish.needs = []
        db.session.delete(wish)
    for kind, sides in ((PairRule, ("company_id", "host_id")), (Apart, ("first_id", "second_id"))):
        named = or_(*(getattr(kind, side) == number for side in sides))
        db.session.execute(delete(kind).where(kind.event_id == event.id, named))
    db.session.execute(delete(HostLimit).where(HostLimit.event_id == event.id, HostLimit.host_id == number))
    people = db.session.query(Delegate).filter_by(event_id=event.id, company_id=number, erased_at=None).all()
    for person in people:
        forget(person, now=now)
    part.absent_rounds = []
    db.session.delete(part)
    db.session.flush()
    settle(event, "company.take-off", f"company {number}", now=now, actor=actor, delegates=len(people))


def remove_delegate(event: Event, person: Delegate, *, now: datetime, actor: str) -> None:
    """Name and contacts are blanked and the badge is revoked; the scan log keeps its pseudonym."""
    forget(person, now=now)
    settle(event, "delegate.remove", f"delegate {person.id}", now=now, actor=actor)


def forget(person: Delegate, *, now: datetime) -> None:
    """Blank `person` and revoke the badge (not committed). Whoever was received by them has no receiver."""
    for name in ("name", "name_en", "title", "phone", "email", "note"):
        setattr(person, name, "")
    person.erased_at, person.receiver_id = now, None
    db.session.query(Delegate).filter_by(receiver_id=person.id).update({Delegate.receiver_id: None})
    for badge in db.session.query(Badge).filter_by(delegate_id=person.id, revoked_at=None):
        badge.revoked_at = now
    db.session.query(Wish).filter_by(declared_by_id=person.id).update({Wish.declared_by_id: None})
    db.session.query(WalkIn).filter_by(delegate_id=person.id).update({WalkIn.merge: None})
    db.session.flush()
    # A walk-in who turned out to be this person keeps a row of their own.
    for other in db.session.query(Delegate).filter_by(merged_into_id=person.id, erased_at=None):
        forget(other, now=now)
