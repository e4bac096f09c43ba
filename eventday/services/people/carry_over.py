"""Afterwards: meetings become projects, and what an event of the series left open is carried into the next."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import joinedload

from ...models import Assignment, Event, Participation, Plan, Project, TableVisit, db
from ...rules.errors import Invalid
from .. import audit
from ..forum.events import touch
from .projects import record_step, today

CLOSED = ("signed", "dropped")


def collect_meetings(event: Event, *, now: datetime, actor: str) -> int:
    """A project for each pair that the published plan brought together and that has none yet; returns how many.

    A pair whose company was scanned at the table has met; the rest were matched.
    """
    known = {(row.host_id, row.supplier_id) for row in db.session.query(Project).filter_by(event_id=event.id)}
    held = {(row.company_id, row.table_id) for row in db.session.query(TableVisit).filter_by(event_id=event.id)}
    added = 0
    for seat in _live_seats(event):
        pair = (seat.table.host_id, seat.company_id)
        if pair in known:
            continue
        known.add(pair)
        stage = "met" if (seat.company_id, seat.table_id) in held else "matched"
        _add_project(
            event,
            name=f"{seat.company.label} – {seat.table.host.label}",
            pair=pair,
            stage=stage,
            origin="",
            now=now,
            actor=actor,
        )
        added += 1
    audit.record(at=now, actor=actor, action="project.add", event_id=event.id, projects=added)
    db.session.commit()
    return added


def _live_seats(event: Event) -> list[Assignment]:
    query = db.session.query(Assignment).join(Plan).filter(Plan.event_id == event.id, Plan.state == "published")
    return query.options(joinedload(Assignment.company), joinedload(Assignment.table)).order_by(Assignment.id).all()


def _add_project(
    event: Event, *, name: str, pair: tuple[int, int], stage: str, origin: str, now: datetime, actor: str
) -> None:
    host_id, supplier_id = pair
    day = today(event, now)
    row = Project(
        event_id=event.id,
        name=name,
        host_id=host_id,
        supplier_id=supplier_id,
        stage=stage,
        origin=origin,
        updated_on=day,
    )
    db.session.add(row)
    db.session.flush()
    record_step(row, stage=stage, on=day, evidence="", now=now, actor=actor)


def earlier_events(event: Event) -> list[Event]:
    """The events of the same series that were before this one, latest first."""
    if event.series_id is None:
        return []
    query = db.session.query(Event).filter(Event.series_id == event.series_id, Event.date < event.date)
    return query.order_by(Event.date.desc(), Event.id.desc()).all()


def carry_over(
    event: Event, source: Event, *, companies: bool, projects: bool, now: datetime, actor: str
) -> tuple[int, int]:
    """Bring `source`'s companies and open projects into `event`; returns how many of each. Twice changes nothing.

    Raises Invalid unless `source` is an earlier event of the same series.
    """
    if source.id not in {earlier.id for earlier in earlier_events(event)}:
        raise Invalid("Choose an earlier event of the same series.", field="source")
    if not companies and not projects:
        raise Invalid("Choose what to carry over.", field="companies")
    came = _carry_companies(event, source) if companies else 0
    open_ones = _carry_projects(event, source, now=now, actor=actor) if projects else 0
    touch(event.id)
    audit.record(
        at=now,
        actor=actor,
        action="event.carry-over",
        event_id=event.id,
        target=source.slug,
        companies=came,
        projects=open_ones,
    )
    db.session.commit()
    return came, open_ones


def _carry_companies(event: Event, source: Event) -> int:
    present = {row[0] for row in db.session.query(Participation.company_id).filter_by(event_id=event.id)}
    added = 0
    for part in db.session.query(Participation).filter_by(event_id=source.id, withdrawn_at=None):
        if part.company_id not in present:
            limits = {"min_meetings": part.min_meetings, "max_meetings": part.max_meetings}
            sizes = {"seats": part.seats, "delegations": part.delegations}
            db.session.add(Participation(event_id=event.id, company_id=part.company_id, **limits, **sizes))
            added += 1
    db.session.flush()
    return added


def _carry_projects(event: Event, source: Event, *, now: datetime, actor: str) -> int:
    known = {(row.name, row.host_id, row.supplier_id) for row in db.session.query(Project).filter_by(event_id=event.id)}
    added = 0
    still_open = db.session.query(Project).filter(Project.event_id == source.id, Project.stage.not_in(CLOSED))
    for row in still_open.order_by(Project.id).all():
        if (row.name, row.host_id, row.supplier_id) in known:
            continue
        _add_project(
            event,
            name=row.name,
            pair=(row.host_id, row.supplier_id),
            stage=row.stage,
            origin=row.origin or source.name,
            now=now,
            actor=actor,
        )
        added += 1
    return added
