"""The event and its day: series, rounds, programme."""

from __future__ import annotations

import datetime as dt
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Identified, Model


class Series(Identified, Model):
    """What an event is one of; companies and projects carry over within it."""

    name: Mapped[str] = mapped_column(unique=True)
    name_en: Mapped[str] = mapped_column(default="")


class Event(Identified, Model):
    """One forum on one day."""

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    date: Mapped[dt.date]
    timezone: Mapped[str] = mapped_column(default="Asia/Shanghai")
    venue: Mapped[str] = mapped_column(default="")
    venue_en: Mapped[str] = mapped_column(default="")
    organisers: Mapped[str] = mapped_column(default="")
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"))
    created_at: Mapped[datetime]
    # Attendees may change wishes until then; needs are shown from then on; personal data goes on that day.
    wishes_close_at: Mapped[datetime | None]
    needs_unveil_at: Mapped[datetime | None]
    retention_until: Mapped[dt.date | None]
    # The goals of the plan in order; a planner may change it.
    objective: Mapped[str] = mapped_column(default="must,fair,interest,gaps")
    allow_unwished: Mapped[bool] = mapped_column(default=False)
    # How many minutes before its first meeting a company that has not arrived is reported.
    noshow_minutes: Mapped[int] = mapped_column(default=10)
    # The hall screen: a scene chosen by hand, or empty to follow the programme.
    scene: Mapped[str] = mapped_column(default="")
    show_names_on_screen: Mapped[bool] = mapped_column(default=True)
    screen_tongues: Mapped[str] = mapped_column(default="turns")  # rules.scenes.TONGUES
    # Part of the address at which the hall's screen is open to whoever has it; a new one closes the old.
    screen_key: Mapped[str] = mapped_column(default="")
    # Counts every change that stations and pages must hear of; pages' ETags are built on it.
    revision: Mapped[int] = mapped_column(default=0)
    # Counts the same changes but not scans, of which there are many and which only one phone each shows.
    page_revision: Mapped[int] = mapped_column(default=0)

    series: Mapped[Series | None] = relationship()
    rounds: Mapped[list[Round]] = relationship(order_by="Round.start", back_populates="event")

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class Round(Identified, Model):
    """A time slot in which companies sit at tables."""

    __table_args__ = (UniqueConstraint("event_id", "name"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    name: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    start: Mapped[datetime]
    end: Mapped[datetime]

    event: Mapped[Event] = relationship(back_populates="rounds")


class ProgrammeItem(Identified, Model):
    """A line of the programme: registration, speech, unveiling, round, signing, break, other."""

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    kind: Mapped[str]
    title: Mapped[str]
    title_en: Mapped[str] = mapped_column(default="")
    start: Mapped[datetime]
    end: Mapped[datetime | None]
    room: Mapped[str] = mapped_column(default="")
    room_en: Mapped[str] = mapped_column(default="")
    speaker: Mapped[str] = mapped_column(default="")
    round_id: Mapped[int | None] = mapped_column(ForeignKey("round.id"))

    round: Mapped[Round | None] = relationship()
