"""What a station hears every few seconds: how many are here, who has arrived, what needs settling."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select

from ...models import Company, Conflict, Delegate, Event, Presence, Scan, Station, db
from ..forum.counts import arrivals
from .calling import StationFacts
from .roster import DESKS
from .walk_in_matches import how_many

# Whose arrival is told at once, beside those whom somebody was named to receive.
RECEIVED_ROLES = ("vip", "host", "speaker", "guest")
ALERTS_FOR = timedelta(minutes=10)


def news_for(station: StationFacts, *, now: datetime) -> dict[str, Any]:
    """Counts for every station; arrivals of guests and unsettled conflicts for desks and leads."""
    desk = station.role in DESKS
    return {
        "revision": db.session.execute(select(Event.revision).where(Event.id == station.event_id)).scalar_one(),
        "counts": arrivals(station.event_id),
        "alerts": guests_arrived(station.event_id, since=now - ALERTS_FOR) if desk else [],
        "conflicts": open_conflicts(station.event_id, about=None if desk else station.id),
        "walk_ins": how_many(station.event_id) if station.role == "lead" else 0,
    }


def guests_arrived(event_id: int, *, since: datetime, receiver_id: int | None = None) -> list[dict[str, Any]]:
    """Whose arrival became known after `since` and who is to be received: by anybody, or by `receiver_id` alone.

    Not who came after it: a tablet without a connection tells of a guest later, and nobody has been told before.
    """
    known_at = func.coalesce(Scan.received_at, Presence.since)
    statement = (
        select(Delegate, Company, Presence)
        .join(Company, Company.id == Delegate.company_id)
        .join(Presence, Presence.delegate_id == Delegate.id)
        .outerjoin(Scan, Scan.id == Presence.scan_id)
        .where(Delegate.event_id == event_id, Presence.state == "arrived", known_at >= since)
        .order_by(Presence.since)
    )
    if receiver_id is None:
        statement = statement.where(or_(Delegate.role.in_(RECEIVED_ROLES), Delegate.receiver_id.is_not(None)))
    else:
        statement = statement.where(Delegate.receiver_id == receiver_id)
    return [
        {
            "scan": presence.scan_id,
            "name": delegate.name,
            "title": delegate.title,
            "company": company.label,
            "role": delegate.role,
            "gate": presence.gate,
            "at": presence.since.isoformat() if presence.since else None,
            "received_by": delegate.receiver.name if delegate.receiver else "",
        }
        for delegate, company, presence in db.session.execute(statement)
    ]


def open_conflicts(event_id: int, *, about: int | None = None) -> list[dict[str, Any]]:
    """Badges that two stations let in while apart, unsettled: all, or those in which the station `about` had a part."""
    statement = (
        select(Conflict, Delegate).join(Delegate, Delegate.id == Conflict.delegate_id).order_by(Conflict.id)
    ).where(Conflict.event_id == event_id, Conflict.settled_at.is_(None))
    found = []
    for conflict, delegate in db.session.execute(statement):
        sides = {scan.id: (scan, name) for scan, name in _scans(conflict.first_scan_id, conflict.second_scan_id)}
        if about is not None and all(scan.station_id != about for scan, _name in sides.values()):
            continue
        found.append(
            {
                "id": conflict.id,
                "delegate": delegate.name,
                "delegate_id": delegate.id,
                "first": _side(sides.get(conflict.first_scan_id)),
                "second": _side(sides.get(conflict.second_scan_id)),
            }
        )
    return found


def _scans(*ids: str) -> list[tuple[Scan, str | None]]:
    rows = db.session.execute(
        select(Scan, Station.name).outerjoin(Station, Station.id == Scan.station_id).where(Scan.id.in_(ids))
    )
    return [(row[0], row[1]) for row in rows]


def _side(side: tuple[Scan, str | None] | None) -> dict[str, Any]:
    if side is None:
        return {}
    scan, name = side
    return {"at": scan.at.isoformat(), "gate": scan.gate, "device": name or ""}
