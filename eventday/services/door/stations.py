"""What organisers do with stations. Each is paired by a link that works once and soon expires, and is known from then
on by a token of which we keep the digest (`calling`)."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from ...models import STATION_ROLES, Event, ForumTable, Station, db, next_revision, writing
from ...rules.errors import Invalid, NotFound
from .. import audit
from . import former_roles
from .calling import StationFacts, digest

PAIRING = timedelta(minutes=30)
LONGEST_NAME = 40


def add_station(
    *,
    event: Event,
    name: str,
    now: datetime,
    actor: str,
    secret: str,
    role: str = "desk",
    gate: str = "",
    table_id: int | None = None,
) -> tuple[Station, str]:
    """A new station and its pairing code, shown once. Raises Invalid naming the field."""
    station = Station(event_id=event.id, created_at=now, name="", role=role)
    _describe(station, name=name, role=role, gate=gate, table_id=table_id)
    db.session.add(station)
    code = _offer(station, now)
    # Known from now on, so that a device set up by hand may use it without a browser (`token_for`).
    station.token_digest = digest(token_for(code, secret))
    db.session.flush()
    audit.record(at=now, actor=actor, action="station.add", event_id=event.id, target=f"station {station.id}")
    db.session.commit()
    return station, code


def change_station(
    station: Station, *, name: str, role: str, gate: str, table_id: int | None, now: datetime, actor: str
) -> None:
    """Rename a station or give it another task; it hears of it at its next contact. Raises Invalid."""
    if role != station.role:
        former_roles.note_change(station, now=now)
    _describe(station, name=name, role=role, gate=gate, table_id=table_id)
    _note(station, now, actor, "station.change")


def _describe(station: Station, *, name: str, role: str, gate: str, table_id: int | None) -> None:
    name, gate = name.strip(), gate.strip()
    if not name or len(name) > LONGEST_NAME:
        raise Invalid("Give the station a name of up to %(most)s characters.", field="name", most=LONGEST_NAME)
    if role not in STATION_ROLES:
        raise Invalid("%(role)s is no role of a station.", field="role", role=role)
    if len(gate) > LONGEST_NAME:
        raise Invalid("A gate's label has up to %(most)s characters.", field="gate", most=LONGEST_NAME)
    if (
        table_id is not None
        and not db.session.query(
            db.session.query(ForumTable).filter_by(id=table_id, event_id=station.event_id).exists()
        ).scalar()
    ):
        raise Invalid("There is no such table at this event.", field="table")
    station.name, station.role, station.gate, station.table_id = name, role, gate, table_id


def pair_again(station: Station, *, now: datetime, actor: str) -> str:
    """A new pairing code. Until it is used, the tablet that holds the station now keeps working, and one whose station
    was revoked stays shut out: whoever has it may be a thief."""
    code = _offer(station, now)
    _note(station, now, actor, "station.pair_again")
    return code


def lock_station(station: Station, locked: bool, *, now: datetime, actor: str) -> None:
    """Stop a station from scanning, or let it go on; what it holds unsent stays on the tablet."""
    station.locked_at = now if locked else None
    _note(station, now, actor, "station.lock" if locked else "station.unlock")


def revoke_station(station: Station, *, now: datetime, actor: str) -> None:
    """End a station: its token is refused from now on, and the tablet wipes itself at its next contact."""
    station.revoked_at, station.pair_digest, station.pair_expires_at = now, None, None
    _note(station, now, actor, "station.revoke")


def _note(station: Station, now: datetime, actor: str, action: str) -> None:
    audit.record(at=now, actor=actor, action=action, event_id=station.event_id, target=f"station {station.id}")
    next_revision(db.session(), station.event_id)
    db.session.commit()


def _offer(station: Station, now: datetime) -> str:
    code = secrets.token_urlsafe(18)
    station.pair_digest, station.pair_expires_at = digest(code), now + PAIRING
    return code


def pair(code: str, *, now: datetime, secret: str, before: str = "") -> tuple[str, Station]:
    """Turn a pairing code into a token. It works once; raises NotFound when it was used or is too old.

    A tablet that tells the token it had `before` may still take back what it did as that station.
    """
    station = db.session.query(Station).filter_by(pair_digest=digest(code)).with_for_update().one_or_none()
    if station is None or not station.pair_expires_at or station.pair_expires_at < now:
        raise NotFound(
            "This pairing link was used already or is too old. Ask the organiser for a new one.", field="code"
        )
    token = token_for(code, secret)
    was = db.session.query(Station.id).filter_by(token_digest=digest(before), event_id=station.event_id).first()
    if was and was.id != station.id:
        station.follows_id = was.id
    station.token_digest, station.paired_at = digest(token), now
    station.pair_digest = station.pair_expires_at = station.revoked_at = None
    station.last_seen_at = now
    audit.record(
        at=now, actor="a tablet", action="station.pair", event_id=station.event_id, target=f"station {station.id}"
    )
    next_revision(db.session(), station.event_id)
    db.session.commit()
    return token, station


def waits_for(station: Station, code: str, *, now: datetime) -> bool:
    """Whether `code` still pairs a tablet with the station."""
    return bool(code) and station.pair_digest == digest(code) and (station.pair_expires_at or now) > now


def token_for(code: str, secret: str) -> str:
    """The token that a pairing code stands for: made from it and the instance's key, so neither is stored."""
    return hmac.new(secret.encode(), f"station {code}".encode(), hashlib.sha256).hexdigest()


def find_station(event: Event, number: int) -> Station:
    """The station of this event; raises NotFound."""
    station = db.session.get(Station, number)
    if station is None or station.event_id != event.id:
        raise NotFound("There is no such station at this event.")
    return station


def without_tablet(event: Event, name: str, *, role: str, now: datetime) -> StationFacts:
    """The station `name` by which the log tells what people's own phones did; made at the first time."""
    found = db.session.query(Station).filter_by(event_id=event.id, name=name, token_digest=None).first()
    if found is None:
        with writing():
            found = Station(event_id=event.id, name=name, role=role, created_at=now)
            db.session.add(found)
    return StationFacts(found.id, event.id, event.slug, found.name, found.role, found.gate, None, False, event.zone)
