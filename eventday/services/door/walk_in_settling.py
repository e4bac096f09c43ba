"""A walk-in and somebody registered are one person, or they are two: a person says which, once.

Nothing is deleted and the scan log is not touched. The walk-in's row stays and points at the person who is kept;
everything else that named it names the kept one, and where somebody is follows from the scans of both. Of their two
badges one stays valid: the one that hangs on a chest (rules.same_person). What was changed is kept with the walk-in,
for whoever takes it back (walk_in_parting).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from ...models import (
    ContactOffer,
    Delegate,
    DeskCode,
    Event,
    ForumTable,
    Participation,
    PlanSeen,
    Presence,
    Scan,
    TableVisit,
    WalkIn,
    db,
    writing,
)
from ...rules.errors import Invalid, NotFound, Stale
from ...rules.same_person import keeps_walk_ins_badge
from .. import audit
from ..forum.events import touch
from ..people.before_merging import rows_about, what_changed
from ..people.delegates import find_delegate
from ..people.handing_over import Joins, hand_over_all
from ..people.merging import join_companies
from . import scan_lookup as lookup
from .scan_lookup import Standing
from .whereabouts import stand_by_log

FILLED_FROM_BOTH = ("name_en", "title", "phone", "email", "note", "receiver_id")


def merge(event: Event, walk_in_id: str, kept_id: int, *, now: datetime, actor: str) -> Delegate:
    """The walk-in is delegate `kept_id`: returns the one person that they are from now on.

    A company that came in with the walk-in alone becomes part of the kept person's. Saying it twice changes nothing.
    Raises NotFound, Stale where somebody else has said otherwise, Invalid where the two companies exclude each other.
    """
    for last in (False, True):
        try:
            with writing():
                return _merge(event.id, walk_in_id, kept_id, now=now, actor=actor)
        except OperationalError:
            # A scan of one of the two stood in the way; it is done now.
            if last:
                raise
    raise AssertionError("unreachable")


def keep_apart(event: Event, walk_in_id: str, *, now: datetime, actor: str) -> int:
    """They are different people: the walk-in is not shown again. The person's number; raises NotFound, Stale."""
    with writing():
        row = find_walk_in(event.id, walk_in_id)
        if row.delegate.merged_into_id is not None:
            raise Stale("Somebody else has settled this walk-in already.")
        _settle(row, now, actor, "walk-in.apart")
        touch(event.id)
        return row.delegate_id


def _merge(event_id: int, walk_in_id: str, kept_id: int, *, now: datetime, actor: str) -> Delegate:
    event = db.session.get_one(Event, event_id)
    gone, kept = find_walk_in(event_id, walk_in_id).delegate, find_delegate(event, kept_id)
    # The two presences first, as every scan does: whoever holds them decides where the two are.
    lookup.lock_presences(event_id, {gone.id, kept.id})
    row = find_walk_in(event_id, walk_in_id)
    if gone.merged_into_id == kept.id:
        return kept
    if gone.merged_into_id is not None or row.settled_at is not None:
        raise Stale("Somebody else has settled this walk-in already.")
    if kept.id == gone.id:
        raise Invalid("Choose another person.", field="same_as")
    touch(event_id)
    about = {gone.id, kept.id}, {gone.company_id, kept.company_id}
    db.session.flush()
    before = rows_about(*about)
    _fill(kept, gone)
    _one_badge(kept, gone, now)
    gone.merged_into_id = kept.id
    stays = (Scan, Presence, WalkIn, Delegate.merged_into_id)
    hand_over_all(Delegate, gone.id, kept.id, JOIN, but=stays)
    db.session.execute(update(Delegate).filter_by(merged_into_id=gone.id).values(merged_into_id=kept.id))
    _leave_no_offers_to_oneself(kept.id)
    stand(kept.id, revision=touch(event_id))
    db.session.execute(update(Presence).filter_by(delegate_id=gone.id).values(_nowhere(touch(event_id))))
    _settle(row, now, actor, "walk-in.merge", into=kept.id)
    _join_company(event, kept, gone, now=now, actor=actor)
    db.session.flush()
    row.merge = what_changed(before, rows_about(*about)) | {"scans": [lookup.scans_so_far()]}
    db.session.flush()
    db.session.expire_all()
    return kept


def find_walk_in(event_id: int, walk_in_id: str) -> WalkIn:
    """The walk-in of this event, as it is now; raises NotFound, also for one who was erased."""
    row = db.session.query(WalkIn).filter_by(id=walk_in_id, event_id=event_id).populate_existing().one_or_none()
    if row is None or row.delegate.erased_at is not None:
        raise NotFound("There is no such walk-in at this event.")
    return row


def _fill(kept: Delegate, gone: Delegate) -> None:
    """What the desk was told fills what was not known; the walk-in's row keeps its own words."""
    for name in FILLED_FROM_BOTH:
        if not getattr(kept, name):
            setattr(kept, name, getattr(gone, name))
    if gone.note and gone.note not in kept.note:
        kept.note = f"{kept.note}\n{gone.note}"
    if kept.receiver_id in (kept.id, gone.id):
        kept.receiver_id = None


def _one_badge(kept: Delegate, gone: Delegate, now: datetime) -> None:
    mine, theirs = kept.badge, gone.badge
    if mine is None or theirs is None:
        return
    used = db.session.query(Scan.number).filter_by(badge_id=mine.id).first() is not None
    stays = keeps_walk_ins_badge(walk_in_printed=theirs.printed_at is not None, registered_used=used)
    (mine if stays else theirs).revoked_at = now
    db.session.flush()


def stand(number: int, *, revision: int) -> None:
    """Let the delegate be where the scans of theirs, and of whoever was merged into them, say."""
    here = stand_by_log(number).columns()
    db.session.execute(update(Presence).filter_by(delegate_id=number).values(here | {"revision": revision}))


def _nowhere(revision: int) -> dict[str, Any]:
    """Nobody is any more where the walk-in's row was."""
    return Standing().columns() | {"state": lookup.MERGED, "revision": revision}


def _settle(row: WalkIn, now: datetime, actor: str, action: str, **more: Any) -> None:
    row.settled_at, row.settled_by = now, actor
    target = f"delegate {row.delegate_id}"
    audit.record(at=now, actor=actor, action=action, event_id=row.event_id, target=target, **more)
    db.session.flush()


def _join_company(event: Event, kept: Delegate, gone: Delegate, *, now: datetime, actor: str) -> None:
    """A company that only this walk-in brought was the kept person's, by another name."""
    company = gone.company
    if company.id == kept.company_id or company.credit_code:
        return
    parts = db.session.query(Participation).filter_by(company_id=company.id).all()
    others = db.session.query(Delegate.id).filter(Delegate.company_id == company.id, Delegate.id != gone.id).first()
    tables = db.session.query(ForumTable.id).filter_by(host_id=company.id).first()
    if others or tables or any(part.event_id != event.id or not part.walk_in for part in parts):
        return  # a company of its own: what it wishes stays its own
    join_companies(kept.company, company, event=event, now=now, actor=actor)


def _leave_no_offers_to_oneself(number: int) -> None:
    for offer in db.session.query(ContactOffer).filter_by(giver_id=number, taker_id=number):
        db.session.delete(offer)
    db.session.flush()


def _join_offers(one: ContactOffer, two: ContactOffer) -> None:
    one.offered_at = min(one.offered_at, two.offered_at)
    one.declined_at = one.declined_at and two.declined_at


def _same(_one: Any, _two: Any) -> None:
    """The two rows say the same; one of them is enough."""


JOIN: Joins = {TableVisit: _same, PlanSeen: _same, DeskCode: _same, ContactOffer: _join_offers}
