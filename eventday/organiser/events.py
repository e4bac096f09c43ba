"""The list of events and each event's overview."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import login_required

from ..models import Event
from ..web.access import event_page, visible_events
from . import blueprint


@blueprint.get("/events")
@login_required
def events() -> ResponseReturnValue:
    """The events of whoever is signed in."""
    return render_template("organiser/events.html", events=visible_events().all())


@blueprint.get("/events/<slug>")
@event_page("see")
def overview(event: Event) -> ResponseReturnValue:
    """The event as a checklist."""
    return render_template("organiser/overview.html", event=event, tab="overview")
