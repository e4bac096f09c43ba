"""What we hold about a person: given out, erased on request, erased when the organiser's day has come."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ...models import (
    BindAttempt,
    ContactOffer,
    Delegate,
    DeskCode,
    Event,
    MeetingNote,
    PhoneBinding,
    Presence,
    Scan,
    db,
)
from .. import audit
from ..forum.events import touch
from ..people.taking_off import forget
from .contacts import contacts_of, receipts_from


def everything_about(person: Delegate) -> dict[str, Any]:
    """All that is kept about `person`, as data that a person or a program can read."""
    also = db.session.query(Delegate).filter_by(merged_into_id=person.id).order_by(Delegate.id).all()
    whose = Scan.delegate_id.in_([person.id, *(one.id for one in also)])
    scans = db.session.query(Scan).filter(whose).order_by(Scan.number)
    presence = db.session.get(Presence, person.id)
    notes = db.session.query(MeetingNote).filter_by(noted_by_id=person.id)
    offers = db.session.query(ContactOffer).filter_by(giver_id=person.id)
    phones = db.session.query(PhoneBinding).filter_by(delegate_id=person.id)
    return {
        "person": {
            name: getattr(person, name)
            for name in ("name", "name_en", "title", "phone", "email", "role", "remote", "note")
        },
        "company": person.company.name,
        # As the desk wrote them down before a person found that it was them.
        "also_registered_as": [
            {"name": one.name, "title": one.title, "phone": one.phone, "company": one.company.name} for one in also
        ],
        "event": person.event.name,
        "badges": [
            {"code": badge.code, "issued_at": _told(badge.issued_at), "revoked_at": _told(badge.revoked_at)}
            for badge in person.badges
        ],
        "presence": {"state": presence.state, "since": _told(presence.since)} if presence else None,
        "scans": [
            {"kind": scan.kind, "gate": scan.gate, "at": _told(scan.at), "outcome": scan.outcome} for scan in scans
        ],
        "phones": [{"how": phone.how, "bound_at": _told(phone.bound_at)} for phone in phones],
        "contacts": [{"name": other.name, "company": other.company.name} for other in contacts_of(person.id)],
        "contact_details_received_by": [
            {"name": each.taker.name, "company": each.taker.company.name, "at": _told(each.received_at)}
            | {"withdrawn_at": _told(each.withdrawn_at)}
            for each in receipts_from(person.id)
        ],
        "contact_details_offered_to": [offer.taker.name for offer in offers],
        "notes": [
            {"with": (note.company if note.side == "host" else note.host).name, "outcome": note.outcome}
            | {"next_step": note.next_step, "at": _told(note.noted_at)}
            for note in notes
        ],
    }


def _told(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def erase(person: Delegate, *, now: datetime, actor: str) -> None:
    """Erase `person`: name, contacts, badge, phones and offers go; scan log and receipts keep a pseudonym."""
    _erase(person, now=now)
    touch(person.event_id)
    audit.record(at=now, actor=actor, action="delegate.erase", event_id=person.event_id, target=f"delegate {person.id}")
    db.session.commit()


def _erase(person: Delegate, *, now: datetime) -> None:
    number = person.id
    db.session.query(ContactOffer).filter(
        (ContactOffer.giver_id == number) | (ContactOffer.taker_id == number)
    ).delete()
    for kind in (PhoneBinding, BindAttempt, DeskCode):
        db.session.query(kind).filter_by(delegate_id=number).delete()
    db.session.query(MeetingNote).filter_by(noted_by_id=number).update({MeetingNote.noted_by_id: None})
    forget(person, now=now)


def end_retention(*, now: datetime) -> int:
    """Erase the people of every event whose day of retention has passed there; returns how many were erased."""
    erased = 0
    for event in db.session.query(Event).filter(Event.retention_until.is_not(None)).all():
        if event.retention_until is None or now.astimezone(event.zone).date() <= event.retention_until:
            continue
        people = db.session.query(Delegate).filter_by(event_id=event.id, erased_at=None).all()
        for person in people:
            _erase(person, now=now)
        if people:
            touch(event.id)
            audit.record(
                at=now, actor="retention", action="delegate.erase", event_id=event.id, target=f"{len(people)} delegates"
            )
        db.session.commit()
        erased += len(people)
    return erased
