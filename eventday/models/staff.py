"""Who runs events, and the trail of what they changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_login import UserMixin
from sqlalchemy import Column, ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Identified, Model, db
from .event import Event

STAFF_ROLES = ("organiser", "planner", "desk")

staff_events = Table(
    "staff_event",
    db.metadata,
    Column("staff_id", ForeignKey("staff.id"), primary_key=True),
    Column("event_id", ForeignKey("event.id"), primary_key=True),
)


class Staff(Identified, UserMixin, Model):
    """A member of staff: of all events, or of those named."""

    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    organisation: Mapped[str] = mapped_column(default="")
    role: Mapped[str]
    all_events: Mapped[bool] = mapped_column(default=False)
    password_hash: Mapped[str]
    language: Mapped[str] = mapped_column(default="")
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    # Raised when a password changes or a member is shut out: every older session ends.
    session_epoch: Mapped[int] = mapped_column(default=0)

    events: Mapped[list[Event]] = relationship(secondary=staff_events)

    def get_id(self) -> str:
        return f"{self.id}.{self.session_epoch}"

    @property
    def is_active(self) -> bool:
        return self.disabled_at is None


class AuditEntry(Identified, Model):
    """Who changed what, when. `detail` names fields, never personal data."""

    __table_args__ = (Index("ix_audit_entry_event_id_at", "event_id", "at"),)

    at: Mapped[datetime]
    actor: Mapped[str]
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))
    action: Mapped[str]
    target: Mapped[str] = mapped_column(default="")
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
