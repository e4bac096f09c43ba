"""What recording scans needs to know, fetched in few statements: presences, earlier scans; people are in scan_people.

Written against the tables rather than objects: a door takes hundreds of these a second.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from ...models import Conflict, Delegate, Presence, Scan, Station, db
from ...rules.checkin import Movement, State, last_movement
from .calling import StationFacts


@dataclass(frozen=True)
class LoggedMovement(Movement):
    """A movement with what presence keeps of it."""

    scan_id: str
    gate: str
    station_id: int | None


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
    changed: bool = False
    # Somebody has found this person to be another: where the other is, is what counts.
    merged: bool = False

    def move(self, movement: LoggedMovement | None) -> None:
        """Stand where `movement` leads; without one nobody has been seen yet."""
        self.changed = True
        if movement is None:
            self.state, self.since, self.scan_id, self.gate, self.station_id = "expected", None, None, "", None
            return
        self.state = "arrived" if movement.kind == "in" else "left"
        self.since, self.scan_id = movement.at, movement.scan_id
        self.gate, self.station_id = movement.gate, movement.station_id

    def columns(self) -> dict[str, Any]:
        """What the row of `presence` holds."""
        where = {"gate": self.gate, "station_id": self.station_id}
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


def movements_of(delegate_id: int) -> list[LoggedMovement]:
    """The accepted scans `in` and `out` of a delegate and of whoever was merged into them, undone ones too."""
    merged = select(Delegate.id).where(Delegate.merged_into_id == delegate_id)
    theirs = or_(Scan.delegate_id == delegate_id, Scan.delegate_id.in_(merged))
    rows = db.session.execute(
        select(Scan.kind, Scan.at, Scan.number, Scan.id, Scan.gate, Scan.station_id).where(
            theirs, Scan.outcome == "accepted", Scan.kind.in_(("in", "out"))
        )
    )
    return [LoggedMovement(*row) for row in rows]


def scans_so_far() -> int:
    """The number of the log's last entry."""
    return db.session.scalar(select(func.max(Scan.number))) or 0


def latest(movements: Iterable[LoggedMovement], undone: Collection[str]) -> LoggedMovement | None:
    """The movement that tells where somebody is, of those that nobody has taken back."""
    found = last_movement(each for each in movements if each.scan_id not in undone)
    return found if isinstance(found, LoggedMovement) else None


def station_names(ids: Iterable[int | None]) -> dict[int, str]:
    """What the stations with these numbers are called."""
    known = {each for each in ids if each is not None}
    if not known:
        return {}
    return {row[0]: row[1] for row in db.session.execute(select(Station.id, Station.name).where(Station.id.in_(known)))}


def first_of(station: StationFacts, standing: Standing) -> dict[str, Any]:
    """When, at which gate and by which device somebody came to stand so, as `station` is told."""
    name = station.name
    if standing.station_id != station.id:
        name = station_names([standing.station_id]).get(standing.station_id or 0, "")
    return {"at": standing.since.isoformat() if standing.since else None, "gate": standing.gate, "device": name}


def is_conflict(second_scan: str) -> bool:
    """Whether it was noticed already that this scan let in somebody whom another station had let in."""
    return db.session.query(db.session.query(Conflict.id).filter_by(second_scan_id=second_scan).exists()).scalar()
