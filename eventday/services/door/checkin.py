"""Scans in, answers out: the append-only log and the presence derived from it, in one transaction.

Of many stations that scan one badge at once exactly one is told `accepted`: whoever holds the delegate's row of
`presence` decides (`FOR UPDATE` on PostgreSQL; SQLite lets one transaction write at a time). Everything a retry could
repeat is found again by the scan's own id.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError, OperationalError

from ...models import writing
from ...rules.checkin import BadgeState, Decision, Facts, decide, last_movement
from ...rules.scan_reading import BadScan, ReadScan, read_scan
from ..forum.seats import SeatBook
from . import scan_lookup as lookup
from .scan_answers import Answer, answers_for
from .scan_log import ScanLog
from .scan_lookup import LoggedMovement, Standing
from .stations import StationFacts

# A clock this far from ours is corrected; less is the way a request takes.
CLOCK_TOLERANCE = timedelta(seconds=2)
# A scan this old when it arrives was made without a connection.
OFFLINE_AFTER = timedelta(seconds=60)
_ATTEMPTS = 5


def record_scans(
    station: StationFacts, items: list[Any], *, now: datetime, sent_at: datetime | None = None
) -> list[Answer]:
    """Record `items`, each a scan as `CONTRACTS` describes it, and answer each in its place.

    `sent_at` is what the station's clock said when it sent them: a clock that is wrong is corrected by the difference,
    for scans made offline too. A scan whose id the log holds is answered as it was and not recorded again.
    """
    reads = [read_scan(item) for item in items]
    off = now - sent_at if sent_at else timedelta(0)
    correction = off if abs(off) > CLOCK_TOLERANCE else timedelta(0)
    for attempt in range(_ATTEMPTS):
        try:
            with writing():
                return _Batch(ScanLog(station, now, correction), reads).record()
        except (IntegrityError, OperationalError) as error:
            # The same id came over two connections at once, or two transactions stood in each other's way:
            # the second attempt finds what the first transaction wrote.
            if attempt + 1 == _ATTEMPTS or not _may_pass(error):
                raise
    raise AssertionError("unreachable")


def record_beside(station: StationFacts, items: list[Any], *, now: datetime) -> None:
    """As `record_scans`, but within the caller's transaction."""
    _Batch(ScanLog(station, now, timedelta(0)), [read_scan(item) for item in items]).record()


def _may_pass(error: IntegrityError | OperationalError) -> bool:
    again = ("40001", "40P01")  # serialisation failure, deadlock
    return isinstance(error, IntegrityError) or getattr(error.orig, "sqlstate", "") in again


@dataclass
class _Batch:
    """One transaction's work. Scans are taken in order, each seeing what those before it did."""

    log: ScanLog
    reads: list[ReadScan | BadScan]

    def record(self) -> list[Answer]:
        self._look_up()
        ids = [self._take(read) for read in self.reads]
        self.log.write(self.standings)
        logged = [(read.id, self.log.known[key]) for read, key in zip(self.reads, ids, strict=True)]
        return answers_for(logged, self.station, self.people)

    @property
    def station(self) -> StationFacts:
        return self.log.station

    def _look_up(self) -> None:
        good = [read for read in self.reads if isinstance(read, ReadScan)]
        self.badges = lookup.badges_by_code({read.code for read in good if read.code})
        self.found = lookup.people_by_id({read.delegate for read in good if read.delegate})
        targets = {read.undoes for read in good if read.undoes}
        self.log.known = lookup.scans_by_id(targets)
        event = self.station.event_id
        met = [*(badge.person for badge in self.badges.values()), *self.found.values()]
        concerned = {person.id for person in met if person.event_id == event}
        concerned |= {s.delegate_id for s in self.log.known.values() if s.delegate_id and s.event_id == event}
        self.standings = lookup.lock_presences(event, concerned)
        # Read again now that the rows are locked: what another transaction did is seen from here on.
        self.log.known |= lookup.scans_by_id({read.id for read in self.reads if read.id} | targets)
        self.undone = lookup.undone_among(targets)
        self.people = {person.id: person for person in met}
        known = {scan.delegate_id for scan in self.log.known.values() if scan.delegate_id} - self.people.keys()
        self.people |= lookup.people_by_id(known)
        self.movements: dict[int, list[LoggedMovement]] = {}
        self._book: SeatBook | None = None

    @property
    def book(self) -> SeatBook:
        if self._book is None:
            self._book = SeatBook(self.station.event_id)
        return self._book

    # -- one scan -------------------------------------------------------------------------------------------------

    def _take(self, read: ReadScan | BadScan) -> str:
        """Decide one scan, remember what is to be written; returns its place in the log."""
        if read.id is not None and read.id in self.log.known:
            return read.id
        if isinstance(read, BadScan):
            return self._enter(read, Decision("invalid", field=read.field), None, {})
        match read.kind:
            case "undo":
                return self._take_undo(read)
            case "table":
                return self._take_at_table(read)
        return self._take_movement(read)

    def _take_movement(self, read: ReadScan) -> str:
        facts, person_id = self._badge_facts(read)
        decision = decide(facts)
        standing = self.standings.get(person_id) if person_id else None
        detail: dict[str, Any] = {}
        if decision.outcome == "already" and standing and standing.since:
            detail["first"] = self._first(standing)
            self._notice_conflict(read, standing, person_id)
        key = self._enter(read, decision, person_id, detail)
        if decision.state and standing and person_id:
            late = standing.since is not None and self.log.at(read) < standing.since
            movement = LoggedMovement(read.kind, self.log.at(read), 0, key, read.gate, self.station.id)
            standing.move(self._latest(person_id) if late else movement)
        return key

    def _take_at_table(self, read: ReadScan) -> str:
        table = self.book.find_table(read.table, self.station.table_id)
        if table is None:
            return self._enter(read, Decision("invalid", field="table"), None, {})
        facts, person_id = self._badge_facts(read)
        if facts.badge != "live" or not person_id:
            return self._enter(read, decide(facts), person_id, {}, table_id=table.id)
        self.book.lock(table.id)
        self.log.write_visits()
        company_id = self.people[person_id].company_id
        place = self.book.place(company_id, table, self.log.at(read))
        seen = self.book.visit(table.id, place.round, person_id)
        free = self.book.free_seats(table, place.round)
        told = Facts("table", seat=place.seat, seen=seen is not None, free_seats=free, walk_up=read.walk_up)
        decision = decide(told)
        detail: dict[str, Any] = {"round": place.round}
        if seen is not None:
            earlier = self.log.known.get(seen.scan_id) or lookup.scans_by_id({seen.scan_id})[seen.scan_id]
            detail["first"] = self._first(
                Standing("arrived", earlier.at, earlier.id, earlier.gate, earlier.station_id),
            )
        elif decision.outcome == "wrong_table":
            detail |= {"right": self.book.describe(place.right), "free_seats": max(free, 0), "seat": place.seat}
        key = self._enter(read, decision, person_id, detail | {"walk_up": decision.walk_up}, table_id=table.id)
        if decision.outcome == "accepted":
            self.log.visit(table.id, place.round, company_id, person_id, scan_id=key, walk_up=decision.walk_up)
        return key

    def _take_undo(self, read: ReadScan) -> str:
        target = self.log.known.get(read.undoes or "")
        if target is not None and target.event_id != self.station.event_id:
            target = None
        standing = target is not None and target.outcome == "accepted" and target.id not in self.undone
        facts = Facts(
            "undo",
            target="none" if target is None else "standing" if standing else "void",
            own=target is not None and target.station_id == self.station.id,
            lead=self.station.role == "lead",
        )
        decision = decide(facts)
        person_id = target.delegate_id if target else None
        key = self._enter(read, decision, person_id, {})
        if decision.outcome == "undone" and target is not None and person_id:
            self.undone.add(target.id)
            if target.kind == "table":
                self.log.take_visit_back(target.id)
            else:
                self.standings[person_id].move(self._latest(person_id))
        return key

    def _enter(
        self, read: ReadScan | BadScan, decision: Decision, person_id: int | None, detail: dict[str, Any], **more: Any
    ) -> str:
        badge = self.badges.get(read.code) if isinstance(read, ReadScan) and read.code else None
        return self.log.add(read, decision, person_id, detail, badge_id=badge.id if badge else None, **more)

    # -- what a decision rests on -----------------------------------------------------------------------------------

    def _badge_facts(self, read: ReadScan) -> tuple[Facts, int | None]:
        badge = self.badges.get(read.code) if read.code else None
        person = badge.person if badge else self.found.get(read.delegate or 0)
        if person is None:
            return Facts(read.kind, badge="unknown"), None
        here = person.event_id == self.station.event_id
        state: BadgeState = "elsewhere" if not here else "revoked" if badge and badge.revoked else "live"
        standing = self.standings.get(person.id)
        where = standing.state if standing else "expected"
        return Facts(read.kind, badge=state, state=where), person.id if here else None

    def _latest(self, person_id: int) -> LoggedMovement | None:
        """The last movement that stands, by its time: those of the log and those of this batch."""
        if person_id not in self.movements:
            self.movements[person_id] = lookup.movements_of(person_id)
        undone = self.undone | lookup.undone_among([each.scan_id for each in self.movements[person_id]])
        highest = max((each.number for each in self.movements[person_id]), default=0)
        fresh = self.log.movements(person_id, after=highest)
        standing = [each for each in (*self.movements[person_id], *fresh) if each.scan_id not in undone]
        found = last_movement(standing)
        return found if isinstance(found, LoggedMovement) else None

    def _first(self, standing: Standing) -> dict[str, Any]:
        name = self.station.name
        if standing.station_id != self.station.id:
            name = lookup.station_names([standing.station_id]).get(standing.station_id or 0, "")
        return {"at": standing.since.isoformat() if standing.since else None, "gate": standing.gate, "device": name}

    def _notice_conflict(self, read: ReadScan, standing: Standing, person_id: int | None) -> None:
        """Two stations let one badge in while apart: the second had told the person `accepted`."""
        apart = read.told == "accepted" if read.told else self.log.now - self.log.at(read) > OFFLINE_AFTER
        if read.kind == "in" and apart and standing.station_id != self.station.id and standing.scan_id:
            self.log.conflict(person_id, standing.scan_id, read.id)
