"""A host's own view: who comes to its tables in which round, and who wishes to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import selectinload

from ...models import Assignment, Company, Event, ForumTable, Need, Plan, Presence, Project, Round, Wish, db
from ...models.company import Delegate
from ...rules.errors import Forbidden, Invalid, NotFound
from ..forum.events import settle
from .my_day import Holder


@dataclass(frozen=True)
class Visitor:
    """A company at the host's table: what it can do, what it wishes, what the two have done together before."""

    company: Company
    wish: Wish | None
    projects: tuple[Project, ...]
    arrived: bool


@dataclass(frozen=True)
class TableRound:
    """One of the host's tables in one round."""

    table: ForumTable
    round: Round
    visitors: tuple[Visitor, ...]


def visitors_of(holder: Holder) -> list[TableRound]:
    """The companies at the host's tables by the live plan, round by round."""
    plan = db.session.query(Plan).filter_by(event_id=holder.event_id, state="published").one_or_none()
    if plan is None:
        return []
    rows = (
        db.session.query(ForumTable, Round, Company)
        .select_from(Assignment)
        .join(ForumTable, ForumTable.id == Assignment.table_id)
        .join(Round, Round.id == Assignment.round_id)
        .join(Company, Company.id == Assignment.company_id)
        .filter(Assignment.plan_id == plan.id, ForumTable.host_id == holder.company_id)
        .order_by(Round.start, ForumTable.id, Company.name)
        .all()
    )
    wishes = {wish.company_id: wish for wish in wishes_for(holder)}
    projects: dict[int, list[Project]] = defaultdict(list)
    for project in db.session.query(Project).filter_by(host_id=holder.company_id).order_by(Project.id):
        projects[project.supplier_id].append(project)
    here = _arrived(holder.event_id)
    seated: dict[tuple[ForumTable, Round], list[Visitor]] = defaultdict(list)
    for table, round_, company in rows:
        visitor = Visitor(company, wishes.get(company.id), tuple(projects[company.id]), company.id in here)
        seated[table, round_].append(visitor)
    return [TableRound(table, round_, tuple(visitors)) for (table, round_), visitors in seated.items()]


def _arrived(event_id: int) -> set[int]:
    rows = (
        db.session.query(Delegate.company_id)
        .join(Presence, Presence.delegate_id == Delegate.id)
        .filter(Presence.event_id == event_id, Presence.state == "arrived")
    )
    return {row[0] for row in rows}


def wishes_for(holder: Holder) -> list[Wish]:
    """Who wishes to meet the host, strongest first, with the needs that they name."""
    query = db.session.query(Wish).filter_by(event_id=holder.event_id, host_id=holder.company_id)
    query = query.options(selectinload(Wish.company), selectinload(Wish.needs))
    return query.order_by(Wish.interest.desc(), Wish.id).all()


def needs_of(holder: Holder) -> list[tuple[Need, list[Company]]]:
    """The host's own needs, each with the companies whose wish names it, strongest first."""
    wished: dict[int, list[Company]] = defaultdict(list)
    for wish in wishes_for(holder):
        for need in wish.needs:
            wished[need.id].append(wish.company)
    needs = db.session.query(Need).filter_by(event_id=holder.event_id, host_id=holder.company_id)
    return [(need, wished[need.id]) for need in needs.order_by(Need.number, Need.id)]


def may_rate(event: Event, now: datetime) -> bool:
    """Whether hosts may still rate companies: before a plan is made of it."""
    published = db.session.query(Plan.id).filter_by(event_id=event.id, state="published").first()
    return published is None


def rate(event: Event, holder: Holder, company_id: int, value: int | None, *, now: datetime) -> None:
    """The host's interest in a company that wishes to meet it: 1-5 or None. Raises a DomainError where it may not."""
    if not holder.hosts:
        raise Forbidden("Only hosts rate the companies that wish to meet them.")
    if not may_rate(event, now):
        raise Forbidden("The plan is published. Ask a planner for changes.")
    if value is not None and not 1 <= value <= 5:
        raise Invalid("Interest is a number from 1 to 5.", field="interest")
    wish = db.session.query(Wish).filter_by(event_id=event.id, company_id=company_id, host_id=holder.company_id)
    found = wish.one_or_none()
    if found is None:
        raise NotFound("This company did not wish to meet you.")
    found.host_interest = value
    settle(event, "wish.rate", f"company {company_id}", now=now, actor=f"delegate {holder.delegate_id}")
