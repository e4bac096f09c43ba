"""Projects: what meetings became. Totals are counted from the rows that they open to, never kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import joinedload

from ...models import PROJECT_STAGES, Event, Project, ProjectStep, db
from ...rules.errors import Invalid, NotFound
from .. import audit
from ..editing import assign, delete_row


@dataclass(frozen=True)
class ProjectData:
    """A project as organisers enter it."""

    name: str
    host_id: int
    supplier_id: int
    origin: str
    stage: str
    updated_on: dt.date | None
    sign_on_stage: bool


# What a project takes along when it is deleted.
ALONG = ("project_step",)


@dataclass(frozen=True)
class Totals:
    """How many projects, of how many enterprises, at each stage."""

    projects: int
    suppliers: int
    hosts: int
    stages: dict[str, int]


def projects_of(
    event: Event, *, stage: str = "", host_id: int | None = None, supplier_id: int | None = None
) -> list[Project]:
    """The event's projects by host and name; those at a stage, of a host, of a supplier."""
    query = db.session.query(Project).filter_by(event_id=event.id)
    wanted = {"stage": stage, "host_id": host_id, "supplier_id": supplier_id}
    query = query.filter_by(**{name: value for name, value in wanted.items() if value})
    query = query.options(joinedload(Project.host), joinedload(Project.supplier))
    return query.order_by(Project.host_id, Project.name, Project.id).all()


def totals(projects: list[Project]) -> Totals:
    """The totals over `projects`."""
    stages = {stage: sum(project.stage == stage for project in projects) for stage in PROJECT_STAGES}
    return Totals(
        len(projects),
        len({project.supplier_id for project in projects}),
        len({project.host_id for project in projects}),
        {stage: count for stage, count in stages.items() if count},
    )


def find_project(event: Event, number: int) -> Project:
    """The event's project with that number; raises NotFound."""
    row = db.session.query(Project).filter_by(event_id=event.id, id=number).one_or_none()
    if row is None:
        raise NotFound("There is no such project in this event.")
    return row


def save_project(event: Event, row: Project | None, data: ProjectData, *, now: datetime, actor: str) -> Project:
    """A new project (`row` None) or `row` with `data`. Raises Invalid naming the field."""
    if data.stage not in PROJECT_STAGES:
        raise Invalid("Choose one of the stages.", field="stage")
    if data.host_id == data.supplier_id:
        raise Invalid("Choose two different companies.", field="supplier_id")
    same = {name: getattr(data, name) for name in ("name", "host_id", "supplier_id", "origin")}
    taken = db.session.query(Project.id).filter_by(event_id=event.id, **same).scalar()
    if taken and (row is None or taken != row.id):
        raise Invalid("These two have a project with this name already.", field="name")
    action = "project.edit" if row else "project.add"
    if row is None:
        row = Project(event_id=event.id)
        db.session.add(row)
    changed = assign(row, data)
    db.session.flush()
    if "stage" in changed:
        record_step(row, stage=data.stage, on=data.updated_on or today(event, now), evidence="", now=now, actor=actor)
    audit.record(at=now, actor=actor, action=action, event_id=event.id, target=f"project {row.id}", fields=changed)
    db.session.commit()
    return row


def delete_project(event: Event, row: Project, *, now: datetime, actor: str) -> None:
    """Remove `row`; raises Invalid where something stands on it."""
    delete_row(row, along=ALONG)
    audit.record(at=now, actor=actor, action="project.delete", event_id=event.id, target=row.name)
    db.session.commit()


def today(event: Event, now: datetime) -> dt.date:
    """The day it is at the event's place."""
    return now.astimezone(event.zone).date()


def record_step(row: Project, *, stage: str, on: dt.date, evidence: str, now: datetime, actor: str) -> None:
    """Note that `row` reached `stage` on a day (not committed)."""
    db.session.add(
        ProjectStep(project_id=row.id, stage=stage, on=on, evidence=evidence, recorded_at=now, recorded_by=actor)
    )
    db.session.flush()


def move_project(
    event: Event, row: Project, *, stage: str, on: dt.date, evidence: str, now: datetime, actor: str
) -> None:
    """`row` reached `stage` on a day, as `evidence` shows; the latest step is where it stands. Raises Invalid."""
    if stage not in PROJECT_STAGES:
        raise Invalid("Choose one of the stages.", field="stage")
    if on > today(event, now):
        raise Invalid("That day is still to come.", field="on")
    record_step(row, stage=stage, on=on, evidence=evidence, now=now, actor=actor)
    if row.updated_on is None or on >= row.updated_on:
        row.stage, row.updated_on = stage, on
    audit.record(
        at=now, actor=actor, action="project.stage", event_id=event.id, target=f"project {row.id}", stage=stage
    )
    db.session.commit()
