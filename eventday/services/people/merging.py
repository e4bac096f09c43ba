"""Two companies that a person knows to be one become one, with nothing lost.

Whatever names the second is made to name the first (handing_over). Where both have a row of which there may be only
one (the same wish, their part in one event), the two rows are joined by the rules of merge_joins; where no rule fits,
nothing is merged.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_

from ...models import Apart, Assignment, Company, CompanyAlias, Event, Participation, Plan, Wish, db
from ...rules.company_names import normal_name
from ...rules.errors import Invalid
from .. import audit
from ..forum.events import touch
from .handing_over import hand_over_all
from .merge_joins import JOIN

FILLED_FROM_BOTH = ("name_en", "short_name", "credit_code", "district", "capabilities", "website")


def merge_companies(keep: Company, other: Company, *, event: Event, now: datetime, actor: str) -> None:
    """`other` becomes part of `keep`, at every event. Raises Invalid where the two contradict each other."""
    join_companies(keep, other, event=event, now=now, actor=actor)
    db.session.commit()


def join_companies(keep: Company, other: Company, *, event: Event, now: datetime, actor: str) -> None:
    """As `merge_companies`, within the caller's transaction."""
    _check(keep, other)
    gone, code = other.id, other.credit_code
    other.credit_code = None  # unique: it moves, it is never there twice
    db.session.flush()
    for name in FILLED_FROM_BOTH:
        if not getattr(keep, name):
            setattr(keep, name, code if name == "credit_code" else getattr(other, name))
    db.session.flush()
    hand_over_all(Company, gone, keep.id, JOIN, but=(CompanyAlias,))
    _keep_name(keep, other)
    db.session.flush()
    db.session.expire(other)
    db.session.delete(other)
    db.session.flush()
    for number in _events_of(keep):
        touch(number)
    audit.record(
        at=now, actor=actor, action="company.merge", event_id=event.id, target=f"company {keep.id}", merged=gone
    )


def _check(keep: Company, other: Company) -> None:
    if keep.id == other.id:
        raise Invalid("Choose another company.", field="other")
    if keep.credit_code and other.credit_code:
        raise Invalid(
            "The two have different credit codes, so they are two companies. Correct a code first.", field="other"
        )
    pair = or_(
        (Wish.company_id == keep.id) & (Wish.host_id == other.id),
        (Wish.company_id == other.id) & (Wish.host_id == keep.id),
    )
    if db.session.query(Wish.id).filter(pair).first():
        raise Invalid("One of the two has a wish to meet the other. Remove that wish first.", field="other")
    apart = or_(
        (Apart.first_id == keep.id) & (Apart.second_id == other.id),
        (Apart.first_id == other.id) & (Apart.second_id == keep.id),
    )
    if db.session.query(Apart.id).filter(apart).first():
        raise Invalid("The two are kept apart. Remove that rule first.", field="other")
    _check_plans(keep, other)


def _check_plans(keep: Company, other: Company) -> None:
    """In a published plan the two must not be at two tables at once, nor meet one host twice."""
    rows = (
        db.session.query(Assignment)
        .join(Plan)
        .filter(Plan.state == "published", Assignment.company_id.in_((keep.id, other.id)))
        .all()
    )
    mine = [row for row in rows if row.company_id == keep.id]
    for row in rows:
        if row.company_id == other.id and any(
            row.plan_id == each.plan_id and (row.round_id == each.round_id or row.table.host_id == each.table.host_id)
            for each in mine
        ):
            raise Invalid(
                "The published plan seats the two at once. Publish a plan with one of them first.", field="other"
            )


def _keep_name(keep: Company, other: Company) -> None:
    """Sheets that use the other's names find the company that was kept."""
    for alias in list(other.aliases):
        alias.company_id = keep.id
    known = {keep.normal_name} | {row.normal for row in db.session.query(CompanyAlias)}
    for name in (other.name, other.name_en, other.short_name):
        normal = normal_name(name)
        if normal and normal not in known:
            known.add(normal)
            db.session.add(CompanyAlias(company_id=keep.id, alias=name, normal=normal))
    db.session.flush()


def _events_of(company: Company) -> list[int]:
    return [row[0] for row in db.session.query(Participation.event_id).filter_by(company_id=company.id)]
