"""The audit trail of an event: who changed what, when."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from ..models import Event
from ..services.staffing import trail as service
from ..web.access import event_page
from ..web.paging import page_of_query
from . import blueprint
from .trail_details import detail_words
from .trail_words import action_words, actor_in_words, target_words


@blueprint.get("/events/<slug>/trail")
@event_page("event")
def trail(event: Event) -> ResponseReturnValue:
    """The entries, latest first; of one person or one kind of change."""
    who, what = request.args.get("who", ""), request.args.get("what", "")
    names = service.actor_names(event)
    page = page_of_query(service.entries_of(event, actor=who, noun=what))
    return render_template(
        "organiser/trail.html",
        event=event,
        tab="settings",
        page=page,
        who=who,
        what=what,
        names={actor: actor_in_words(actor, names) for actor in names},
        nouns={noun: action_words(noun) for noun in service.nouns_of(event)},
        action_words=action_words,
        target_words=target_words,
        detail_words=detail_words,
        targets=service.target_names(page.rows),
    )
