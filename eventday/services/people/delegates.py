"""Delegates: found, added, edited, moved to another company."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from email_validator import EmailNotValidError, validate_email
from sqlalchemy.orm import joinedload

from ...models import DELEGATE_ROLES, Badge, Company, Delegate, Event, Participation, Presence, db
from ...rules.errors import Invalid, NotFound
from ...rules.name_search import finds
from ...rules.phones import PhoneError, read_phone
from ..editing import assign
from ..forum.events import settle


@dataclass(frozen=True)
class DelegateData:
    """A person as the organiser knows them; `expected_at` is aware."""

    company_id: int
    name: str
    name_en: str
    title: str
    role: str
    remote: bool
    expected_at: datetime | None
    receiver_id: int | None
    note: str


@dataclass(frozen=True)
class ContactData:
    """How a person is reached; kept apart, because not everybody sees it."""

    phone: str
    email: str


def people_of(event: Event):
    """A query over the delegates who are still there: neither erased nor merged into another."""
    return db.session.query(Delegate).filter(
        Delegate.event_id == event.id, Delegate.erased_at.is_(None), Delegate.merged_into_id.is_(None)
    )


def search_people(
    event: Event, query: str = "", role: str = "", company_id: int | None = None, *, by_phone: bool = True
) -> list[int]:
    """The numbers of the delegates that `query` finds, by company and name; four digits find the end of a phone,
    where `by_phone`: who may not see numbers may not find by them either.
    """
    rows = people_of(event).join(Delegate.company)
    if role == "remote":
        rows = rows.filter(Delegate.remote.is_(True))
    elif role:
        rows = rows.filter(Delegate.role == role)
    if company_id:
        rows = rows.filter(Delegate.company_id == company_id)
    columns = (Delegate.id, Delegate.name, Delegate.name_en, Delegate.phone, Company.name, Company.short_name)
    found = rows.with_entities(*columns).order_by(Company.name, Delegate.id).all()
    digits = query.strip()
    if by_phone and len(digits) == 4 and digits.isascii() and digits.isdigit():
        return [row[0] for row in found if row[3].partition("x")[0].endswith(digits)]
    return [row[0] for row in found if not query or finds(query, row[1], row[2], row[4], row[5])]


def load_people(numbers: list[int]) -> list[Delegate]:
    """These delegates in this order, with company, receiver and badges: a fixed number of queries."""
    rows = (
        db.session.query(Delegate)
        .filter(Delegate.id.in_(numbers))
        .options(joinedload(Delegate.company), joinedload(Delegate.receiver))
    )
    by_id = {row.id: row for row in rows}
    return [by_id[number] for number in numbers if number in by_id]


def presence_of(numbers: list[int]) -> dict[int, Presence]:
    """Where these delegates stand."""
    rows = db.session.query(Presence).filter(Presence.delegate_id.in_(numbers))
    return {row.delegate_id: row for row in rows}


def find_delegate(event: Event, number: int) -> Delegate:
    """The event's delegate with that number; raises NotFound."""
    person = people_of(event).filter(Delegate.id == number).one_or_none()
    if person is None:
        raise NotFound("There is no such delegate in this event.")
    return person


def receivers_of(event: Event) -> list[Delegate]:
    """Who may receive a guest: staff and hosts of the event, and whoever receives one already."""
    named = db.session.query(Delegate.receiver_id).filter(
        Delegate.event_id == event.id, Delegate.receiver_id.is_not(None)
    )
    chosen = Delegate.role.in_(("staff", "host")) | Delegate.id.in_(named)
    return people_of(event).filter(chosen).options(joinedload(Delegate.company)).order_by(Delegate.name).all()


def save_delegate(
    event: Event,
    person: Delegate | None,
    data: DelegateData,
    contact: ContactData | None,
    *,
    code: str,
    now: datetime,
    actor: str,
) -> Delegate:
    """A new delegate (`person` None) with a badge of `code`, or `person` with `data`. Without `contact` that stays.

    Raises Invalid naming the field.
    """
    _check(event, person, data)
    action = "delegate.edit" if person else "delegate.add"
    if person is None:
        person = Delegate(event_id=event.id, company_id=data.company_id, name=data.name, created_at=now)
        db.session.add(person)
    changed = assign(person, data) + (assign(person, _checked_contact(contact)) if contact else [])
    db.session.flush()
    if action == "delegate.add":
        _equip(event, person, code, now)
    settle(event, action, f"delegate {person.id}", now=now, actor=actor, fields=changed)
    return person


def _check(event: Event, person: Delegate | None, data: DelegateData) -> None:
    if data.role not in DELEGATE_ROLES:
        raise Invalid("Choose one of the roles.", field="role")
    if not db.session.query(Participation.id).filter_by(event_id=event.id, company_id=data.company_id).first():
        raise Invalid("Choose a company that takes part.", field="company_id")
    if data.receiver_id is not None:
        if person is not None and data.receiver_id == person.id:
            raise Invalid("Nobody receives themselves.", field="receiver_id")
        if not people_of(event).filter(Delegate.id == data.receiver_id).first():
            raise Invalid("Choose somebody of this event.", field="receiver_id")


def _checked_contact(contact: ContactData) -> ContactData:
    phone, email = contact.phone, contact.email
    if phone:
        try:
            phone = read_phone(phone)
        except PhoneError:
            raise Invalid("%(phone)s is no telephone number.", field="phone", phone=phone) from None
    if email:
        try:
            email = validate_email(email, check_deliverability=False, test_environment=True).normalized
        except EmailNotValidError:
            raise Invalid("%(email)s is no e-mail address.", field="email", email=email) from None
    return ContactData(phone, email)


def _equip(event: Event, person: Delegate, code: str, now: datetime) -> None:
    """A badge, and a place among those expected."""
    db.session.add(Badge(event_id=event.id, delegate_id=person.id, code=code, issued_at=now))
    db.session.add(Presence(delegate_id=person.id, event_id=event.id))
    db.session.flush()
