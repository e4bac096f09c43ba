"""The programme of the day."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import SelectField, StringField
from wtforms.validators import Optional

from ..models import Event, ProgrammeItem
from ..services.forum import programme as service
from ..services.forum.rounds import rounds_of
from ..web.access import event_page
from ..web.fields import ClockField, Needed, number_or_none, options
from ..web.forms import HouseForm
from ..web.language import both
from . import blueprint
from .pages import by_whom, delete_page, edited, form_page
from .words import PROGRAMME, choices


class ItemForm(HouseForm):
    """A line of the programme."""

    kind = SelectField(_l("Kind"), choices=choices(PROGRAMME), default="speech")
    title = StringField(_l("Title"), [Needed()])
    title_en = StringField(_l("Title in English"))
    start = ClockField(_l("Begins"), [Needed()])
    end = ClockField(_l("Ends"), [Optional()])
    room = StringField(_l("Room"))
    room_en = StringField(_l("Room in English"))
    speaker = StringField(_l("Speaker"))
    round_id = SelectField(_l("Stands for the round"), coerce=number_or_none)


@blueprint.get("/events/<slug>/programme")
@event_page("see")
def programme(event: Event) -> ResponseReturnValue:
    """The lines of the day."""
    return render_template(
        "organiser/programme.html",
        event=event,
        tab="forum",
        items=service.programme_of(event),
        missing=service.rounds_without_line(event),
        words=PROGRAMME,
    )


@blueprint.post("/events/<slug>/programme/rounds")
@event_page("matching")
def add_rounds(event: Event) -> ResponseReturnValue:
    """A line for every round that has none."""
    count = service.add_rounds(event, **by_whom())
    flash(ngettext("%(num)s round added.", "%(num)s rounds added.", count), "good")
    return redirect(url_for("organiser.programme", slug=event.slug))


@blueprint.route("/events/<slug>/programme/new", methods=["GET", "POST"])
@event_page("matching")
def new_item(event: Event) -> ResponseReturnValue:
    """Add a line."""
    return _form(event, None)


@blueprint.route("/events/<slug>/programme/<int:number>", methods=["GET", "POST"])
@event_page("matching")
def item(event: Event, number: int) -> ResponseReturnValue:
    """Edit a line."""
    return _form(event, edited(service.find_item, event, number))


def _form(event: Event, row: ProgrammeItem | None) -> ResponseReturnValue:
    form = ItemForm(obj=row)
    form.round_id.choices = options(((each.id, both(each.name, each.name_en)) for each in rounds_of(event)), empty=True)
    return form_page(
        form,
        lambda: service.save_item(event, row, form.read(service.ItemData), **by_whom()),
        title=both(row.title, row.title_en) if row else _("New line"),
        back=url_for("organiser.programme", slug=event.slug),
        delete=url_for("organiser.delete_item", slug=event.slug, number=row.id) if row else "",
        event=event,
        tab="forum",
        page="programme",
    )


@blueprint.route("/events/<slug>/programme/<int:number>/delete", methods=["GET", "POST"])
@event_page("matching")
def delete_item(event: Event, number: int) -> ResponseReturnValue:
    """Delete a line, after asking."""
    row = service.find_item(event, number)
    return delete_page(
        lambda: service.delete_item(event, row, **by_whom()),
        title=_("Delete line"),
        name=both(row.title, row.title_en),
        back=url_for("organiser.item", slug=event.slug, number=number),
        done=url_for("organiser.programme", slug=event.slug),
        event=event,
        tab="forum",
    )
