"""Plans and the jobs that make them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Identified, Model
from .company import Company
from .event import Round
from .matching import ForumTable

# The states of a job whose outcome is still to come.
WORKING = ("queued", "running")


class Plan(Identified, Model):
    """A set of assignments: a draft, then published as a numbered, frozen version.

    `state` is draft, published (the live one), superseded, discarded, or scenario (a what-if, whose assignments
    stand in `solution` alone because its tables or rounds may not exist). What the solver said (`solution`)
    and what it was asked (`instance`) stay with the plan, so that anybody can check it later.
    """

    __table_args__ = (
        UniqueConstraint("event_id", "version"),
        Index(
            "uq_plan_live",
            "event_id",
            unique=True,
            sqlite_where=text("state = 'published'"),
            postgresql_where=text("state = 'published'"),
        ),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    name: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="draft")
    version: Mapped[int | None]
    based_on_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"))
    # Counts edits of a draft: a write that names an older number is refused, never merged blindly.
    revision: Mapped[int] = mapped_column(default=0)
    instance: Mapped[dict[str, Any]] = mapped_column(default=dict)
    solution: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # What a scenario changes about the event; made real when it is adopted.
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime | None]
    published_by: Mapped[str] = mapped_column(default="")

    assignments: Mapped[list[Assignment]] = relationship(back_populates="plan", cascade="all, delete-orphan")


class Assignment(Identified, Model):
    """A company, a table, a round."""

    __table_args__ = (UniqueConstraint("plan_id", "company_id", "table_id", "round_id"),)

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)
    table_id: Mapped[int] = mapped_column(ForeignKey("forum_table.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))

    plan: Mapped[Plan] = relationship(back_populates="assignments")
    company: Mapped[Company] = relationship()
    table: Mapped[ForumTable] = relationship()
    round: Mapped[Round] = relationship()


class Job(Identified, Model):
    """A piece of work for a worker process. The heartbeat tells a job that runs from one whose worker died."""

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    kind: Mapped[str]  # solve, repair, scenario, import
    state: Mapped[str] = mapped_column(default="queued")  # queued, running, done, failed, cancelled
    request: Mapped[dict[str, Any]] = mapped_column(default=dict)
    progress: Mapped[dict[str, Any]] = mapped_column(default=dict)
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    error: Mapped[str] = mapped_column(default="")
    cancel_requested: Mapped[bool] = mapped_column(default=False)
    attempts: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(default="")
    heartbeat_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    @property
    def working(self) -> bool:
        """Whether it waits or runs: its outcome is still to come."""
        return self.state in WORKING
