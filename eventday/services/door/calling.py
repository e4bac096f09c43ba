"""Who calls: a station, known by its token as it is at this moment, and refused once an organiser has stopped it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select, update

from ...models import TROUBLES, Event, Station, db, only_reading
from ...rules.errors import Forbidden
from ...rules.tidy_text import CONTROLS
from . import former_roles


@dataclass(frozen=True)
class StationFacts:
    """What a request of a station works with."""

    id: int
    event_id: int
    slug: str
    name: str
    role: str
    gate: str
    table_id: int | None
    locked: bool
    zone: ZoneInfo
    # Empty for what is no tablet (self check-in): nobody can stop it.
    token_digest: str = ""


class Revoked(Forbidden):
    """The station's token is good no more."""

    code = "revoked"


def digest(text: str) -> str:
    """What is stored of a token or a pairing code."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


# Built once: every request of every station asks it.
_KNOWN = (
    select(Station.id, Station.event_id, Event.slug, Station.name, Station.role, Station.gate)
    .add_columns(Station.table_id, Station.locked_at, Event.timezone, Station.token_digest)
    .join(Event, Event.id == Station.event_id)
    .where(Station.token_digest.in_(bindparam("digests", expanding=True)), Station.revoked_at.is_(None))
)


def known_by(token: str) -> StationFacts | None:
    """The station that holds `token`, unless it was revoked."""
    with only_reading():
        return stations_by_digest({digest(token)}).get(digest(token))


def stations_by_digest(digests: Collection[str]) -> dict[str, StationFacts]:
    """The stations whose tokens have these digests, as they are now, without those that were revoked."""
    if not digests:
        return {}
    rows: Any = db.session.connection().execute(_KNOWN, {"digests": list(digests)})
    return {row[9]: _facts(row) for row in rows}


def _facts(row: Any) -> StationFacts:
    number, event_id, slug, name, role, gate, table_id, locked_at, zone, held = row
    return StationFacts(number, event_id, slug, name, role, gate, table_id, locked_at is not None, ZoneInfo(zone), held)


def hear_from(station: StationFacts, told: dict[str, Any], *, now: datetime) -> None:
    """Note a station's contact and what it said of itself: any of what `registration.schemas.ContactIn` lists."""
    values: dict[str, Any] = {"last_seen_at": now}
    names = {"unsent": "unsent", "version": "app_version", "battery": "battery", "clock_off_ms": "clock_off_ms"}
    values |= {column: told[name] for name, column in names.items() if told.get(name) is not None}
    if "app_version" in values:
        values["app_version"] = CONTROLS.sub("", values["app_version"])
    if "troubles" in told:
        values["troubles"] = " ".join(trouble for trouble in TROUBLES if trouble in told["troubles"])
    db.session.execute(update(Station).where(Station.id == station.id).values(**values))
    if told.get("role") in (None, station.role):  # who does not tell what it is hears it now
        former_roles.note_heard(station.id, now=now)
    db.session.commit()


def refuse_locked(station: StationFacts) -> None:
    """Raises Forbidden for a station that an organiser has locked."""
    if station.locked:
        raise Forbidden("An organiser has locked this station. What it holds is safe.", code="locked")


def refuse_stopped(station: StationFacts | None) -> StationFacts:
    """The station, as it was just looked up; raises Revoked where there is none any more, Forbidden if it is locked."""
    if station is None:
        raise Revoked("This station was revoked. Ask an organiser to pair it again.")
    refuse_locked(station)
    return station


def was_revoked(token: str) -> bool:
    """Whether `token` was a station's until an organiser revoked it."""
    with only_reading():
        return db.session.query(Station.id).filter_by(token_digest=digest(token)).first() is not None
