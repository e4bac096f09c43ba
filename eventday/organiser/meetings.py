"""What both sides said of their meetings; from here a match is followed until it is a contract."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ..models import Event
from ..services.phones import meeting_outcomes as service
from ..web.access import event_page
from ..web.paging import page_of_keys
from . import blueprint
from .pages import by_whom
from .words import MEETINGS, STAGES


@blueprint.get("/events/<slug>/meetings")
@event_page("matching")
def meetings(event: Event) -> ResponseReturnValue:
    """Each pair with the note of either side, neither of whom sees the other's; those with an outcome, of a host."""
    everything = service.outcomes_of(event)
    outcome, host_id = request.args.get("outcome", ""), request.args.get("host", type=int)
    rows = [
        each
        for each in everything
        if (outcome not in MEETINGS or outcome in each.said) and host_id in (None, each.host.id)
    ]
    return render_template(
        "organiser/meetings.html",
        event=event,
        tab="projects",
        page=page_of_keys(rows),
        total=len(everything),
        counts=service.count_outcomes(everything),
        chosen={"outcome": outcome, "host_id": host_id},
        words=MEETINGS,
        stages=STAGES,
    )


@blueprint.post("/events/<slug>/meetings/follow")
@event_page("matching")
def follow_meeting(event: Event) -> ResponseReturnValue:
    """Make a project of the pair and open it."""
    host_id, company_id = (request.form.get(name, 0, type=int) for name in ("host_id", "company_id"))
    project = service.follow(event, host_id, company_id, **by_whom())
    flash(_("Followed as a project from now on."), "good")
    return redirect(url_for("organiser.project", slug=event.slug, number=project.id))
