"""What a meeting became."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Identified, Model
from .company import Company
from .event import Event

PROJECT_STAGES = ("matched", "met", "progressing", "negotiating", "signed", "dropped")


class Project(Identified, Model):
    """A host and a supplier who work on something together, followed until it is a contract."""

    __table_args__ = (UniqueConstraint("event_id", "name", "host_id", "supplier_id", "origin"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    name: Mapped[str]
    host_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    supplier_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    # Which earlier session it came from, in the organisers' words.
    origin: Mapped[str] = mapped_column(default="")
    stage: Mapped[str]
    updated_on: Mapped[date | None]
    sign_on_stage: Mapped[bool] = mapped_column(default=False)

    event: Mapped[Event] = relationship()
    host: Mapped[Company] = relationship(foreign_keys=[host_id])
    supplier: Mapped[Company] = relationship(foreign_keys=[supplier_id])
    steps: Mapped[list[ProjectStep]] = relationship(
        back_populates="project", order_by="(ProjectStep.on.desc(), ProjectStep.id.desc())"
    )


class ProjectStep(Identified, Model):
    """A project reached a stage on a day; `evidence` is what shows it: a letter, a contract number, a link."""

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    stage: Mapped[str]
    on: Mapped[date]
    evidence: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(default="")

    project: Mapped[Project] = relationship(back_populates="steps")
