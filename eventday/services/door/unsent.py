"""Scans that a tablet could not send any more, handed in by a member of staff from the file that the tablet saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from ...models import Event, Station, db
from ...rules.errors import DomainError, Invalid
from .. import audit
from .calling import StationFacts
from .checkin import record_scans
from .walk_ins import WalkInData, register

# As many as a station may send at a time.
BATCH = 500
# An untranslated sentence and its parameters.
Message = tuple[str, dict[str, Any]]
# The number of the station that made it, and a scan or a walk-in.
Entry = tuple[int, dict[str, Any] | WalkInData]


def hand_in(
    event: Event, entries: list[Entry], *, new_code: Callable[[], str], now: datetime, actor: str
) -> tuple[int, list[tuple[str, Message]]]:
    """Record `entries` in their order as scans of the stations that made them, also of one that was revoked since.

    Gives how many the log holds now, and the walk-ins that were refused, each with its reason. Handing in the same
    again records nothing new. Raises Invalid, with nothing recorded, when a station is none of this event.
    """
    numbers = sorted({station for station, _what in entries})
    stations = {number: _facts(event, number) for number in numbers}
    taken = 0
    refused: list[tuple[str, Message]] = []
    for station, run in _runs(entries):
        if isinstance(run, WalkInData):
            try:
                register(stations[station], run, code=new_code(), now=now)
            except DomainError as error:
                refused.append((run.name, (error.message, error.params)))
            else:
                taken += 1
        else:
            taken += len(record_scans(stations[station], run, now=now))
    target = ", ".join(f"station {number}" for number in numbers)
    audit.record(at=now, actor=actor, action="scans.hand_in", event_id=event.id, target=target, scans=taken)
    db.session.commit()
    return taken, refused


def _runs(entries: list[Entry]) -> Iterator[tuple[int, list[dict[str, Any]] | WalkInData]]:
    """Neighbours that can be recorded together; a walk-in stands alone."""
    for (station, alone), group in groupby(entries, lambda entry: (entry[0], isinstance(entry[1], WalkInData))):
        found: list[Any] = [what for _station, what in group]
        if alone:
            yield from ((station, walk_in) for walk_in in found)
        else:
            yield from ((station, found[start : start + BATCH]) for start in range(0, len(found), BATCH))


def _facts(event: Event, number: int) -> StationFacts:
    row = db.session.get(Station, number)
    if row is None or row.event_id != event.id:
        raise Invalid("This file holds scans of a station that is none of this event.", field="file")
    return StationFacts(
        row.id, event.id, event.slug, row.name, row.role, row.gate, row.table_id, locked=False, zone=event.zone
    )
