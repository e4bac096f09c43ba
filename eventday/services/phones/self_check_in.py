"""Checking oneself in: a bound phone that has just read the code on the hall's screen or on a kiosk."""

from __future__ import annotations

import uuid
from datetime import datetime

from ...models import Event
from ...rules.errors import Forbidden
from ...rules.rotating_code import code_at, is_fresh
from ..door.checkin import record_scans
from ..door.scan_answers import Answer
from ..door.stations import without_tablet
from .my_qr import QrPath, qr_of

NAME = "自助签到 Self check-in"


def qr_now(base_url: str, event_id: int, *, secret: str, now: datetime) -> QrPath:
    """This minute's code as a QR; upper case, so that it stays coarse."""
    return qr_of(f"{base_url}/HERE/{event_id}/{code_at(secret, event_id, now)}".upper())


def check_self_in(event: Event, badge: str, code: str, *, secret: str, now: datetime) -> Answer:
    """Check the badge in by this minute's `code`; answers as a station is answered. Raises Forbidden for an old one.

    The scan is in the log like any other, by a station that has no tablet.
    """
    if not is_fresh(code, secret, event.id, now):
        raise Forbidden("This code is over: it changes every minute. Scan the one on the screen now.", code="stale")
    station = without_tablet(event, NAME, role="kiosk", now=now)
    scan = {"id": str(uuid.uuid4()), "badge": badge, "kind": "in", "at": now.isoformat()}
    return record_scans(station, [scan], now=now)[0]
