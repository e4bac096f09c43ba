"""What a station was allowed before: a scan is judged by what its tablet was when it made it.

A tablet without a connection goes on as what it was, so a change counts from when it has heard of it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select, update

from ...models import FormerRole, Station, db


def note_change(station: Station, *, now: datetime) -> None:
    """The station is about to get another role than it has."""
    db.session.add(FormerRole(station_id=station.id, role=station.role, changed_at=now))


def note_heard(station_id: int, *, now: datetime) -> None:
    """The tablet knows what it is."""
    unheard = FormerRole.station_id == station_id, FormerRole.heard_at.is_(None)
    db.session.execute(update(FormerRole).where(*unheard).values(heard_at=now))


def role_then(station_id: int, at: datetime) -> str | None:
    """What the station was at `at`, where its role has been changed since."""
    known_since = or_(FormerRole.heard_at.is_(None), FormerRole.heard_at > at)
    roles = select(FormerRole.role).where(FormerRole.station_id == station_id, known_since)
    return db.session.scalar(roles.order_by(FormerRole.changed_at, FormerRole.id).limit(1))


def tablet_of(station_id: int) -> set[int]:
    """The stations that this one's tablet has been, itself among them."""
    found: set[int] = set()
    number: int | None = station_id
    while number is not None and number not in found:
        found.add(number)
        number = db.session.scalar(select(Station.follows_id).where(Station.id == number))
    return found
