"""Companies of an event: found, added, edited, taken off. A company is known across events; its part is not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from ...models import Company, Delegate, Event, ForumTable, Participation, Round, Wish, db
from ...rules.company_names import normal_name
from ...rules.errors import Invalid, NotFound
from ...rules.name_search import finds
from .. import audit
from ..editing import assign
from ..forum.events import settle, touch
from .company_identity import CompanyData, PartData, checked, known_company, write_company


def companies_of(event: Event, query: str = "", kind: str = "") -> list[Participation]:
    """The parts of the companies that take part, hosts first, then by name; those that `query` finds."""
    parts = db.session.query(Participation).join(Participation.company).filter(Participation.event_id == event.id)
    if kind:
        parts = parts.filter(Company.kind == kind)
    parts = parts.options(joinedload(Participation.company).selectinload(Company.aliases))
    ordered = parts.order_by(Company.kind != "soe", Company.name, Company.id).all()
    return [part for part in ordered if not query or _found(query, part.company)]


def _found(query: str, company: Company) -> bool:
    names = [alias.alias for alias in company.aliases]
    return finds(query, company.name, company.name_en, company.short_name, company.credit_code or "", *names)


def counts_of(event: Event, company_ids: Collection[int]) -> dict[str, dict[int, int]]:
    """`delegates`, `wishes` and `tables` of each of these companies in the event."""

    def counted(column: object, *where: object) -> dict[int, int]:
        rows = db.session.execute(
            select(column, func.count()).where(column.in_(company_ids), *where).group_by(column)  # type: ignore[attr-defined,call-overload]
        )
        return {row[0]: row[1] for row in rows}

    here = (Delegate.event_id == event.id, Delegate.erased_at.is_(None), Delegate.merged_into_id.is_(None))
    return {
        "delegates": counted(Delegate.company_id, *here),
        "wishes": counted(Wish.company_id, Wish.event_id == event.id),
        "tables": counted(ForumTable.host_id, ForumTable.event_id == event.id),
    }


def find_part(event: Event, company_id: int) -> Participation:
    """A company's part in the event, with the company; raises NotFound."""
    part = (
        db.session.query(Participation)
        .filter_by(event_id=event.id, company_id=company_id)
        .options(joinedload(Participation.company), selectinload(Participation.absent_rounds))
        .one_or_none()
    )
    if part is None:
        raise NotFound("There is no such company in this event.")
    return part


def hosts_of(event: Event) -> list[Company]:
    """Who may host: SOEs that take part, and whoever has a table."""
    tables = select(ForumTable.host_id).where(ForumTable.event_id == event.id)
    query = db.session.query(Company).join(Participation, Participation.company_id == Company.id)
    query = query.filter(Participation.event_id == event.id, or_(Company.kind == "soe", Company.id.in_(tables)))
    return query.order_by(Company.name).all()


def add_company(
    event: Event, data: CompanyData, part: PartData, aliases: Sequence[str], *, now: datetime, actor: str
) -> Company:
    """A company that takes part: the one that is known by this code or name, else a new one. Raises Invalid."""
    data = checked(data, part)
    company = known_company(data)
    if company is None:
        company = Company(name=data.name, normal_name=normal_name(data.name))
        db.session.add(company)
    elif db.session.query(Participation.id).filter_by(event_id=event.id, company_id=company.id).first():
        raise Invalid("%(name)s takes part in this event already.", field="name", name=company.name)
    write_company(company, data, aliases)
    row = Participation(event_id=event.id, company_id=company.id)
    db.session.add(row)
    assign(row, part)
    db.session.flush()
    touch(event.id)
    audit.record(at=now, actor=actor, action="company.add", event_id=event.id, target=f"company {company.id}")
    db.session.commit()
    return company


def edit_company(
    event: Event,
    row: Participation,
    data: CompanyData,
    part: PartData,
    aliases: Sequence[str],
    *,
    absent: Collection[int],
    withdrawn: bool,
    now: datetime,
    actor: str,
) -> None:
    """Take what was edited; not there in the rounds `absent`. Raises Invalid naming the field."""
    data = checked(data, part)
    known = known_company(data)
    if known is not None and known.id != row.company_id:
        field = "credit_code" if data.credit_code and known.credit_code == data.credit_code else "name"
        raise Invalid("%(name)s is this already. Merge the two if they are one.", field=field, name=known.name)
    changed = write_company(row.company, data, aliases) + assign(row, part)
    rounds = db.session.query(Round).filter(Round.event_id == event.id, Round.id.in_(absent)).all()
    if {each.id for each in rounds} != {each.id for each in row.absent_rounds}:
        row.absent_rounds = rounds
        changed.append("absent_rounds")
    if withdrawn != (row.withdrawn_at is not None):
        row.withdrawn_at = now if withdrawn else None
        changed.append("withdrawn")
    db.session.flush()
    settle(event, "company.edit", f"company {row.company_id}", now=now, actor=actor, fields=changed)
