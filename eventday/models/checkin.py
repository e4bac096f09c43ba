"""The door: stations, the append-only scan log, and the presence derived from it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Identified, Model
from .company import Company, Delegate
from .event import Event, Round
from .matching import ForumTable

STATION_ROLES = ("gate", "desk", "lead", "table", "kiosk")
# A camera that does not see, a disk that keeps nothing, scans that the server decided otherwise and nobody has read.
TROUBLES = ("camera", "not_kept", "differs")
SCAN_KINDS = ("in", "out", "undo", "table")


class Station(Identified, Model):
    """A tablet paired with an event. It holds a token; we hold only the token's digest."""

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    name: Mapped[str]
    role: Mapped[str] = mapped_column(default="desk")
    gate: Mapped[str] = mapped_column(default="")
    table_id: Mapped[int | None] = mapped_column(ForeignKey("forum_table.id"))
    token_digest: Mapped[str | None] = mapped_column(unique=True)
    pair_digest: Mapped[str | None] = mapped_column(unique=True)
    pair_expires_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    paired_at: Mapped[datetime | None]
    locked_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    # What it told us at its last contact.
    last_seen_at: Mapped[datetime | None]
    unsent: Mapped[int] = mapped_column(default=0)
    app_version: Mapped[str] = mapped_column(default="")
    battery: Mapped[int | None]
    # Its clock minus ours; what it records is corrected by as much.
    clock_off_ms: Mapped[int] = mapped_column(default=0)
    # What keeps it from working, of `TROUBLES`, with blanks between.
    troubles: Mapped[str] = mapped_column(default="")
    # What its tablet was before it was paired as this.
    follows_id: Mapped[int | None]

    event: Mapped[Event] = relationship()
    table: Mapped[ForumTable | None] = relationship()

    @property
    def has_tablet(self) -> bool:
        """Whether a tablet scans here, or may be paired; what phones do themselves is logged by stations without."""
        return self.token_digest is not None


class FormerRole(Identified, Model):
    """What a station was until `changed_at`; its tablet went on as that until `heard_at`, when it had heard of it."""

    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"), index=True)
    role: Mapped[str]
    changed_at: Mapped[datetime]
    heard_at: Mapped[datetime | None]


class Scan(Model):
    """One entry of the scan log: never changed, never deleted (triggers refuse it); refused scans are kept too.

    `number` orders the log; `id` is the station's own and makes sending twice harmless. The log keeps no names:
    `delegate_id` is a pseudonym once the delegate is erased.
    """

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    station_id: Mapped[int | None] = mapped_column(ForeignKey("station.id"))
    delegate_id: Mapped[int | None] = mapped_column(ForeignKey("delegate.id"), index=True)
    badge_id: Mapped[int | None] = mapped_column(ForeignKey("badge.id"))
    # Digest of the text as scanned: tells the same unknown code again without keeping it.
    badge_digest: Mapped[str] = mapped_column(default="")
    kind: Mapped[str]
    gate: Mapped[str] = mapped_column(default="")
    table_id: Mapped[int | None]
    undoes: Mapped[str | None] = mapped_column(index=True)
    at: Mapped[datetime]
    received_at: Mapped[datetime]
    outcome: Mapped[str]
    # What the answer said beyond the outcome (first, field, right table …), so that it can be given again.
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)

    __table_args__ = (Index("ix_scan_event_id_number", "event_id", "number"),)


class Presence(Model):
    """Where a delegate stands, derived from scans in the transaction that records them."""

    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegate.id"), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    # expected, arrived, left; merged for a delegate who was merged into another
    state: Mapped[str] = mapped_column(default="expected")
    since: Mapped[datetime | None]
    # The scan that let the delegate in, as duplicates are told it.
    scan_id: Mapped[str | None]
    gate: Mapped[str] = mapped_column(default="")
    station_id: Mapped[int | None] = mapped_column(ForeignKey("station.id"))
    # When the log last has them at a door, going or coming: a later scan needs no look into it. None: look.
    seen_at: Mapped[datetime | None]
    # The event's revision at the last change: what a station's cursor is compared with.
    revision: Mapped[int] = mapped_column(default=0)

    delegate: Mapped[Delegate] = relationship()
    station: Mapped[Station | None] = relationship()

    __table_args__ = (Index("ix_presence_event_id_revision", "event_id", "revision"),)


class WalkIn(Model):
    """Somebody registered at the door. `id` is the station's own, so that handing it in twice makes one person."""

    id: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    station_id: Mapped[int | None] = mapped_column(ForeignKey("station.id"))
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegate.id"))
    at: Mapped[datetime]
    received_at: Mapped[datetime]
    # Numbers of the delegates who looked like this one when they came; what is shown is looked up afresh.
    maybe: Mapped[list[Any]] = mapped_column(default=list)
    # A person has looked whether this is somebody who was registered all along.
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str] = mapped_column(default="")
    # What merging changed (services.people.before_merging), for whoever takes it back; goes when the person is erased.
    merge: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    delegate: Mapped[Delegate] = relationship()


class TableVisit(Identified, Model):
    """A company came to a table in a round: the meeting was held."""

    __table_args__ = (UniqueConstraint("table_id", "round_id", "delegate_id"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    table_id: Mapped[int] = mapped_column(ForeignKey("forum_table.id"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("round.id"))
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegate.id"))
    scan_id: Mapped[str]
    walk_up: Mapped[bool] = mapped_column(default=False)

    company: Mapped[Company] = relationship()
    round: Mapped[Round | None] = relationship()


class Conflict(Identified, Model):
    """Two stations admitted one badge while apart. Both scans stand; a person settles it."""

    __table_args__ = (UniqueConstraint("second_scan_id"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegate.id"))
    first_scan_id: Mapped[str]
    second_scan_id: Mapped[str]
    noticed_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str] = mapped_column(default="")
    verdict: Mapped[str] = mapped_column(default="")

    delegate: Mapped[Delegate] = relationship()
