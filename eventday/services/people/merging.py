"""Two companies that a person knows to be one become one, with nothing lost.

Whatever names the second is made to name the first, table by table as the models declare them, so that a table
added later is not forgotten. Where both have a row of which there may be only one (the same wish, their part in
one event), the two rows are joined by the rules of merge_joins; where no rule fits, nothing is merged.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint, or_

from ...models import Apart, Assignment, Base, Company, CompanyAlias, Event, Participation, Plan, Wish, db
from ...rules.company_names import normal_name
from ...rules.errors import Invalid
from .. import audit
from ..forum.events import touch
from .merge_joins import JOIN

FILLED_FROM_BOTH = ("name_en", "short_name", "credit_code", "district", "capabilities", "website")


def merge_companies(keep: Company, other: Company, *, event: Event, now: datetime, actor: str) -> None:
    """`other` becomes part of `keep`, at every event. Raises Invalid where the two contradict each other."""
    _check(keep, other)
    gone, code = other.id, other.credit_code
    other.credit_code = None  # unique: it moves, it is never there twice
    db.session.flush()
    for name in FILLED_FROM_BOTH:
        if not getattr(keep, name):
            setattr(keep, name, code if name == "credit_code" else getattr(other, name))
    db.session.flush()
    for kind, column in _columns_naming_companies():
        for row in db.session.query(kind).filter(column == gone).all():
            _hand_over(row, column.key, keep.id)
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
    db.session.commit()


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


def _columns_naming_companies() -> list[tuple[Any, Any]]:
    """(model, column) of every column that points at a company, aliases aside."""
    target = Company.__table__
    return [
        (mapper.class_, mapper.get_property_by_column(column).class_attribute)
        for mapper in Base.registry.mappers
        if mapper.class_ is not CompanyAlias
        for column in mapper.local_table.columns
        if any(key.column.table is target for key in column.foreign_keys)
    ]


def _hand_over(row: Any, name: str, number: int) -> None:
    twin = _twin(row, name, number)
    if twin is None:
        setattr(row, name, number)
        if isinstance(row, Apart) and row.first_id > row.second_id:
            row.first_id, row.second_id = row.second_id, row.first_id
    else:
        join = JOIN.get(type(row))
        if join is None:
            raise Invalid(
                "Both have a record of which there can be only one. Remove one of the two first.", field="other"
            )
        join(twin, row)
        db.session.delete(row)
    db.session.flush()


def _twin(row: Any, name: str, number: int) -> Any:
    """The row that would be the same as `row` once its column `name` says `number`, where only one may be."""
    wanted = {column.key: getattr(row, column.key) for column in row.__table__.columns} | {name: number}
    if isinstance(row, Apart):
        wanted["first_id"], wanted["second_id"] = sorted((wanted["first_id"], wanted["second_id"]))
    for constraint in row.__table__.constraints:
        if isinstance(constraint, UniqueConstraint) and name in constraint.columns:
            same = {column.key: wanted[column.key] for column in constraint.columns}
            found = db.session.query(type(row)).filter_by(**same).first()
            if found is not None and found is not row:
                return found
    return None


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
