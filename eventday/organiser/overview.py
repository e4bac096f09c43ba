"""The event as a checklist that keeps itself up to date."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ..models import Event
from ..rules.checklist import Facts, checklist
from ..services.forum.checklist import facts_of
from ..web.access import event_page, may
from . import blueprint
from .checklist_words import detail_words, gap_words, step_words
from .pages import now

# Where each step is taken: (endpoint, task), the first that exists and is open to whoever is signed in.
# Other doors own some of them, and doors know one another by endpoint name alone.
PLACES = {
    "event": [("organiser.edit_event", "event")],
    "people": [("organiser.upload_sheets", "people"), ("organiser.companies", "people")],
    "tables": [("organiser.tables", "matching")],
    "needs": [("organiser.needs", "matching")],
    "wishes": [("organiser.wishes", "matching")],
    "programme": [("organiser.programme", "see")],
    "badges": [("organiser.badges", "badges")],
    "stations": [("registration.stations", "stations")],
    "plan": [("planner.overview", "plan")],
    "publish": [("planner.overview", "publish")],
    "day": [("planner.day", "plan"), ("registration.stations", "stations")],
}


@dataclass(frozen=True)
class Line:
    """A step as the page shows it."""

    name: str
    state: str
    title: str
    detail: str
    gaps: list[str]
    address: str


@blueprint.get("/events/<slug>")
@event_page("see")
def overview(event: Event) -> ResponseReturnValue:
    """The event as a checklist."""
    return render_template("organiser/overview.html", event=event, tab="overview", **_standing(event))


@blueprint.get("/events/<slug>/checklist")
@event_page("see")
def checklist_part(event: Event) -> ResponseReturnValue:
    """The checklist alone, for the page that polls it; 304 when nothing changed."""
    response = make_response(render_template("organiser/parts/checklist.html", event=event, **_standing(event)))
    response.add_etag()
    return response.make_conditional(request)


def _standing(event: Event) -> dict[str, object]:
    facts = facts_of(event, now=now())
    lines = [
        Line(
            step.name,
            step.state,
            step_words(step.name),
            detail_words(step.name, facts),
            [gap_words(gap, count) for gap, count in step.gaps],
            _address(step.name, event),
        )
        for step in checklist(facts)
    ]
    done = sum(line.state == "done" for line in lines)
    return {"lines": lines, "facts": facts, "done": done, "numbers": _numbers(facts)}


def _numbers(facts: Facts) -> list[tuple[str, str]]:
    """The counts at the head of the page; on the day, arrivals first."""
    arrivals = (f"{facts.arrived} / {facts.delegates}", _("arrived"))
    before = [
        (str(facts.companies), _("companies")),
        (str(facts.hosts), _("hosts")),
        (str(facts.delegates), _("delegates")),
        (str(facts.wishes), _("wishes")),
        (str(facts.version) if facts.version else "–", _("published version")),
    ]
    return before if facts.phase == "before" and not facts.arrived else [arrivals, *before]


def _address(step: str, event: Event) -> str:
    for endpoint, task in PLACES[step]:
        if endpoint in current_app.view_functions and may(task):
            return url_for(endpoint, slug=event.slug)
    return ""
