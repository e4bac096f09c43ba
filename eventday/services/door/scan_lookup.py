"""What recording scans needs to know, fetched in few statements: presences, earlier scans; people are in scan_people.

Written against the tables rather than objects: a door takes hundreds of these a second.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite

from ...models import Conflict, Delegate, Presence, Scan, Station, db
from ...rules.checkin import State
from ...rules.presence import REACHED, Sighting
from .calling import StationFacts


@dataclass(frozen=True)
class LoggedSighting(Sighting):
    """A sighting with what presence keeps of it."""

    gate: str = ""
    station_id: int | None = None


# How it is known that two stations let somebody pass while apart: the second has said so, or its scan is old.
TOLD, OLD = "told", "old"
# The state of whoever was merged into another; no scan leads to it or from it.
MERGED = "merged"


@dataclass
class Standing:
    """Where somebody is: the row of `presence`, while a batch works on it."""

    state: State = "expected"
    since: datetime | None = None
    scan_id: str | None = None
    gate: str = ""
    station_id: int | None = None
    seen_at: datetime | None = None
    # `changed`: they stand elsewhere, which stations hear of; `seen`: only that they were seen again.
    changed: bool = False
    seen: bool = False
    # Somebody has found this person to be another: where the other is, is what counts.
    merged: bool = False

    def stand(self, seen: LoggedSighting | None) -> None:
        """Stand where `seen` says; without it nobody has been seen yet."""
        self.changed = True
        if seen is None:
            self.state, self.since, self.scan_id, self.gate, self.station_id = "expected", None, None, "", None
            return
        self.state, self.since, self.scan_id = REACHED[seen.kind], seen.at, seen.id
        self.gate, self.station_id = seen.gate, seen.station_id

    def see(self, at: datetime) -> None:
        """They were at a door `at`, later than known so far or not."""
        if self.seen_at is None or at > self.seen_at:
            self.seen_at, self.seen = at, True

    def columns(self) -> dict[str, Any]:
        """What the row of `presence` holds."""
        where = {"gate": self.gate, "station_id": self.station_id, "seen_at": self.seen_at}
        return {"state": self.state, "since": self.since, "scan_id": self.scan_id, **where}


def lock_presences(event_id: int, delegate_ids: Collection[int]) -> dict[int, Standing]:
    """Where these delegates stand, their rows locked until the transaction ends; missing rows are made first.

    Locks are taken in the order of the numbers, so that two batches never wait for each other.
    """
    if not delegate_ids:
        return {}
    found = _locked(delegate_ids)
    missing = sorted(set(delegate_ids) - found.keys())
    if missing:
        insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
        rows = [{"delegate_id": each, "event_id": event_id, "state": "expected", "gate": ""} for each in missing]
        db.session.execute(insert(Presence).values(rows).on_conflict_do_nothing())
        found = _locked(delegate_ids)
    return found


_STANDINGS = (
    select(
        Presence.delegate_id,
        Presence.state,
        Presence.since,
        Presence.scan_id,
        Presence.gate,
        Presence.station_id,
        Presence.seen_at,
    )
    .where(Presence.delegate_id.in_(bindparam("ids", expanding=True)))
    .order_by(Presence.delegate_id)
    .with_for_update()
)


def _locked(delegate_ids: Collection[int]) -> dict[int, Standing]:
    rows = db.session.connection().execute(_STANDINGS, {"ids": list(delegate_ids)})
    return {row[0]: Standing(cast(State, row[1]), *row[2:], merged=row[1] == MERGED) for row in rows}


# The log is never changed: whose a scan is now, where its person was merged into another, is said as it is read.
_KEPT = select(Delegate.merged_into_id).where(Delegate.id == Scan.delegate_id).scalar_subquery()
SCAN = (
    Scan.id,
    Scan.event_id,
    Scan.station_id,
    func.coalesce(_KEPT, Scan.delegate_id),
    Scan.kind,
    Scan.outcome,
    Scan.detail,
    Scan.gate,
    Scan.at,
    Scan.table_id,
)


_SCANS = select(*SCAN).where(Scan.id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True)
class LoggedScan:
    """A scan that the log holds."""

    id: str
    event_id: int
    station_id: int | None
    delegate_id: int | None
    kind: str
    outcome: str
    detail: dict[str, Any]
    gate: str
    at: datetime
    table_id: int | None


def scans_by_id(ids: Collection[str]) -> dict[str, LoggedScan]:
    """Those of `ids` that the log holds."""
    if not ids:
        return {}
    rows = db.session.connection().execute(_SCANS, {"ids": list(ids)})
    return {row[0]: LoggedScan(*row) for row in rows}


def undone_among(ids: Collection[str]) -> set[str]:
    """Those of `ids` that an undo has taken back."""
    if not ids:
        return set()
    return set(db.session.scalars(select(Scan.undoes).where(Scan.undoes.in_(ids), Scan.outcome == "undone")))


def scans_so_far() -> int:
    """The number of the log's last entry."""
    return db.session.scalar(select(func.max(Scan.number))) or 0


def station_names(ids: Iterable[int | None]) -> dict[int, str]:
    """What the stations with these numbers are called."""
    known = {each for each in ids if each is not None}
    if not known:
        return {}
    return {row[0]: row[1] for row in db.session.execute(select(Station.id, Station.name).where(Station.id.in_(known)))}


def first_of(station: StationFacts, seen: LoggedSighting | LoggedScan) -> dict[str, Any]:
    """When, at which gate and by which device somebody was seen first, as `station` is told."""
    name = station.name
    if seen.station_id != station.id:
        name = station_names([seen.station_id]).get(seen.station_id or 0, "")
    return {"at": seen.at.isoformat(), "gate": seen.gate, "device": name}


def is_conflict(second_scan: str) -> bool:
    """Whether it was noticed already that this scan let in somebody whom another station had let in."""
    return db.session.query(db.session.query(Conflict.id).filter_by(second_scan_id=second_scan).exists()).scalar()


def let_pass(detail: dict[str, Any], conflict: bool) -> bool:
    """Whether a station has said that it let somebody pass whom the log held to be there already: with the scan, or
    when it asked again, and then a conflict was noticed."""
    return detail["apart"] == TOLD if "apart" in detail else conflict
