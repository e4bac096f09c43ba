"""How many are here: counted from presence, by kind of company."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, literal_column, select

from ...models import Company, Delegate, Presence, db


def arrivals(event_id: int) -> dict[str, Any]:
    """How many `people` are expected, inside and left; for each of `kinds` how many people and companies have arrived.

    `arrived` counts whoever has been here, also those who have left again; remote delegates count like the others.
    """
    # One expression, named twice: PostgreSQL groups by what it can see to be the same.
    state = func.coalesce(Presence.state, literal_column("'expected'"))
    statement = (
        select(Company.kind, Company.id, state, func.count())
        .select_from(Delegate)
        .join(Company, Company.id == Delegate.company_id)
        .outerjoin(Presence, Presence.delegate_id == Delegate.id)
        .where(Delegate.event_id == event_id, Delegate.merged_into_id.is_(None), Delegate.erased_at.is_(None))
        .group_by(Company.kind, Company.id, state)
    )
    people = {"expected": 0, "inside": 0, "left": 0}
    kinds: dict[str, dict[str, Any]] = {}
    companies: dict[str, set[int]] = {}
    here: dict[str, set[int]] = {}
    for kind, company_id, stands, number in db.session.execute(statement):
        people["inside" if stands == "arrived" else stands] += number
        counted = kinds.setdefault(kind, {"people": 0, "arrived": 0})
        counted["people"] += number
        companies.setdefault(kind, set()).add(company_id)
        if stands != "expected":
            counted["arrived"] += number
            here.setdefault(kind, set()).add(company_id)
    for kind, counted in kinds.items():
        counted |= {"companies": len(companies[kind]), "companies_arrived": len(here.get(kind, ()))}
    return {"people": people, "kinds": kinds}
