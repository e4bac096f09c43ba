"""What attendees do on their own phones: bind one, offer contact details, say what a meeting came to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Identified, Model
from .company import Company, Delegate

OUTCOMES = ("intent", "follow_up", "maybe", "no")
SIDES = ("host", "company")


class PhoneBinding(Identified, Model):
    """A phone that may write for a delegate. It keeps a token in a cookie; we keep only the token's digest."""

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegate.id"), index=True)
    token_digest: Mapped[str] = mapped_column(unique=True)
    how: Mapped[str]  # digits, desk
    bound_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    delegate: Mapped[Delegate] = relationship()


class BindAttempt(Identified, Model):
    """A wrong answer to the question for the last four digits. They are counted, so that nobody tries them all."""

    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegate.id"), index=True)
    at: Mapped[datetime]


class DeskCode(Identified, Model):
    """A code that the desk hands to a delegate without a phone number, to bind a phone once."""

    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegate.id"), unique=True)
    code_digest: Mapped[str]
    expires_at: Mapped[datetime]


class ContactOffer(Identified, Model):
    """`giver` lets `taker` have name card details. Only when both have offered does either see the other's."""

    __table_args__ = (UniqueConstraint("giver_id", "taker_id"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    giver_id: Mapped[int] = mapped_column(ForeignKey("delegate.id"))
    taker_id: Mapped[int] = mapped_column(ForeignKey("delegate.id"), index=True)
    offered_at: Mapped[datetime]
    # The taker would rather not; the giver is not told.
    declined_at: Mapped[datetime | None]

    giver: Mapped[Delegate] = relationship(foreign_keys=[giver_id])
    taker: Mapped[Delegate] = relationship(foreign_keys=[taker_id])


class ContactReceipt(Identified, Model):
    """`taker` received `giver`'s contact details. Kept when the offer is taken back and when either is erased: whoever
    asks to be forgotten is told who has the details, and those who have them are told to forget them too."""

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    giver_id: Mapped[int] = mapped_column(ForeignKey("delegate.id"), index=True)
    taker_id: Mapped[int] = mapped_column(ForeignKey("delegate.id"), index=True)
    received_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    giver: Mapped[Delegate] = relationship(foreign_keys=[giver_id])
    taker: Mapped[Delegate] = relationship(foreign_keys=[taker_id])


class MeetingNote(Identified, Model):
    """What a meeting came to, as one side says; the other side never sees it, organisers see both."""

    __table_args__ = (UniqueConstraint("event_id", "host_id", "company_id", "side"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    host_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)
    side: Mapped[str]  # host, company
    outcome: Mapped[str]  # intent, follow_up, maybe, no
    next_step: Mapped[str] = mapped_column(default="")
    noted_at: Mapped[datetime]
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("delegate.id"))

    host: Mapped[Company] = relationship(foreign_keys=[host_id])
    company: Mapped[Company] = relationship(foreign_keys=[company_id])
