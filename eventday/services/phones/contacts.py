"""Contact details between attendees: given only when both have offered theirs, and never without a lasting receipt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import aliased

from ...models import ContactOffer, ContactReceipt, Delegate, db, stamp_delegates
from ...rules.errors import Invalid, NotFound
from ...sheets.writing.contact_card import Card, contact_cards


def offer(giver_id: int, taker_id: int, *, now: datetime) -> bool:
    """`giver` lets `taker` have the details; returns whether both have agreed by now. Twice is once."""
    giver, taker = db.session.get_one(Delegate, giver_id), db.session.get_one(Delegate, taker_id)
    if giver_id == taker_id or giver.event_id != taker.event_id:
        raise Invalid("Contact details are exchanged between two people of one event.")
    if not _offer(giver_id, taker_id):
        db.session.add(ContactOffer(event_id=giver.event_id, giver_id=giver_id, taker_id=taker_id, offered_at=now))
    back = _offer(taker_id, giver_id)
    if back is not None:
        back.declined_at = None
        _note_receipts(giver, taker, now)
    _let_them_hear(giver.event_id, giver_id, taker_id)
    db.session.commit()
    return back is not None


def agree(taker_id: int, giver_id: int, *, now: datetime) -> None:
    """`taker` agrees to what `giver` offered. Raises NotFound: to offer first takes the other's badge."""
    if _offer(giver_id, taker_id) is None:
        raise NotFound("There is no such offer.")
    offer(taker_id, giver_id, now=now)


def _offer(giver_id: int, taker_id: int) -> ContactOffer | None:
    return db.session.query(ContactOffer).filter_by(giver_id=giver_id, taker_id=taker_id).one_or_none()


def decline(taker_id: int, giver_id: int, *, now: datetime) -> None:
    """Rather not; whoever offered is not told."""
    found = _offer(giver_id, taker_id)
    if found is None:
        raise NotFound("There is no such offer.")
    found.declined_at = now
    _let_them_hear(found.event_id, giver_id, taker_id)
    db.session.commit()


def withdraw(one_id: int, other_id: int, *, now: datetime) -> None:
    """Take back what `one` offered: neither has the other's details any more."""
    found = _offer(one_id, other_id)
    if found is not None:
        event_id = found.event_id
        db.session.delete(found)
        _receipts(one_id, other_id).update({ContactReceipt.withdrawn_at: now})
        _let_them_hear(event_id, one_id, other_id)
    db.session.commit()


def _receipts(one_id: int, other_id: int) -> Any:
    """The open receipts of the two, in either direction."""
    ids = (one_id, other_id)
    receipts = db.session.query(ContactReceipt).filter(ContactReceipt.withdrawn_at.is_(None))
    return receipts.filter(ContactReceipt.giver_id.in_(ids), ContactReceipt.taker_id.in_(ids))


def _note_receipts(one: Delegate, other: Delegate, now: datetime) -> None:
    if _receipts(one.id, other.id).first() is None:
        for giver, taker in ((one, other), (other, one)):
            db.session.add(ContactReceipt(event_id=one.event_id, giver_id=giver.id, taker_id=taker.id, received_at=now))


def receipts_from(giver_id: int) -> list[ContactReceipt]:
    """Who received this person's details, also where they were taken back since; those erased are left out."""
    return _told(ContactReceipt.giver_id == giver_id, ContactReceipt.taker_id, Delegate.erased_at.is_(None))


def receipts_of_erased(taker_id: int) -> list[ContactReceipt]:
    """What this person received of people who have been erased since, and should now erase too."""
    return _told(ContactReceipt.taker_id == taker_id, ContactReceipt.giver_id, Delegate.erased_at.is_not(None))


def _told(whose: Any, other: Any, still: Any) -> list[ContactReceipt]:
    receipts = db.session.query(ContactReceipt).join(Delegate, Delegate.id == other).filter(whose, still)
    return receipts.order_by(ContactReceipt.received_at, ContactReceipt.id).all()


def _let_them_hear(event_id: int, *delegate_ids: int) -> None:
    """Both phones show how the two stand: their pages are stamped as changed."""
    db.session.flush()
    stamp_delegates(db.session(), event_id, delegate_ids)


def stands(one_id: int, other_id: int) -> str:
    """How the two stand, as `one` may know it: `agreed`, `offered` (by one), `asked` (by the other), or ``."""
    mine, theirs = _offer(one_id, other_id), _offer(other_id, one_id)
    if mine and theirs:
        return "agreed"
    if mine:
        return "offered"
    return "asked" if theirs and not theirs.declined_at else ""


def asking(delegate_id: int) -> list[Delegate]:
    """Who offers details and waits for an answer."""
    mine = aliased(ContactOffer)
    return (
        db.session.query(Delegate)
        .join(ContactOffer, ContactOffer.giver_id == Delegate.id)
        .outerjoin(mine, (mine.giver_id == delegate_id) & (mine.taker_id == Delegate.id))
        .filter(ContactOffer.taker_id == delegate_id, ContactOffer.declined_at.is_(None), mine.id.is_(None))
        .filter(Delegate.erased_at.is_(None))
        .order_by(ContactOffer.offered_at)
        .all()
    )


def contacts_of(delegate_id: int) -> list[Delegate]:
    """Those with whom details were exchanged, in the order in which they offered."""
    mine = aliased(ContactOffer)
    return (
        db.session.query(Delegate)
        .join(ContactOffer, ContactOffer.giver_id == Delegate.id)
        .join(mine, (mine.giver_id == delegate_id) & (mine.taker_id == Delegate.id))
        .filter(ContactOffer.taker_id == delegate_id, Delegate.erased_at.is_(None))
        .order_by(ContactOffer.offered_at)
        .all()
    )


def cards(people: Sequence[Delegate]) -> bytes:
    """The people as a vCard file, to be taken into a phone's address book."""
    return contact_cards(
        [
            Card(
                name=person.name,
                company=person.company.name,
                title=person.title,
                phone=person.phone,
                email=person.email,
                url=person.company.website,
            )
            for person in people
        ]
    )
