"""What the scans of one transaction are decided on: fetched in few statements, locked, kept up as they are decided."""

from __future__ import annotations

from collections.abc import Iterator

from ...models import ForumTable
from ...rules.checkin import BadgeState, Facts
from ...rules.errors import DomainError
from ...rules.scan_reading import ReadScan
from ..forum.seats import SeatBook, lock_tables
from . import scan_lookup as lookup
from .calling import refuse_stopped, stations_by_digest
from .scan_log import HandIn, ScanLog
from .scan_lookup import Standing
from .scan_people import BadgeFacts, Person, badges_by_code, people_by_id
from .whereabouts import Whereabouts


def look_at_stations(hands: list[HandIn]) -> dict[int, Exception]:
    """Take each station as it is now; whoever was stopped since the request began is refused, by the hand-in's id()."""
    now = stations_by_digest({hand.station.token_digest for hand in hands if hand.station.token_digest})
    refused: dict[int, Exception] = {}
    for hand in hands:
        if hand.station.token_digest:
            try:
                hand.station = refuse_stopped(now.get(hand.station.token_digest))
            except DomainError as error:
                refused[id(hand)] = error
    return refused


class Grounds:
    """Badges, people and where they stand, seats, what was undone; `log` already knows what these scans name."""

    def __init__(self, hands: list[HandIn], log: ScanLog) -> None:
        self.hands, self.log = hands, log
        self.standings: dict[int, Standing] = {}
        self._books: dict[int, SeatBook] = {}
        self._look_up()

    def _look_up(self) -> None:
        ids = {read.id for hand in self.hands for read in hand.reads if read.id}
        reads = [read for _hand, read in self._reads()]
        self.badges: dict[str, BadgeFacts] = badges_by_code({read.code for read in reads if read.code})
        self._found = people_by_id({read.delegate for read in reads if read.delegate})
        targets = {read.undoes for read in reads if read.undoes}
        self.log.known = lookup.scans_by_id(targets)
        met = [*(badge.person for badge in self.badges.values()), *self._found.values()]
        self._lock_presences(met)
        if any(standing.merged for standing in self.standings.values()):
            self._look_up()  # while we waited two were found to be one: whose the badges are is asked again
            return
        # Nobody else seats anybody at the tables that are scanned at, until this is written.
        tables = [self.table(hand, read) for hand, read in self._reads() if read.kind == "table"]
        lock_tables({table.id for table in tables if table})
        # Read again now that the rows are locked: what another transaction did is seen from here on.
        self.log.known |= lookup.scans_by_id(ids | targets)
        self.undone = lookup.undone_among(targets)
        self.whereabouts = Whereabouts(self.standings, self.undone)
        self.people: dict[int, Person] = {person.id: person for person in met}
        known = {scan.delegate_id for scan in self.log.known.values() if scan.delegate_id} - self.people.keys()
        self.people |= people_by_id(known)

    def _reads(self) -> Iterator[tuple[HandIn, ReadScan]]:
        """The scans that can be understood."""
        return ((hand, read) for hand in self.hands for read in hand.reads if isinstance(read, ReadScan))

    def _lock_presences(self, met: list[Person]) -> None:
        self.standings = {}
        for event in sorted({hand.station.event_id for hand in self.hands}):
            concerned = {person.id for person in met if person.event_id == event}
            concerned |= {s.delegate_id for s in self.log.known.values() if s.delegate_id and s.event_id == event}
            self.standings |= lookup.lock_presences(event, concerned)

    def table(self, hand: HandIn, read: ReadScan) -> ForumTable | None:
        """The table that is scanned at: the one that is named, else the station's own."""
        return self.book(hand).find_table(read.table, hand.station.table_id)

    def book(self, hand: HandIn) -> SeatBook:
        """Who is expected where at the station's event."""
        event = hand.station.event_id
        if event not in self._books:
            self._books[event] = SeatBook(event)
        return self._books[event]

    def of_badge(self, hand: HandIn, read: ReadScan) -> tuple[Facts, int | None]:
        """What the rule must know of a badge, or of somebody found by name, but where they are; their number, if they
        are of here."""
        badge = self.badges.get(read.code) if read.code else None
        person = badge.person if badge else self._found.get(read.delegate or 0)
        if person is None:
            return Facts(read.kind, badge="unknown"), None
        here = person.event_id == hand.station.event_id
        state: BadgeState = "elsewhere" if not here else "revoked" if badge and badge.revoked else "live"
        return Facts(read.kind, badge=state), person.id if here else None
