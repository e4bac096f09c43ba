"""What happens to a plan while people work on it: edits of a draft, who has seen a version, offers of freed seats."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Identified, Model
from .company import Company
from .event import Round
from .matching import ForumTable
from .plan import Plan


class PlanEdit(Identified, Model):
    """One step on the board: the assignments it took away and put down, the rules it set. Enough to undo and redo it.

    `rules` are [kind, key, before, after], as `services/planning/rule_book.py` names them.
    `undone` steps wait to be done again; a new step throws them away.
    """

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    removed: Mapped[list[Any]]
    added: Mapped[list[Any]]
    rules: Mapped[list[Any]] = mapped_column(default=list)
    undone: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(default="")


class PlanSeen(Identified, Model):
    """A delegate's phone has shown this version."""

    __table_args__ = (UniqueConstraint("plan_id", "delegate_id"),)

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegate.id"))
    at: Mapped[datetime]


class SeatOffer(Identified, Model):
    """A freed seat, held for a company that waits for the host until it answers or the time is up."""

    __table_args__ = (
        Index(
            "uq_seat_offer_open",
            "event_id",
            "company_id",
            "round_id",
            unique=True,
            sqlite_where=text("state = 'offered'"),
            postgresql_where=text("state = 'offered'"),
        ),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    table_id: Mapped[int] = mapped_column(ForeignKey("forum_table.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    state: Mapped[str] = mapped_column(default="offered")  # offered, accepted, declined, lapsed
    offered_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]

    plan: Mapped[Plan] = relationship()
    company: Mapped[Company] = relationship()
    table: Mapped[ForumTable] = relationship()
    round: Mapped[Round] = relationship()
