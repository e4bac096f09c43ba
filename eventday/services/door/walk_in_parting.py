"""What was said of a walk-in is taken back: two who were made one are two again, each as they were.

Rows become what they were before, unless somebody has changed them since. The scan log only grows: what was scanned
with the walk-in's badge meanwhile is taken back where it stands, in the other's name, and entered in the walk-in's.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert, or_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from ...models import Badge, Company, Delegate, Event, Scan, TableVisit, WalkIn, db, stamp_delegates, writing
from ...rules.errors import Invalid
from .. import audit
from ..forum.events import touch
from ..people.before_merging import put_back
from . import scan_lookup as lookup
from .walk_in_settling import find_walk_in, stand
from .whereabouts import sightings_of

LATELY = 30


def settled_lately(event: Event) -> list[tuple[WalkIn, Delegate]]:
    """The walk-ins of whom somebody has said who they are, with the person that each is by now; the last first."""
    rows = db.session.query(WalkIn).join(WalkIn.delegate).filter(WalkIn.event_id == event.id)
    rows = rows.filter(WalkIn.settled_at.is_not(None), Delegate.erased_at.is_(None))
    shown = rows.options(joinedload(WalkIn.delegate).joinedload(Delegate.company))
    lately = shown.order_by(WalkIn.settled_at.desc(), WalkIn.id).limit(LATELY).all()
    numbers = {row.delegate.merged_into_id for row in lately} - {None}
    people = db.session.query(Delegate).filter(Delegate.id.in_(numbers)).options(joinedload(Delegate.company))
    kept: dict[int | None, Delegate] = {person.id: person for person in people}
    return [(row, kept.get(row.delegate.merged_into_id, row.delegate)) for row in lately]


def take_back(event: Event, walk_in_id: str, *, now: datetime, actor: str) -> Delegate:
    """The walk-in waits for a person's word again; returns the person. Saying it twice changes nothing.

    Raises NotFound, and Invalid with what to do where it cannot be taken back (now, or any more).
    """
    try:
        with writing():
            return _take_back(event.id, walk_in_id, now=now, actor=actor)
    except IntegrityError as error:
        raise Invalid("Too much has changed since. Correct the two by hand, under Delegates.") from error


def _take_back(event_id: int, walk_in_id: str, *, now: datetime, actor: str) -> Delegate:
    row = find_walk_in(event_id, walk_in_id)
    person = row.delegate
    if person.merged_into_id is not None:
        # As every scan does: whoever holds the two presences decides where the two are.
        lookup.lock_presences(event_id, {person.id, person.merged_into_id})
        db.session.refresh(row)
    if row.settled_at is None:
        return person  # somebody else has just taken it back
    if person.merged_into_id is not None:
        _part(row, person, db.session.get_one(Delegate, person.merged_into_id), now=now)
    row.settled_at, row.settled_by, row.merge = None, "", None
    target = f"delegate {person.id}"
    audit.record(at=now, actor=actor, action="walk-in.take-back", event_id=event_id, target=target)
    touch(event_id)
    db.session.flush()
    db.session.expire_all()
    return person


def _part(row: WalkIn, person: Delegate, kept: Delegate, *, now: datetime) -> None:
    if not row.merge:
        raise Invalid("This was settled by an earlier version, which kept nothing to take it back by.")
    if later := _settled_later(row, kept):
        raise Invalid(
            "Take back what was said later of the same person or company first: %(name)s.", name=later.delegate.name
        )
    about = {person.company_id, kept.company_id}
    put_back(row.merge)
    db.session.expire_all()
    about |= {person.company_id, kept.company_id}
    _give_scans_back(person, kept, after=row.merge["scans"][0], now=now)
    _tell_stations(about)
    for number in (person.id, kept.id):
        stand(number, revision=touch(row.event_id))


def _settled_later(row: WalkIn, kept: Delegate) -> WalkIn | None:
    """What was merged into the same person or company since: it stands on what is to be put back."""
    into = db.session.query(Delegate.id).filter(or_(Delegate.id == kept.id, Delegate.company_id == kept.company_id))
    rows = db.session.query(WalkIn).join(WalkIn.delegate).filter(WalkIn.event_id == row.event_id, WalkIn.id != row.id)
    return rows.filter(Delegate.merged_into_id.in_(into), WalkIn.settled_at > row.settled_at).first()


def _give_scans_back(person: Delegate, kept: Delegate, *, after: int, now: datetime) -> None:
    badges = db.session.query(Badge.id).filter_by(delegate_id=person.id)
    since = db.session.query(Scan).filter(Scan.number > after, Scan.delegate_id == kept.id, Scan.badge_id.in_(badges))
    let_in = [seen.id for seen in sightings_of({kept.id})[0].get(kept.id, []) if seen.moves]
    moved = or_(Scan.outcome == "accepted", Scan.id.in_(let_in))
    scans = since.filter(moved, Scan.kind != "undo").order_by(Scan.number).all()
    undone = lookup.undone_among([scan.id for scan in scans])
    for scan in scans:
        if scan.id in undone:
            continue
        same = {name: getattr(scan, name) for name in ("event_id", "station_id", "badge_id", "badge_digest", "gate")}
        same |= {"table_id": scan.table_id, "received_at": now, "detail": scan.detail}
        back = {"id": f"{scan.id}.back", "kind": "undo", "undoes": scan.id, "at": now, "outcome": "undone"}
        again = {"id": f"{scan.id}.again", "kind": scan.kind, "undoes": None, "at": scan.at, "outcome": "accepted"}
        entries: list[dict[str, Any]] = [
            same | back | {"delegate_id": kept.id},
            same | again | {"delegate_id": person.id},
        ]
        db.session.execute(insert(Scan), entries)
        _give_visit_back(scan.id, person)


def _give_visit_back(scan_id: str, person: Delegate) -> None:
    visit = db.session.query(TableVisit).filter_by(scan_id=scan_id).one_or_none()
    if visit is None:
        return
    own = db.session.query(TableVisit.id).filter_by(
        table_id=visit.table_id, round_id=visit.round_id, delegate_id=person.id
    )
    if own.first():
        db.session.delete(visit)
    else:
        visit.delegate_id, visit.company_id, visit.scan_id = person.id, person.company_id, f"{scan_id}.again"
    db.session.flush()


def _tell_stations(companies: set[int]) -> None:
    """Rows were put back past the session, which tells stations of changes otherwise."""
    known = db.session.query(Company.id).filter(Company.id.in_(companies))
    rows = db.session.query(Delegate.event_id, Delegate.id).filter(Delegate.company_id.in_(known)).all()
    for event_id in {event for event, _number in rows}:
        stamp_delegates(db.session(), event_id, {number for event, number in rows if event == event_id})
        touch(event_id)
