"""Rounds, in the event's own time."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from ..models import Event, Round
from ..services.editing import standing_on
from ..services.forum import rounds as service
from ..web.access import event_page
from ..web.fields import ClockField, Needed
from ..web.formats import zone_words
from ..web.forms import HouseForm
from ..web.language import both
from . import blueprint
from .pages import by_whom, delete_page, edited, form_page


class RoundForm(HouseForm):
    """A round."""

    name = StringField(_l("Round name"), [Needed()])
    name_en = StringField(_l("Name in English"))
    start = ClockField(_l("Begins"), [Needed()])
    end = ClockField(_l("Ends"), [Needed()])


@blueprint.get("/events/<slug>/rounds")
@event_page("matching")
def rounds(event: Event) -> ResponseReturnValue:
    """The rounds in order."""
    return render_template("organiser/rounds.html", event=event, tab="forum", rounds=service.rounds_of(event))


@blueprint.route("/events/<slug>/rounds/new", methods=["GET", "POST"])
@event_page("matching")
def new_round(event: Event) -> ResponseReturnValue:
    """Add a round; as long as the last one, five minutes after it."""
    return _form(event, None)


@blueprint.route("/events/<slug>/rounds/<int:number>", methods=["GET", "POST"])
@event_page("matching")
def round_page(event: Event, number: int) -> ResponseReturnValue:
    """Edit a round."""
    return _form(event, edited(service.find_round, event, number))


def _form(event: Event, row: Round | None) -> ResponseReturnValue:
    form = RoundForm(obj=row, **({} if row else service.next_round(event)))
    return form_page(
        form,
        lambda: service.save_round(event, row, form.read(service.RoundData), **by_whom()),
        title=both(row.name, row.name_en) if row else _("New round"),
        back=url_for("organiser.rounds", slug=event.slug),
        delete=url_for("organiser.delete_round", slug=event.slug, number=row.id) if row else "",
        event=event,
        tab="forum",
        page="rounds",
        explain=_("Times are those of %(zone)s.", zone=zone_words(event.timezone)),
    )


@blueprint.route("/events/<slug>/rounds/<int:number>/delete", methods=["GET", "POST"])
@event_page("matching")
def delete_round(event: Event, number: int) -> ResponseReturnValue:
    """Delete a round, after asking."""
    row = service.find_round(event, number)
    return delete_page(
        lambda: service.delete_round(event, row, **by_whom()),
        title=_("Delete round"),
        name=both(row.name, row.name_en),
        back=url_for("organiser.round_page", slug=event.slug, number=number),
        done=url_for("organiser.rounds", slug=event.slug),
        reasons=standing_on(row, along=service.ALONG),
        event=event,
        tab="forum",
    )
