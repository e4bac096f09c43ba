"""An organiser hands in the file of a tablet that could not send its scans any more."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import EXCLUDE, ValidationError

from ..models import Event
from ..rules.errors import Invalid, sentence
from ..services.door import unsent
from ..services.door.walk_ins import WalkInData
from ..web.access import actor, event_page
from ..web.language import translate_error
from ..web.new_codes import new_code
from . import pages
from .desk_schemas import WalkInIn

MARK = "unsent scans"


@pages.post("/events/<slug>/stations/unsent")
@event_page("stations")
def hand_in_unsent(event: Event) -> ResponseReturnValue:
    """Record what the file holds; a walk-in that cannot be taken is told by name."""
    file = request.files.get("file")
    entries, unreadable = read_file(file.read() if file else b"")
    taken, refused = unsent.hand_in(event, entries, new_code=new_code, now=datetime.now(UTC), actor=actor())
    flash(
        _("%(count)s scans of the file are in the log now. Handing it in again changes nothing.", count=taken), "good"
    )
    for error in unreadable:
        flash(translate_error(error.message, error.params), "bad")
    for name, (reason, params) in refused:
        flash(f"{name}: {translate_error(reason, params)}", "bad")
    return redirect(url_for("registration.stations", slug=event.slug))


class _NoWalkIn(Invalid):
    """What a tablet took for a walk-in cannot be registered as one; the other entries can be taken all the same."""


def read_file(content: bytes) -> tuple[list[unsent.Entry], list[Invalid]]:
    """The entries of a file that a station saved, and what is wrong with walk-ins among them that cannot be taken.

    Raises Invalid when it is no such file, or holds nothing that can be taken.
    """
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):  # no JSON, no text, or nested beyond all reason
        told = None
    scans = told.get("scans") if isinstance(told, dict) and told.get("eventday") == MARK else None
    if not isinstance(scans, list) or not scans:
        raise Invalid("This is no file that a station has saved. Choose the one named unsent-scans.", field="file")
    entries: list[unsent.Entry] = []
    unreadable: list[Invalid] = []
    for number, scan in enumerate(scans, start=1):
        try:
            entries.append(_entry(number, scan))
        except _NoWalkIn as error:
            unreadable.append(error)
    if not entries:
        raise unreadable[0]
    return entries, unreadable


def _entry(number: int, scan: Any) -> unsent.Entry:
    station = scan.pop("station", None) if isinstance(scan, dict) else None
    if not isinstance(station, int) or isinstance(station, bool) or not 0 < station < 2**31:
        raise Invalid("Entry %(number)s of the file does not say which station made it.", field="file", number=number)
    walk_in = scan.pop("walk_in", None)
    if walk_in is None:
        return station, scan
    try:
        told = WalkInIn().load({**walk_in, **scan}, unknown=EXCLUDE)
    except (TypeError, ValidationError) as error:
        name = walk_in.get("name", "") if isinstance(walk_in, dict) else ""
        raise _NoWalkIn(
            sentence(
                "Entry %(number)s of the file is no walk-in: %(name)s. Its company, its name or another field is "
                "missing or too long. Register it on the delegates page."
            ),
            field="file",
            number=number,
            name=str(name)[:80],
        ) from error
    wishes = {wish["host"]: wish["interest"] for wish in told.pop("wishes")}
    return station, WalkInData(id=str(told.pop("id")), wishes=wishes, **told)
