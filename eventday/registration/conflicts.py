"""A badge that two stations let in: a member of staff on the page, a lead on the tablet says what it was."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ..models import Conflict, Event
from ..services.door import conflicts as service
from ..services.staffing.trail import names_of
from ..web.access import actor, event_page
from . import auth, pages
from . import desk_schemas as schemas
from .api import BAD_BODY, blueprint
from .settling import BY_A_LEAD, lead_calling

VERDICTS = {"same": _l("The same person, scanned twice"), "other": _l("Somebody else had the badge")}


@pages.post("/events/<slug>/conflicts/<int:number>")
@event_page("desk")
def settle(event: Event, number: int) -> ResponseReturnValue:
    """Say what a badge that was let in twice was about; whoever comes second is told what was said before."""
    verdict = request.form.get("verdict", "")
    row = service.settle(event.id, number, verdict, now=datetime.now(UTC), actor=actor())
    flash(_told(event, row, actor()), "good" if row.verdict == verdict else "bad")
    return redirect(url_for("registration.stations", slug=event.slug))


@blueprint.post("/conflicts/<int:number>/settle")
@blueprint.auth_required(auth.token)
@blueprint.input(schemas.VerdictIn)
@blueprint.output(schemas.Verdict)
@blueprint.doc(
    summary="Say what a badge that was let in twice was about",
    responses={**BAD_BODY, **BY_A_LEAD, 404: "No such conflict"},
)
def settle_on_tablet(number: int, json_data: dict[str, Any]) -> dict[str, Any]:
    """The first word counts: `verdict` is what was said first, and `message` tells by whom."""
    event, who = lead_calling(), f"station {auth.caller().id}"
    row = service.settle(event.id, number, json_data["verdict"], now=datetime.now(UTC), actor=who)
    return {"verdict": row.verdict, "message": _told(event, row, who)}


def _told(event: Event, row: Conflict, who: str) -> str:
    if row.settled_by == who:
        return _("Noted: %(verdict)s.", verdict=VERDICTS[row.verdict])
    name = names_of([row.settled_by]).get(row.settled_by) or row.settled_by
    time = row.settled_at.astimezone(event.zone).strftime("%H:%M") if row.settled_at else ""
    verdict = VERDICTS[row.verdict]
    return _("%(name)s settled this already, at %(time)s: %(verdict)s.", name=name, time=time, verdict=verdict)
