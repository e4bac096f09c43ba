"""What stations hand in at one moment, decided scan by scan and written in one transaction."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ...models import ForumTable
from ...rules.checkin import BadgeState, Decision, Facts, decide
from ...rules.errors import DomainError
from ...rules.scan_reading import BadScan, ReadScan
from ..forum.seats import SeatBook, lock_tables
from . import scan_lookup as lookup
from .scan_answers import Answer, answers_for
from .scan_log import HandIn, ScanLog
from .scan_lookup import LoggedMovement, LoggedScan, Standing
from .scan_people import badges_by_code, people_by_id
from .stations import refuse_stopped, stations_by_digest

# A scan this old when it arrives was made without a connection.
OFFLINE_AFTER = timedelta(seconds=60)


class Batch:
    """One transaction's work. Scans are taken in order, each seeing what those before it did, whoever made them."""

    def __init__(self, hands: list[HandIn]) -> None:
        self.hands = hands
        self.log = ScanLog()

    def record(self) -> list[list[Answer] | Exception]:
        """Decide and write everything; the answers to each hand-in, or why its station is not heard any more."""
        refused = self._look_at_stations()
        heard = [hand for hand in self.hands if id(hand) not in refused]
        self._look_up(heard)
        ids = [[self._take(hand, read) for read in hand.reads] for hand in heard]
        self.log.write(self.standings)
        answers = iter([self._answers(hand, keys) for hand, keys in zip(heard, ids, strict=True)])
        return [refused.get(id(hand)) or next(answers) for hand in self.hands]

    def _answers(self, hand: HandIn, keys: list[str]) -> list[Answer]:
        logged = [(read.id, self.log.known[key]) for read, key in zip(hand.reads, keys, strict=True)]
        return answers_for(logged, hand.station, self.people)

    # -- what there is to know --------------------------------------------------------------------------------------

    def _look_at_stations(self) -> dict[int, Exception]:
        """Take each station as it is now; whoever was stopped since the request began is refused."""
        now = stations_by_digest({hand.station.token_digest for hand in self.hands if hand.station.token_digest})
        refused: dict[int, Exception] = {}
        for hand in self.hands:
            if hand.station.token_digest:
                try:
                    hand.station = refuse_stopped(now.get(hand.station.token_digest))
                except DomainError as error:
                    refused[id(hand)] = error
        return refused

    def _look_up(self, hands: list[HandIn]) -> None:
        reads = [read for hand in hands for read in hand.reads]
        good = [read for read in reads if isinstance(read, ReadScan)]
        self.badges = badges_by_code({read.code for read in good if read.code})
        self.found = people_by_id({read.delegate for read in good if read.delegate})
        targets = {read.undoes for read in good if read.undoes}
        self.log.known = lookup.scans_by_id(targets)
        met = [*(badge.person for badge in self.badges.values()), *self.found.values()]
        self.standings: dict[int, Standing] = {}
        for event in sorted({hand.station.event_id for hand in hands}):
            concerned = {person.id for person in met if person.event_id == event}
            concerned |= {s.delegate_id for s in self.log.known.values() if s.delegate_id and s.event_id == event}
            self.standings |= lookup.lock_presences(event, concerned)
        if any(standing.merged for standing in self.standings.values()):
            self._look_up(hands)  # while we waited two were found to be one: whose the badges are is asked again
            return
        self.books: dict[int, SeatBook] = {}
        self._lock_tables(hands)
        # Read again now that the rows are locked: what another transaction did is seen from here on.
        self.log.known |= lookup.scans_by_id({read.id for read in reads if read.id} | targets)
        self.undone = lookup.undone_among(targets)
        self.people = {person.id: person for person in met}
        known = {scan.delegate_id for scan in self.log.known.values() if scan.delegate_id} - self.people.keys()
        self.people |= people_by_id(known)
        self.movements: dict[int, list[LoggedMovement]] = {}

    def _lock_tables(self, hands: list[HandIn]) -> None:
        """Nobody else seats anybody at the tables that are scanned at, until this is written."""
        reads = [(hand, read) for hand in hands for read in hand.reads if isinstance(read, ReadScan)]
        tables = [self._table(hand, read) for hand, read in reads if read.kind == "table"]
        lock_tables({table.id for table in tables if table})

    def _table(self, hand: HandIn, read: ReadScan) -> ForumTable | None:
        return self._book(hand).find_table(read.table, hand.station.table_id)

    def _book(self, hand: HandIn) -> SeatBook:
        event = hand.station.event_id
        if event not in self.books:
            self.books[event] = SeatBook(event)
        return self.books[event]

    # -- one scan -------------------------------------------------------------------------------------------------

    def _take(self, hand: HandIn, read: ReadScan | BadScan) -> str:
        """Decide one scan, remember what is to be written; returns its place in the log."""
        if read.id is not None and read.id in self.log.known:
            self._notice_told_since(hand, read, self.log.known[read.id])
            return read.id
        if isinstance(read, BadScan):
            return self._enter(hand, read, Decision("invalid", field=read.field), None, {})
        match read.kind:
            case "undo":
                return self._take_undo(hand, read)
            case "table":
                return self._take_at_table(hand, read)
        return self._take_movement(hand, read)

    def _take_movement(self, hand: HandIn, read: ReadScan) -> str:
        facts, person_id = self._badge_facts(hand, read)
        decision = decide(facts)
        standing = self.standings.get(person_id) if person_id else None
        detail: dict[str, Any] = {}
        if decision.outcome == "already" and standing and standing.since:
            detail["first"] = lookup.first_of(hand.station, standing)
            self._notice_conflict(hand, read, standing, person_id)
        key = self._enter(hand, read, decision, person_id, detail)
        if decision.state and standing and person_id:
            late = standing.since is not None and hand.at(read) < standing.since
            movement = LoggedMovement(read.kind, hand.at(read), 0, key, read.gate, hand.station.id)
            standing.move(self._latest(person_id) if late else movement)
        return key

    def _take_at_table(self, hand: HandIn, read: ReadScan) -> str:
        table = self._table(hand, read)
        if table is None:
            return self._enter(hand, read, Decision("invalid", field="table"), None, {})
        facts, person_id = self._badge_facts(hand, read)
        if facts.badge != "live" or not person_id:
            return self._enter(hand, read, decide(facts), person_id, {}, table_id=table.id)
        self.log.write_visits()
        book = self._book(hand)
        company_id = self.people[person_id].company_id
        place = book.place(company_id, table, hand.at(read))
        seen = book.visit(table.id, place.round, person_id)
        free = book.free_seats(table, place.round)
        told = Facts("table", seat=place.seat, seen=seen is not None, free_seats=free, walk_up=read.walk_up)
        decision = decide(told)
        detail: dict[str, Any] = {"round": place.round}
        if seen is not None:
            earlier = self.log.known.get(seen.scan_id) or lookup.scans_by_id({seen.scan_id})[seen.scan_id]
            detail["first"] = lookup.first_of(
                hand.station,
                Standing("arrived", earlier.at, earlier.id, earlier.gate, earlier.station_id),
            )
        elif decision.outcome == "wrong_table":
            detail |= {"right": book.describe(place.right), "free_seats": max(free, 0), "seat": place.seat}
        key = self._enter(hand, read, decision, person_id, detail | {"walk_up": decision.walk_up}, table_id=table.id)
        if decision.outcome == "accepted":
            where = {"table_id": table.id, "round_id": place.round}
            who = {"company_id": company_id, "delegate_id": person_id}
            self.log.visit(hand, **where, **who, scan_id=key, walk_up=decision.walk_up)
        return key

    def _take_undo(self, hand: HandIn, read: ReadScan) -> str:
        target = self.log.known.get(read.undoes or "")
        if target is not None and target.event_id != hand.station.event_id:
            target = None
        standing = target is not None and target.outcome == "accepted" and target.id not in self.undone
        facts = Facts(
            "undo",
            target="none" if target is None else "standing" if standing else "void",
            own=target is not None and target.station_id == hand.station.id,
            lead=hand.station.role == "lead",
        )
        decision = decide(facts)
        person_id = target.delegate_id if target else None
        key = self._enter(hand, read, decision, person_id, {})
        if decision.outcome == "undone" and target is not None and person_id:
            self.undone.add(target.id)
            if target.kind == "table":
                self.log.take_visit_back(hand, target.id)
            else:
                self.standings[person_id].move(self._latest(person_id))
        return key

    def _enter(
        self,
        hand: HandIn,
        read: ReadScan | BadScan,
        decision: Decision,
        person_id: int | None,
        detail: dict[str, Any],
        **more: Any,
    ) -> str:
        badge = self.badges.get(read.code) if isinstance(read, ReadScan) and read.code else None
        return self.log.add(hand, read, decision, person_id, detail, badge_id=badge.id if badge else None, **more)

    # -- what a decision rests on -----------------------------------------------------------------------------------

    def _badge_facts(self, hand: HandIn, read: ReadScan) -> tuple[Facts, int | None]:
        badge = self.badges.get(read.code) if read.code else None
        person = badge.person if badge else self.found.get(read.delegate or 0)
        if person is None:
            return Facts(read.kind, badge="unknown"), None
        here = person.event_id == hand.station.event_id
        state: BadgeState = "elsewhere" if not here else "revoked" if badge and badge.revoked else "live"
        where = self.standings.get(person.id, Standing()).state
        return Facts(read.kind, badge=state, state=where), person.id if here else None

    def _latest(self, person_id: int) -> LoggedMovement | None:
        """The last movement that stands, by its time: those of the log and those of this batch."""
        if person_id not in self.movements:
            self.movements[person_id] = lookup.movements_of(person_id)
        undone = self.undone | lookup.undone_among([each.scan_id for each in self.movements[person_id]])
        highest = max((each.number for each in self.movements[person_id]), default=0)
        fresh = self.log.movements(person_id, after=highest)
        return lookup.latest((*self.movements[person_id], *fresh), undone)

    def _notice_conflict(self, hand: HandIn, read: ReadScan, standing: Standing, person_id: int | None) -> None:
        """Two stations let one badge in while apart: the second had told the person `accepted`."""
        apart = read.told == "accepted" if read.told else hand.now - hand.at(read) > OFFLINE_AFTER
        if read.kind == "in" and apart and standing.station_id != hand.station.id and standing.scan_id:
            self.log.conflict(hand, person_id, standing.scan_id, read.id)

    def _notice_told_since(self, hand: HandIn, read: ReadScan | BadScan, logged: LoggedScan) -> None:
        """Its answer was lost or late and the station let the badge in by then: it says so when it asks again."""
        told = isinstance(read, ReadScan) and read.told == "accepted" and logged.station_id == hand.station.id
        standing = self.standings.get(logged.delegate_id or 0)
        if told and logged.outcome == "already" and standing and not lookup.is_conflict(logged.id):
            self._notice_conflict(hand, read, standing, logged.delegate_id)  # type: ignore[arg-type]
