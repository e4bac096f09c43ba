"""Walk-ins: company and person registered at the desk, also by a tablet that was offline, in one transaction.

The person, the badge, the wishes and the scan that lets them in stand together or not at all. The tablet's id names
both the walk-in and its scan: handing it in again makes nobody new, and an undo names it like any other scan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError

from ...models import Badge, Company, CompanyAlias, Delegate, Participation, Presence, Scan, WalkIn, Wish, db, writing
from ...rules.company_names import normal_name
from ...rules.errors import Forbidden, Invalid
from ...rules.phones import PhoneError, read_phone
from ...rules.station_clock import believable, correction
from ...rules.tidy_text import CONTROLS
from .. import audit
from ..forum.events import touch
from .calling import StationFacts
from .checkin import record_beside
from .former_roles import role_then
from .roster import DESKS
from .walk_in_matches import near

_ATTEMPTS = 3


@dataclass(frozen=True)
class WalkInData:
    """What the desk was told. `wishes`: interest 1-5 by host; `at` and `sent_at` are aware, by the tablet's clock."""

    id: str
    company: str
    name: str
    title: str
    phone: str
    wishes: Mapping[int, int]
    gate: str
    at: datetime
    sent_at: datetime | None


def register(station: StationFacts, data: WalkInData, *, code: str, now: datetime) -> dict[str, Any]:
    """Register a walk-in with a badge of `code`, check them in: `{"id", "delegate_id", "code", "maybe", "left_out"}`.

    `maybe` lists people whom this may be, for a person to compare; nobody is merged here (walk_in_settling).
    `left_out` lists hosts that take no part. Raises Forbidden (the station was no desk when they came) and Invalid (no
    name; the id is taken).
    """
    for attempt in range(_ATTEMPTS):
        try:
            with writing():
                return _register(station, data, code, now)
        except IntegrityError:
            # The same walk-in came over two connections at once: the next attempt finds what the other wrote.
            if attempt + 1 == _ATTEMPTS:
                raise
    raise AssertionError("unreachable")


def _register(station: StationFacts, data: WalkInData, code: str, now: datetime) -> dict[str, Any]:
    # First of all: it locks the event's row, so that two desks never make one new company twice.
    touch(station.event_id)
    known = db.session.get(WalkIn, data.id)
    if known is not None and known.event_id == station.event_id:
        return _answer(known.delegate, data)
    if known is not None or db.session.query(Scan.number).filter_by(id=data.id).first():
        raise Invalid("This id stands for something else. Register the walk-in with a new one.", field="id")
    at = _moment(data, now)
    if station.role not in DESKS and role_then(station.id, at) not in DESKS:
        raise Forbidden("Walk-ins are registered at a desk.")
    person = _person(station, data, now)
    db.session.add(Badge(event_id=station.event_id, delegate_id=person.id, code=code, issued_at=now))
    db.session.add(Presence(delegate_id=person.id, event_id=station.event_id))
    row = {"id": data.id, "event_id": station.event_id, "station_id": station.id, "delegate_id": person.id}
    maybe = [one.id for _, one in near(person)]
    db.session.add(WalkIn(**row, at=at, received_at=now, maybe=maybe))
    wished = _wish(station.event_id, person, data.wishes)
    db.session.flush()
    scan = {"id": data.id, "kind": "in", "badge": code, "gate": CONTROLS.sub("", data.gate), "at": at.isoformat()}
    record_beside(station, [scan], now=now)
    actor, target = f"station {station.id}", f"delegate {person.id}"
    audit.record(at=now, actor=actor, action="walk-in.add", event_id=station.event_id, target=target, wishes=wished)
    return _answer(person, data)


def person_now(person: Delegate) -> Delegate:
    """Who somebody is by now: another, when a person has found the two to be one."""
    return db.session.get_one(Delegate, person.merged_into_id) if person.merged_into_id else person


def number_now(number: int) -> int:
    """The same for a delegate's number, as a tablet may still know it."""
    person = db.session.get(Delegate, number)
    return person_now(person).id if person else number


def _moment(data: WalkInData, now: datetime) -> datetime:
    """When they came, by our clock: a tablet's wrong one is corrected by what it says at sending."""
    at = data.at.astimezone(UTC) + correction(now, data.sent_at) if believable(data.at) else now
    return min(at, now) if believable(at) else now


def _person(station: StationFacts, data: WalkInData, now: datetime) -> Delegate:
    name = _clean(data.name, "name")
    company = _company(_clean(data.company, "company"))
    if not db.session.query(Participation.id).filter_by(event_id=station.event_id, company_id=company.id).first():
        db.session.add(Participation(event_id=station.event_id, company_id=company.id, walk_in=True))
    phone, note = CONTROLS.sub("", data.phone).strip(), ""
    if phone:
        try:
            phone = read_phone(phone)
        except PhoneError:
            phone, note = "", phone  # the person has gone in long since: what was typed is kept for a person to read
    person = Delegate(
        event_id=station.event_id,
        company_id=company.id,
        name=name,
        title=CONTROLS.sub("", data.title).strip(),
        phone=phone,
        note=note,
        walk_in=True,
        created_at=now,
    )
    db.session.add(person)
    db.session.flush()
    return person


def _clean(text: str, field: str) -> str:
    text = CONTROLS.sub("", text).strip()
    if not text:
        raise Invalid("A walk-in needs a company and a name.", field=field)
    return text


def _company(name: str) -> Company:
    """The company that goes by this name or alias, as an import finds it; else a new one."""
    normal = normal_name(name) or name
    alias = select(CompanyAlias.company_id).where(CompanyAlias.normal == normal)
    named = db.session.query(Company).filter(or_(Company.normal_name == normal, Company.id.in_(alias)))
    found = named.order_by(Company.normal_name != normal, Company.id).first()
    if found is None:
        found = Company(name=name, normal_name=normal)
        db.session.add(found)
        db.session.flush()
    return found


def _wish(event_id: int, person: Delegate, wishes: Mapping[int, int]) -> int:
    """Note the wishes; one that the company has already is raised, never lowered by a second person at the desk."""
    known = {
        wish.host_id: wish for wish in db.session.query(Wish).filter_by(event_id=event_id, company_id=person.company_id)
    }
    changed = 0
    for host_id, interest in sorted(wishes.items()):
        if host_id in known:
            changed += interest > known[host_id].interest
            known[host_id].interest = max(interest, known[host_id].interest)
        elif host_id not in _left_out(event_id, person.company_id, wishes):
            wish = {"company_id": person.company_id, "host_id": host_id, "interest": interest}
            db.session.add(Wish(event_id=event_id, **wish))
            changed += 1
    return changed


def _left_out(event_id: int, company_id: int, wishes: Mapping[int, int]) -> list[int]:
    here = db.session.query(Participation.company_id).filter_by(event_id=event_id)
    return sorted(wishes.keys() - ({row[0] for row in here} - {company_id}))


def _answer(person: Delegate, data: WalkInData) -> dict[str, Any]:
    person = person_now(person)
    return {
        "id": data.id,
        "delegate_id": person.id,
        "code": person.badge.code if person.badge else "",
        "maybe": [
            {"id": one.id, "name": one.name, "title": one.title, "walk_in": one.walk_in} for _, one in near(person)
        ],
        "left_out": _left_out(person.event_id, person.company_id, data.wishes),
    }
