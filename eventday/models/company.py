"""Who comes: companies (known across events), their part in one event, their delegates and badges."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Identified, Model, db
from .event import Event, Round

COMPANY_KINDS = ("sme", "soe", "agency", "media", "guest")
# What a badge shows by colour and word; independent of the company's kind.
DELEGATE_ROLES = ("delegate", "host", "guest", "vip", "speaker", "media", "staff")


class Company(Identified, Model):
    """An SME, an SOE (host), an agency or a media house, across events."""

    name: Mapped[str]
    # The name as rules.company_names.normal_name folds it; how a company is found again. Always set both.
    normal_name: Mapped[str] = mapped_column(index=True)
    name_en: Mapped[str] = mapped_column(default="")
    short_name: Mapped[str] = mapped_column(default="")
    credit_code: Mapped[str | None] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(default="sme")
    district: Mapped[str] = mapped_column(default="")
    capabilities: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")

    aliases: Mapped[list[CompanyAlias]] = relationship(back_populates="company", cascade="all, delete-orphan")

    @property
    def label(self) -> str:
        """The short name where there is one: what fits a chip or a badge."""
        return self.short_name or self.name


class CompanyAlias(Identified, Model):
    """Another name that sheets use for a company."""

    __table_args__ = (UniqueConstraint("normal"),)

    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)
    alias: Mapped[str]
    normal: Mapped[str]

    company: Mapped[Company] = relationship(back_populates="aliases")


absent_rounds = Table(
    "absent_round",
    db.metadata,
    Column("participation_id", ForeignKey("participation.id"), primary_key=True),
    Column("round_id", ForeignKey("round.id"), primary_key=True),
)


class Participation(Identified, Model):
    """A company's part in one event: what it may be asked for by the plan."""

    __table_args__ = (UniqueConstraint("event_id", "company_id"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)
    min_meetings: Mapped[int] = mapped_column(default=0)
    max_meetings: Mapped[int | None]
    seats: Mapped[int] = mapped_column(default=1)
    delegations: Mapped[int] = mapped_column(default=1)
    # What the desk knows beyond scans: it will not come, it comes late, it has left.
    withdrawn_at: Mapped[datetime | None]
    late_until: Mapped[datetime | None]
    # Registered at the door on the day.
    walk_in: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")

    event: Mapped[Event] = relationship()
    company: Mapped[Company] = relationship()
    absent_rounds: Mapped[list[Round]] = relationship(secondary=absent_rounds)


class Delegate(Identified, Model):
    """A person who attends for a company."""

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)
    name: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default="delegate")
    remote: Mapped[bool] = mapped_column(default=False)
    expected_at: Mapped[datetime | None]
    # Who receives this guest: told when the guest arrives.
    receiver_id: Mapped[int | None] = mapped_column(ForeignKey("delegate.id"), index=True)
    note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    walk_in: Mapped[bool] = mapped_column(default=False)
    # A walk-in found to be somebody registered is merged by a person; nothing is deleted.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("delegate.id"))
    # Erased on request or at the end of retention: name and contacts are blanked, the row stays a pseudonym.
    erased_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=0, index=True)

    event: Mapped[Event] = relationship()
    company: Mapped[Company] = relationship()
    receiver: Mapped[Delegate | None] = relationship(remote_side="Delegate.id", foreign_keys=[receiver_id])
    badges: Mapped[list[Badge]] = relationship(back_populates="delegate", order_by="Badge.id")

    @property
    def badge(self) -> Badge | None:
        """The one badge that is live, if any."""
        return next((badge for badge in self.badges if badge.revoked_at is None), None)


class Badge(Identified, Model):
    """A code on a chest. A person never has two live ones: the database itself sees to it."""

    __table_args__ = (
        CheckConstraint("length(code) = 16", name="code_length"),
        Index(
            "uq_badge_live",
            "delegate_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegate.id"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    issued_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    printed_at: Mapped[datetime | None]
    # The desk's print that asked for it; the same print asked for again gives the same badge.
    print_id: Mapped[str | None] = mapped_column(index=True, unique=True)

    delegate: Mapped[Delegate] = relationship(back_populates="badges")
