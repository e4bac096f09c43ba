"""The way to a table's video link, through the own page."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import g, redirect, request
from flask.typing import ResponseReturnValue

from ..services.phones.video_link import open_link
from . import blueprint
from .bound import open_badge


@blueprint.get("/B/<code>/video/<int:table_id>/<int:round_id>")
def video(code: str, table_id: int, round_id: int) -> ResponseReturnValue:
    """Check a remote delegate in and lead on to the meeting.

    It writes although it is a GET, since a link that opens another app can ask for nothing else. All it writes is what
    the same badge before a tablet would; a look without opening (HEAD) writes nothing.
    """
    holder = open_badge(code)
    if request.method == "HEAD":
        return "", 204
    response = redirect(open_link(g.event, holder, table_id, round_id, now=datetime.now(UTC)))
    response.headers["Cache-Control"] = "no-store"
    return response
