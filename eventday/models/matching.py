"""What the plan is made from: needs, tables, wishes, promises and bans."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Identified, Model, db
from .company import Company, Delegate
from .event import Round


class Need(Identified, Model):
    """An application scenario that a host unveils."""

    __table_args__ = (UniqueConstraint("event_id", "host_id", "title"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    host_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)
    number: Mapped[str] = mapped_column(default="")
    title: Mapped[str]
    title_en: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    description_en: Mapped[str] = mapped_column(default="")
    keywords: Mapped[str] = mapped_column(default="")
    department: Mapped[str] = mapped_column(default="")

    host: Mapped[Company] = relationship()


closed_rounds = Table(
    "closed_round",
    db.metadata,
    Column("table_id", ForeignKey("forum_table.id"), primary_key=True),
    Column("round_id", ForeignKey("round.id"), primary_key=True),
)


class ForumTable(Identified, Model):
    """Where a host receives companies. (`table` is a word of SQL, so it is called forum_table there.)"""

    __tablename__ = "forum_table"
    __table_args__ = (UniqueConstraint("event_id", "label"), CheckConstraint("capacity >= 0", name="capacity"))

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    host_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)
    label: Mapped[str]
    group_name: Mapped[str] = mapped_column(default="")
    room: Mapped[str] = mapped_column(default="")
    room_en: Mapped[str] = mapped_column(default="")
    # The rooms in which it stood before, first to last, as {"room", "room_en", "until"}: phones mark old and new.
    stood: Mapped[list[Any]] = mapped_column(default=list)
    capacity: Mapped[int]
    minimum: Mapped[int] = mapped_column(default=0)
    # Remote executives: what the link is, and whether it works now (unknown, ready, down).
    video: Mapped[str] = mapped_column(default="")
    video_url: Mapped[str] = mapped_column(default="")
    video_state: Mapped[str] = mapped_column(default="unknown")

    host: Mapped[Company] = relationship()
    closed_rounds: Mapped[list[Round]] = relationship(secondary=closed_rounds)

    @property
    def moved_at(self) -> datetime | None:
        """When it last went to another room."""
        return datetime.fromisoformat(self.stood[-1]["until"]) if self.stood else None


class HostLimit(Identified, Model):
    """The most companies that a host receives over the day, all its tables together."""

    __table_args__ = (UniqueConstraint("event_id", "host_id"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    host_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    max_meetings: Mapped[int]

    host: Mapped[Company] = relationship()


wish_needs = Table(
    "wish_need",
    db.metadata,
    Column("wish_id", ForeignKey("wish.id"), primary_key=True),
    Column("need_id", ForeignKey("need.id"), primary_key=True),
)


class Wish(Identified, Model):
    """A company's declared interest in a host, 1-5; a host may rate the company too."""

    __table_args__ = (
        UniqueConstraint("event_id", "company_id", "host_id"),
        CheckConstraint("interest BETWEEN 1 AND 5", name="interest"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)
    host_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)
    interest: Mapped[int]
    host_interest: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")
    # Whose registration said so: when the same person's row comes again without the wish, the wish goes. Whoever
    # changes a wish in another way (phone, planner, a sheet of wishes) sets this to None.
    declared_by_id: Mapped[int | None] = mapped_column(ForeignKey("delegate.id"))
    # The company waits for a seat that becomes free, since then.
    standby_at: Mapped[datetime | None]

    company: Mapped[Company] = relationship(foreign_keys=[company_id])
    host: Mapped[Company] = relationship(foreign_keys=[host_id])
    declared_by: Mapped[Delegate | None] = relationship()
    needs: Mapped[list[Need]] = relationship(secondary=wish_needs)


class PairRule(Identified, Model):
    """A promise (`must`: the pair has to meet) or a ban (`never`)."""

    __table_args__ = (UniqueConstraint("event_id", "company_id", "host_id"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    host_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    rule: Mapped[str]  # must, never
    note: Mapped[str] = mapped_column(default="")

    company: Mapped[Company] = relationship(foreign_keys=[company_id])
    host: Mapped[Company] = relationship(foreign_keys=[host_id])


class Apart(Identified, Model):
    """Two companies that never share a table in the same round; the smaller id comes first."""

    __table_args__ = (UniqueConstraint("event_id", "first_id", "second_id"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("company.id"))

    first: Mapped[Company] = relationship(foreign_keys=[first_id])
    second: Mapped[Company] = relationship(foreign_keys=[second_id])


class Lock(Identified, Model):
    """An assignment that every later plan keeps."""

    __table_args__ = (UniqueConstraint("event_id", "company_id", "table_id", "round_id"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    table_id: Mapped[int] = mapped_column(ForeignKey("forum_table.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))

    company: Mapped[Company] = relationship()
    table: Mapped[ForumTable] = relationship()
    round: Mapped[Round] = relationship()
