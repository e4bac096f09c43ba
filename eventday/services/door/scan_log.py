"""The append-only log while a batch is worked on: what will be written, and what the next scan must already see."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, insert, update

from ...models import Conflict, Presence, Scan, TableVisit, db, next_revision
from ...rules.checkin import Decision
from ...rules.scan_reading import BadScan, ReadScan
from .scan_lookup import LoggedMovement, LoggedScan, Standing
from .stations import StationFacts

_COLUMNS = ("id", "event_id", "station_id", "delegate_id", "kind", "outcome", "detail", "gate", "at", "table_id")
# Built once; the values are named as the columns are.
_MOVED = ("state", "since", "scan_id", "gate", "station_id", "revision")
_MOVE = (
    update(Presence).where(Presence.delegate_id == bindparam("whom")).values({name: bindparam(name) for name in _MOVED})
)


@dataclass
class ScanLog:
    """Entries known (`known`, by id) and entries to be written, with the visits and conflicts they lead to."""

    station: StationFacts
    now: datetime
    correction: timedelta
    known: dict[str, LoggedScan] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)
    visits: list[dict[str, Any]] = field(default_factory=list)
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    unvisited: list[str] = field(default_factory=list)
    visits_changed: bool = False

    def at(self, read: ReadScan) -> datetime:
        """When the scan was made, by our clock."""
        return read.at + self.correction

    def add(
        self,
        read: ReadScan | BadScan,
        decision: Decision,
        person_id: int | None,
        detail: dict[str, Any],
        *,
        badge_id: int | None = None,
        table_id: int | None = None,
    ) -> str:
        """Enter a scan; returns its id. What has no id of its own is kept too, under one of ours."""
        key = read.id or f"unnamed-{uuid.uuid4()}"
        detail = {name: value for name, value in detail.items() if value is not None and value is not False}
        if decision.field:
            detail["field"] = decision.field
        good = read if isinstance(read, ReadScan) else None
        if good and self.correction:
            detail["clock_off_ms"] = round(-self.correction / timedelta(milliseconds=1))
        row: dict[str, Any] = {
            "id": key,
            "event_id": self.station.event_id,
            "station_id": self.station.id,
            "delegate_id": person_id,
            "badge_id": badge_id if person_id else None,
            "badge_digest": digest_of(good.code or good.badge) if good and good.badge else "",
            "kind": good.kind if good else "",
            "gate": (good.gate or self.station.gate) if good else "",
            "table_id": table_id,
            "undoes": good.undoes if good else None,
            "at": self.at(good) if good else self.now,
            "received_at": self.now,
            "outcome": decision.outcome,
            "detail": detail,
        }
        self.rows.append(row)
        self.known[key] = LoggedScan(*(row[name] for name in _COLUMNS))
        return key

    def movements(self, person_id: int, *, after: int) -> list[LoggedMovement]:
        """What this batch adds to somebody's movements, numbered from `after` on."""
        return [
            LoggedMovement(row["kind"], row["at"], after + 1 + index, row["id"], row["gate"], row["station_id"])
            for index, row in enumerate(self.rows)
            if row["delegate_id"] == person_id and row["outcome"] == "accepted" and row["kind"] in ("in", "out")
        ]

    def visit(self, table_id: int, round_id: int | None, company_id: int, person_id: int, **more: Any) -> None:
        """A company came to a table."""
        where = {"event_id": self.station.event_id, "table_id": table_id, "round_id": round_id}
        self.visits.append({**where, "company_id": company_id, "delegate_id": person_id, **more})

    def take_visit_back(self, scan_id: str) -> None:
        """The scan that recorded a visit was undone."""
        self.unvisited.append(scan_id)
        self.visits = [visit for visit in self.visits if visit["scan_id"] != scan_id]

    def conflict(self, person_id: int | None, first: str, second: str) -> None:
        """Two stations let one badge in while apart."""
        scans = {"first_scan_id": first, "second_scan_id": second, "settled_by": "", "verdict": ""}
        event = {"event_id": self.station.event_id, "delegate_id": person_id, "noticed_at": self.now}
        self.conflicts.append(event | scans)

    def write_visits(self) -> None:
        """Write the visits decided so far, so that the next decision counts them."""
        self.visits_changed |= bool(self.visits or self.unvisited)
        if self.unvisited:
            db.session.execute(delete(TableVisit).where(TableVisit.scan_id.in_(self.unvisited)))
            self.unvisited = []
        if self.visits:
            db.session.execute(insert(TableVisit), self.visits)
            self.visits = []

    def write(self, standings: Mapping[int, Standing]) -> None:
        """Write everything, and stamp what changed."""
        moved = {each: standing for each, standing in standings.items() if standing.changed}
        if self.rows:
            db.session.connection().execute(insert(Scan), self.rows)
        self.write_visits()
        if self.conflicts:
            db.session.execute(insert(Conflict), self.conflicts)
        if moved or self.conflicts or self.visits_changed:
            # Last, because the event's row is one that every station waits for.
            revision = next_revision(db.session(), self.station.event_id)
            for delegate_id, standing in moved.items():
                values = standing.columns() | {"revision": revision}
                db.session.connection().execute(_MOVE, {"whom": delegate_id, **values})


def digest_of(text: str) -> str:
    """What the log and a station's memory keep of a code: enough to know it again, not to print it again."""
    return hashlib.sha256(text.encode()).hexdigest()
