"""A remote delegate comes in by opening the table's video link through the own page: that is their check-in."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from ...models import Event, TableVisit, db
from ...rules.checkin import EARLY
from ...rules.day import Meeting
from ...rules.errors import NotFound
from ..door.checkin import record_scans
from ..door.stations import without_tablet
from .my_day import Holder, my_day

NAME = "视频接入 Video link"


def open_link(event: Event, holder: Holder, table_id: int, round_id: int, *, now: datetime) -> str:
    """The address of the meeting. A remote delegate is checked in, and the meeting counts as held, when it is time.

    Opened early or late the link only leads on; opened again it writes nothing more. Raises NotFound.
    """
    mine = (each for each in my_day(holder).meetings if (each.table_id, each.slot.round_id) == (table_id, round_id))
    meeting = next(mine, None)
    if meeting is None or not meeting.video_url:
        raise NotFound("This meeting has no video link now. Look at your page again, or ask the desk.")
    if holder.remote and meeting.start - EARLY <= now < meeting.end:
        _come_in(event, holder, meeting, now)
    return meeting.video_url


def _come_in(event: Event, holder: Holder, meeting: Meeting, now: datetime) -> None:
    scans: list[dict[str, Any]] = [] if holder.presence == "arrived" else [{"kind": "in"}]
    visit = {"table_id": meeting.table_id, "round_id": meeting.slot.round_id, "delegate_id": holder.delegate_id}
    if db.session.query(TableVisit.id).filter_by(**visit).first() is None:
        scans.append({"kind": "table", "table": meeting.table_id})
    if not scans:
        return
    station = without_tablet(event, NAME, role="table", now=now)
    about = {"badge": holder.code, "at": now.isoformat()}
    record_scans(station, [{"id": str(uuid.uuid4()), **about, **scan} for scan in scans], now=now)
