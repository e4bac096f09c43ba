"""What a station needs to work without a connection: people, badges as digests, where everybody stands, the plan.

A cursor says up to which revision of the event a station knows everything (and which plan), so that a poll brings
only what changed. Who needs less gets less: a gate learns no title and no digits of a phone.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from sqlalchemy import or_, select

from ...models import Badge, Company, Delegate, Event, Participation, Presence, Scan, Station, TableVisit, db
from ...rules.phones import last_four
from ...rules.pinyin_keys import syllables
from ..forum.seats import SeatBook
from .calling import StationFacts
from .scan_log import digest_of

_CURSOR = re.compile(r"(\d{1,18})-([0-9a-f]{12})")
# Those who find people by their phone; a gate and a kiosk never do.
DESKS = ("desk", "lead")


def roster(station: StationFacts, since: str | None) -> dict[str, Any]:
    """`{"cursor", "full", "people", "event"}`; `event` only where it changed. An unreadable cursor gets everything."""
    found = _CURSOR.fullmatch(since or "")
    revision, known_setup = (int(found[1]), found[2]) if found else (0, "")
    event = db.session.get_one(Event, station.event_id)
    now_at = event.revision
    if revision > now_at:  # a cursor of a database that has since been restored from an older copy
        revision, known_setup = 0, ""
    full = revision == 0
    setup = setup_of(event, station)
    mark = hashlib.sha256(json.dumps(setup, sort_keys=True).encode()).hexdigest()[:12]
    return {
        "cursor": f"{now_at}-{mark}",
        "full": full,
        "event": setup if mark != known_setup else None,
        "people": people_since(station, None if full else revision),
    }


def people_since(station: StationFacts, revision: int | None) -> list[dict[str, Any]]:
    """The people of the event who changed, or moved, after `revision` (None: all)."""
    statement = (
        select(Delegate, Company, Presence, Station.name)
        .join(Company, Company.id == Delegate.company_id)
        .outerjoin(Presence, Presence.delegate_id == Delegate.id)
        .outerjoin(Station, Station.id == Presence.station_id)
        .where(Delegate.event_id == station.event_id)
        .order_by(Delegate.id)
    )
    badges = select(Badge.delegate_id, Badge.code, Badge.revoked_at).where(Badge.event_id == station.event_id)
    if revision is not None:
        changed = or_(Delegate.revision > revision, Presence.revision > revision)
        statement = statement.where(changed)
        moved = (
            select(Delegate.id)
            .outerjoin(Presence, Presence.delegate_id == Delegate.id)
            .where(Delegate.event_id == station.event_id, changed)
        )
        badges = badges.where(Badge.delegate_id.in_(moved))
    digests: dict[int, tuple[list[str], list[str]]] = {}
    for delegate_id, code, revoked_at in db.session.execute(badges):
        digests.setdefault(delegate_id, ([], []))[revoked_at is not None].append(digest_of(code))
    rows = db.session.execute(statement)
    return [
        _entry(station, delegate, company, presence, device, *digests.get(delegate.id, ([], [])))
        for delegate, company, presence, device in rows
    ]


def _entry(
    station: StationFacts,
    delegate: Delegate,
    company: Company,
    presence: Presence | None,
    device: str | None,
    live: list[str],
    revoked: list[str],
) -> dict[str, Any]:
    gone = delegate.erased_at is not None or delegate.merged_into_id is not None
    entry: dict[str, Any] = {
        "id": delegate.id,
        "name": delegate.name,
        "name_en": delegate.name_en,
        "pinyin": syllables(delegate.name),
        "company": company.name,
        "company_label": company.label,
        "company_pinyin": syllables(company.label),
        "company_id": company.id,
        "kind": company.kind,
        "role": delegate.role,
        "remote": delegate.remote,
        "walk_in": delegate.walk_in,
        "gone": gone,
        "badges": live,
        "revoked": revoked,
        "state": presence.state if presence else "expected",
        "since": presence.since.isoformat() if presence and presence.since else None,
        "scan": presence.scan_id if presence else None,
        "gate": presence.gate if presence else "",
        "device": device or "",
    }
    if station.role in DESKS:
        entry["title"] = delegate.title
        entry["last4"] = last_four(delegate.phone) if delegate.phone else ""
        entry["received_by"] = delegate.receiver.name if delegate.receiver else ""
    return entry


def setup_of(event: Event, station: StationFacts) -> dict[str, Any]:
    """The event as a station shows it: rounds, tables and who sits where in the published plan."""
    book = SeatBook(event.id)
    visits: dict[str, Any] = {"visits": _visits(station.table_id)} if station.table_id is not None else {}
    if station.role == "lead":
        visits["held"] = _held(event.id)
    walked = db.session.query(Participation.company_id).filter_by(event_id=event.id, walk_in=True)
    return {
        "slug": event.slug,
        "name": event.name,
        "name_en": event.name_en,
        "timezone": event.timezone,
        "rounds": [
            {"id": each.id, "start": each.start.isoformat(), "end": each.end.isoformat()}
            for each in sorted(book.rounds, key=lambda slot: (slot.start, slot.id))
        ],
        "tables": [
            {
                "id": table.id,
                "label": table.label,
                "room": table.room,
                "room_en": table.room_en,
                "host": table.host_id,
                "host_name": table.host.label,
                "capacity": table.capacity,
            }
            for table in sorted(book.tables.values(), key=lambda each: each.label)
        ],
        "meetings": sorted(
            [company_id, meeting.table, meeting.round]
            for company_id, meetings in book.meetings.items()
            for meeting in meetings
        ),
        "seats": {str(company): seats for company, seats in sorted(book.seats.items()) if seats != 1},
        "walk_in_companies": sorted(row[0] for row in walked),
        **visits,
    }


def _visits(table_id: int) -> list[list[Any]]:
    """Who came to a table: delegate, table, round, company, and whether on a seat that the plan had left free."""
    columns = (TableVisit.delegate_id, TableVisit.table_id, TableVisit.round_id, TableVisit.company_id)
    rows = db.session.execute(
        select(*columns, TableVisit.walk_up).where(TableVisit.table_id == table_id).order_by(TableVisit.id)
    )
    return [list(row) for row in rows]


def _held(event_id: int) -> list[list[Any]]:
    """Every visit to a table, for a lead to take back: scan, delegate, table, round, when."""
    columns = (TableVisit.scan_id, TableVisit.delegate_id, TableVisit.table_id, TableVisit.round_id, Scan.at)
    rows = db.session.execute(
        select(*columns)
        .join(Scan, Scan.id == TableVisit.scan_id)
        .where(TableVisit.event_id == event_id)
        .order_by(TableVisit.id)
    )
    return [[scan, delegate, table, slot, at.isoformat()] for scan, delegate, table, slot, at in rows]
