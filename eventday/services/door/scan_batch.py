"""What stations hand in at one moment, decided scan by scan and written in one transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from ...rules.checkin import Decision, Facts, decide
from ...rules.presence import REACHED
from ...rules.scan_reading import BadScan, ReadScan
from . import scan_lookup as lookup
from .former_roles import role_then, tablet_of
from .scan_answers import Answer, answers_for
from .scan_grounds import Grounds, look_at_stations
from .scan_log import HandIn, ScanLog
from .scan_lookup import LoggedScan, LoggedSighting

# A scan this old when it arrives was made without a connection.
OFFLINE_AFTER = timedelta(seconds=60)


class Batch:
    """One transaction's work. Scans are taken in order, each seeing what those before it did, whoever made them."""

    def __init__(self, hands: list[HandIn]) -> None:
        self.hands = hands
        self.log = ScanLog()

    def record(self) -> list[list[Answer] | Exception]:
        """Decide and write everything; the answers to each hand-in, or why its station is not heard any more."""
        refused = look_at_stations(self.hands)
        heard = [hand for hand in self.hands if id(hand) not in refused]
        self.grounds = Grounds(heard, self.log)
        ids = [[self._take(hand, read) for read in hand.reads] for hand in heard]
        self.log.write(self.grounds.standings)
        answers = iter([self._answers(hand, keys) for hand, keys in zip(heard, ids, strict=True)])
        return [refused.get(id(hand)) or next(answers) for hand in self.hands]

    def _answers(self, hand: HandIn, keys: list[str]) -> list[Answer]:
        logged = [(read.id, self.log.known[key]) for read, key in zip(hand.reads, keys, strict=True)]
        return answers_for(logged, hand.station, self.grounds.people)

    # -- one scan -------------------------------------------------------------------------------------------------

    def _take(self, hand: HandIn, read: ReadScan | BadScan) -> str:
        """Decide one scan, remember what is to be written; returns its place in the log."""
        if read.id is not None and read.id in self.log.known:
            self._notice_told_since(hand, read, self.log.known[read.id])
            return read.id
        if isinstance(read, BadScan):
            return self._enter(hand, read, Decision("invalid", field=read.field), None, {})
        if (field := beyond(hand.station.role, read)) and beyond(self._role_then(hand, read), read):
            return self._enter(hand, read, Decision("invalid", field=field), None, {})
        match read.kind:
            case "undo":
                return self._take_undo(hand, read)
            case "table":
                return self._take_at_table(hand, read)
        return self._take_movement(hand, read)

    def _take_movement(self, hand: HandIn, read: ReadScan) -> str:
        facts, person_id = self.grounds.of_badge(hand, read)
        if not person_id:
            return self._enter(hand, read, decide(facts), None, {})
        apart = self._apart(hand, read)
        where, at = self.grounds.whereabouts, hand.at(read)
        state, first = where.met(person_id, read.kind, at, exactly=apart is not None)
        decision = decide(replace(facts, state=state))
        repeated = first if decision.outcome == "already" else None
        detail: dict[str, Any] = {}
        if repeated:
            detail = {"first": lookup.first_of(hand.station, repeated), "repeats": repeated.id, "apart": apart}
            if apart and repeated.moves:
                self._notice_conflict(hand, read, repeated, person_id)
        key = self._enter(hand, read, decision, person_id, detail)
        if decision.state or repeated:
            of, passed, gate = detail.get("repeats"), apart == lookup.TOLD, self.log.known[key].gate
            where.saw(person_id, LoggedSighting(key, read.kind, at, of, passed, gate, hand.station.id))
        return key

    def _take_at_table(self, hand: HandIn, read: ReadScan) -> str:
        table = self.grounds.table(hand, read)
        if table is None:
            return self._enter(hand, read, Decision("invalid", field="table"), None, {})
        facts, person_id = self.grounds.of_badge(hand, read)
        if facts.badge != "live" or not person_id:
            return self._enter(hand, read, decide(facts), person_id, {}, table_id=table.id)
        self.log.write_visits()
        book = self.grounds.book(hand)
        company_id = self.grounds.people[person_id].company_id
        place = book.place(company_id, table, hand.at(read))
        seen = book.visit(table.id, place.round, person_id)
        free = book.free_seats(table, place.round)
        told = Facts("table", seat=place.seat, seen=seen is not None, free_seats=free, walk_up=read.walk_up)
        decision = decide(told)
        detail: dict[str, Any] = {"round": place.round}
        if seen is not None:
            earlier = self.log.known.get(seen.scan_id) or lookup.scans_by_id({seen.scan_id})[seen.scan_id]
            detail["first"] = lookup.first_of(hand.station, earlier)
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
        moved = target is not None and target.id not in self.grounds.undone and self._moved(target)
        facts = Facts(
            "undo",
            target="none" if target is None else "standing" if moved else "void",
            own=target is not None and self._is_own(hand, target),
            lead=hand.station.role == "lead" or self._role_then(hand, read) == "lead",
        )
        decision = decide(facts)
        person_id = target.delegate_id if target else None
        key = self._enter(hand, read, decision, person_id, {})
        if decision.outcome == "undone" and target is not None and person_id:
            if target.kind == "table":
                self.grounds.undone.add(target.id)
                self.log.take_visit_back(hand, target.id)
            else:
                self.grounds.whereabouts.take_back(person_id, target.id)
        return key

    def _is_own(self, hand: HandIn, scan: LoggedScan) -> bool:
        """Whether the tablet made it, also as the station that it was before it was paired anew."""
        return scan.station_id == hand.station.id or scan.station_id in tablet_of(hand.station.id)

    def _role_then(self, hand: HandIn, read: ReadScan) -> str:
        """What the station was when it made the scan."""
        return role_then(hand.station.id, hand.at(read)) or hand.station.role

    def _enter(
        self,
        hand: HandIn,
        read: ReadScan | BadScan,
        decision: Decision,
        person_id: int | None,
        detail: dict[str, Any],
        **more: Any,
    ) -> str:
        badge = self.grounds.badges.get(read.code) if isinstance(read, ReadScan) and read.code else None
        return self.log.add(hand, read, decision, person_id, detail, badge_id=badge.id if badge else None, **more)

    # -- two stations that let one badge in while apart ---------------------------------------------------------------

    def _apart(self, hand: HandIn, read: ReadScan) -> str | None:
        """How it is known that the station let somebody pass before it could ask; None where it is not."""
        if read.told:
            return lookup.TOLD if read.told == "accepted" else None
        return lookup.OLD if hand.now - hand.at(read) > OFFLINE_AFTER else None

    def _notice_conflict(
        self, hand: HandIn, read: ReadScan, first: LoggedSighting | LoggedScan, person_id: int
    ) -> None:
        if read.kind == "in" and first.station_id != hand.station.id:
            self.log.conflict(hand, person_id, first.id, read.id)

    def _notice_told_since(self, hand: HandIn, read: ReadScan | BadScan, logged: LoggedScan) -> None:
        """Its answer was lost or late and the station let the badge in by then: it says so when it asks again."""
        if isinstance(read, BadScan) or read.told != "accepted" or logged.station_id != hand.station.id:
            return
        repeats, person_id = logged.detail.get("repeats"), logged.delegate_id
        if not repeats or not person_id or "apart" in logged.detail or self._is_conflict(logged.id):
            return
        first = self.log.known.get(repeats) or lookup.scans_by_id({repeats})[repeats]
        self._notice_conflict(hand, read, first, person_id)
        if self._is_conflict(logged.id):
            self.grounds.whereabouts.has_let_pass(person_id, logged.id)

    def _is_conflict(self, second: str) -> bool:
        return any(each["second_scan_id"] == second for each in self.log.conflicts) or lookup.is_conflict(second)

    def _moved(self, scan: LoggedScan) -> bool:
        """Whether it let somebody pass, so that there is something to take back."""
        if scan.outcome == "already" and scan.kind in REACHED:
            return lookup.let_pass(scan.detail, self._is_conflict(scan.id))
        return scan.outcome == "accepted"


def beyond(role: str, read: ReadScan) -> str | None:
    """The field of a scan that a station of this role never makes. A kiosk stands alone in the hall, and whoever takes
    it takes its token: it lets badges in, and can neither let in somebody by a number nor take anything back."""
    if role != "kiosk":
        return None
    if read.kind != "in":
        return "kind"
    return None if read.badge else "delegate"
