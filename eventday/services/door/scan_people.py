"""Whose a badge is: delegates as a station shows them, fetched for a whole batch in one statement each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from ...models import Badge, Company, Delegate, db


@dataclass(frozen=True)
class Person:
    """A delegate as a station shows them."""

    id: int
    event_id: int
    company_id: int
    name: str
    name_en: str
    title: str
    role: str
    company: str
    company_label: str
    kind: str


@dataclass(frozen=True)
class BadgeFacts:
    """A badge and whose it is."""

    id: int
    revoked: bool
    person: Person


PERSON = (
    Delegate.id,
    Delegate.event_id,
    Delegate.company_id,
    Delegate.name,
    Delegate.name_en,
    Delegate.title,
    Delegate.role,
    Company.name,
    Company.short_name,
    Company.kind,
)


def person_of(row: Any) -> Person:
    """A Person from the columns PERSON."""
    number, event_id, company_id, name, name_en, title, role, company, short, kind = row
    return Person(number, event_id, company_id, name, name_en, title, role, company, short or company, kind)


# Statements are built once: at the door that costs more than running them.
_BADGES = (
    select(Badge.code, Badge.id, Badge.revoked_at, *PERSON)
    .join(Delegate, Delegate.id == Badge.delegate_id)
    .join(Company, Company.id == Delegate.company_id)
    .where(Badge.code.in_(bindparam("codes", expanding=True)))
)


def badges_by_code(codes: Collection[str]) -> dict[str, BadgeFacts]:
    """The badges with these codes."""
    if not codes:
        return {}
    rows = db.session.connection().execute(_BADGES, {"codes": list(codes)})
    return {row[0]: BadgeFacts(row[1], row[2] is not None, person_of(row[3:])) for row in rows}


# A walk-in who was found to be somebody registered is still asked for by the number they once had.
_Asked = aliased(Delegate)
_PEOPLE = (
    select(_Asked.id, *PERSON)
    .join(Delegate, Delegate.id == func.coalesce(_Asked.merged_into_id, _Asked.id))
    .join(Company, Company.id == Delegate.company_id)
    .where(_Asked.id.in_(bindparam("ids", expanding=True)))
)


def people_by_id(ids: Collection[int]) -> dict[int, Person]:
    """The delegates with these numbers; for one merged into another it is the other."""
    if not ids:
        return {}
    rows = db.session.connection().execute(_PEOPLE, {"ids": list(ids)})
    return {row[0]: person_of(row[1:]) for row in rows}
