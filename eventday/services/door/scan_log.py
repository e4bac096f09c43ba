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
from .calling import StationFacts
from .scan_lookup import LoggedScan, Standing

_COLUMNS = ("id", "event_id", "station_id", "delegate_id", "kind", "outcome", "detail", "gate", "at", "table_id")
# Built once; the values are named as the columns are.
_ENTER = insert(Scan)
_MOVED = ("state", "since", "scan_id", "gate", "station_id", "seen_at", "revision")
_MOVE = (
    update(Presence).where(Presence.delegate_id == bindparam("whom")).values({name: bindparam(name) for name in _MOVED})
)
_SEEN = update(Presence).where(Presence.delegate_id == bindparam("whom")).values(seen_at=bindparam("at"))


@dataclass(eq=False)
class HandIn:
    """What one station hands in at one moment, and by how much its clock is corrected."""

    station: StationFacts
    reads: list[ReadScan | BadScan]
    now: datetime
    correction: timedelta = timedelta(0)

    def at(self, read: ReadScan) -> datetime:
        """When the scan was made, by our clock."""
        return read.at + self.correction


@dataclass
class ScanLog:
    """Entries known (`known`, by id) and entries to be written, with the visits and conflicts they lead to."""

    known: dict[str, LoggedScan] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)
    visits: list[dict[str, Any]] = field(default_factory=list)
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    unvisited: list[str] = field(default_factory=list)
    changed: set[int] = field(default_factory=set)  # events in which more than presences changed

    def add(
        self,
        hand: HandIn,
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
        if good and hand.correction:
            detail["clock_off_ms"] = round(-hand.correction / timedelta(milliseconds=1))
        row: dict[str, Any] = {
            "id": key,
            "event_id": hand.station.event_id,
            "station_id": hand.station.id,
            "delegate_id": person_id,
            "badge_id": badge_id if person_id else None,
            "badge_digest": digest_of(good.code or good.badge) if good and good.badge else "",
            "kind": good.kind if good else "",
            "gate": (good.gate or hand.station.gate) if good else "",
            "table_id": table_id,
            "undoes": good.undoes if good else None,
            "at": hand.at(good) if good else hand.now,
            "received_at": hand.now,
            "outcome": decision.outcome,
            "detail": detail,
        }
        self.rows.append(row)
        self.known[key] = LoggedScan(*(row[name] for name in _COLUMNS))
        return key

    def visit(self, hand: HandIn, **visit: Any) -> None:
        """A company came to a table; `visit` has the columns of `TableVisit`."""
        self.visits.append({"event_id": hand.station.event_id, **visit})
        self.changed.add(hand.station.event_id)

    def take_visit_back(self, hand: HandIn, scan_id: str) -> None:
        """The scan that recorded a visit was undone."""
        self.unvisited.append(scan_id)
        self.visits = [visit for visit in self.visits if visit["scan_id"] != scan_id]
        self.changed.add(hand.station.event_id)

    def conflict(self, hand: HandIn, person_id: int | None, first: str, second: str) -> None:
        """Two stations let one badge in while apart."""
        scans = {"first_scan_id": first, "second_scan_id": second, "settled_by": "", "verdict": ""}
        event = {"event_id": hand.station.event_id, "delegate_id": person_id, "noticed_at": hand.now}
        self.conflicts.append(event | scans)
        self.changed.add(hand.station.event_id)

    def write_visits(self) -> None:
        """Write the visits decided so far, so that the next decision counts them."""
        if self.unvisited:
            db.session.execute(delete(TableVisit).where(TableVisit.scan_id.in_(self.unvisited)))
            self.unvisited = []
        if self.visits:
            db.session.execute(insert(TableVisit), self.visits)
            self.visits = []

    def write(self, standings: Mapping[int, Standing]) -> None:
        """Write everything, and stamp what changed."""
        if self.rows:
            db.session.connection().execute(_ENTER, self.rows)
        self.write_visits()
        if self.conflicts:
            db.session.execute(insert(Conflict), self.conflicts)
        if again := [
            {"whom": each, "at": one.seen_at} for each, one in standings.items() if one.seen and not one.changed
        ]:
            db.session.connection().execute(_SEEN, again)
        self._move({each: standing for each, standing in standings.items() if standing.changed})

    def _move(self, moved: Mapping[int, Standing]) -> None:
        """Presences follow. Last, because an event's row is one that every station waits for."""
        events = {each: scan.event_id for scan in self.known.values() if (each := scan.delegate_id) in moved}
        changed = sorted(self.changed | set(events.values()))
        revisions = {event: next_revision(db.session(), event) for event in changed}
        if moved:
            stamps = {each: {"whom": each, "revision": revisions[events[each]]} for each in moved}
            rows = [stamps[each] | standing.columns() for each, standing in moved.items()]
            db.session.connection().execute(_MOVE, rows)


def digest_of(text: str) -> str:
    """What the log and a station's memory keep of a code: enough to know it again, not to print it again."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
