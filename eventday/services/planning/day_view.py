"""The day at a glance: rounds now and next against who has come, tables that will be short, what needs a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ...models import Conflict, ForumTable, Round, SeatOffer, Station, db
from .ids import company_id, round_id, table_id
from .reading import Reading, read
from .reading_parts import Chip, Party, Place, Slot
from .situation import Situation
from .standby import waiting_since

SILENT_AFTER = timedelta(minutes=2)


@dataclass(frozen=True)
class TableNow:
    """A table in a round: who is to sit, and how many of them are here."""

    place: Place
    chips: list[Chip]
    here: int

    @property
    def state(self) -> str:
        """`empty`, `short` (somebody is missing) or `ready`."""
        return "empty" if not self.chips else "short" if self.here < len(self.chips) else "ready"


@dataclass(frozen=True)
class RoundNow:
    """A round and its tables."""

    slot: Slot
    tables: list[TableNow]

    @property
    def expected(self) -> int:
        """Meetings planned."""
        return sum(len(table.chips) for table in self.tables)

    @property
    def here(self) -> int:
        """Of those, how many can begin."""
        return sum(table.here for table in self.tables)


@dataclass(frozen=True)
class DayView:
    """What the day page shows beside the disruptions."""

    running: RoundNow | None
    upcoming: RoundNow | None
    companies_here: int
    companies: int
    waiting: list[Party]
    conflicts: int
    silent: list[Station]
    not_ready: list[tuple[Place, str]]
    offers: list[SeatOffer]
    standby: list[tuple[Party, Party, datetime]]
    reading: Reading | None


def view(day: Situation) -> DayView:
    """The day page's facts at `day.now`."""
    reading = read(day.event, day.plan, now=day.now) if day.plan else None
    conflicts = db.session.query(Conflict).filter_by(event_id=day.event.id, settled_at=None).count()
    offers = db.session.query(SeatOffer).filter(
        SeatOffer.event_id == day.event.id, SeatOffer.state == "offered", SeatOffer.expires_at > day.now
    )
    if reading is None:
        return DayView(None, None, 0, 0, [], conflicts, _silent(day), [], offers.all(), [], None)
    return DayView(
        _round_now(day, reading, day.running),
        _round_now(day, reading, day.upcoming),
        sum(party.state == "arrived" for party in reading.companies),
        len(reading.companies),
        _waiting(day, reading),
        conflicts,
        _silent(day),
        _not_ready(day, reading),
        offers.order_by(SeatOffer.id).all(),
        _standby(day, reading),
        reading,
    )


def _round_now(day: Situation, reading: Reading, round_: Round | None) -> RoundNow | None:
    if round_ is None:
        return None
    identifier = round_id(round_.id)
    slot = next((each for each in reading.slots if each.id == identifier), None)
    if slot is None:
        return None
    tables = []
    for place in reading.places:
        chips = reading.cells.get((place.id, identifier), [])
        tables.append(TableNow(place, chips, sum(chip.party.state == "arrived" for chip in chips)))
    return RoundNow(slot, tables)


def _waiting(day: Situation, reading: Reading) -> list[Party]:
    """Who is here, wishes for something, and has no meeting: walk-ins above all."""
    seated = {seat.company for seat in reading.seats}
    wishing = {wish["company"] for wish in day.document["wishes"]}
    here = {company_id(number) for number, state in day.arrivals.items() if state == "arrived"}
    return [reading.parties[each] for each in sorted(wishing & here - seated)]


def _standby(day: Situation, reading: Reading) -> list[tuple[Party, Party, datetime]]:
    """Who waits for a host that the plan does not give them, the longest wait first."""
    met = {(seat.company, reading.host_of[seat.table].id) for seat in reading.seats}
    waits = sorted(waiting_since(day.event).items(), key=lambda each: each[1])
    parties = reading.parties
    return [(parties[who], parties[host], since) for (who, host), since in waits if (who, host) not in met]


def _not_ready(day: Situation, reading: Reading) -> list[tuple[Place, str]]:
    """Tables that cannot receive yet: `host` (has not come, or has left), `link_down`, `link_untried`."""
    if day.upcoming is None:
        return []
    rows = {table_id(row.id): row for row in db.session.query(ForumTable).filter_by(event_id=day.event.id)}
    in_use = "arrived" in day.arrivals.values()  # where nobody is scanned, silence says nothing about anybody
    found = []
    for place in reading.places:
        row = rows.get(place.id)
        if row is None or round_id(day.upcoming.id) in place.closed:
            continue
        if in_use and day.arrivals.get(row.host_id) in ("expected", "left"):
            found.append((place, "host"))
        if row.video_state == "down" or (row.video_url and row.video_state != "ready"):
            found.append((place, "link_down" if row.video_state == "down" else "link_untried"))
    return found


def _silent(day: Situation) -> list[Station]:
    """Stations that were heard of today and have fallen silent."""
    limit: datetime = day.now - SILENT_AFTER
    query = db.session.query(Station).filter(
        Station.event_id == day.event.id,
        Station.revoked_at.is_(None),
        Station.last_seen_at < limit,
        Station.last_seen_at > day.now - timedelta(hours=12),
    )
    return query.order_by(Station.name).all()
