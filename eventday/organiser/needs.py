"""Needs: what hosts unveil."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField

from ..models import Event, Need
from ..services.editing import standing_on
from ..services.forum import needs as service
from ..services.people.companies import hosts_of
from ..web.access import event_page
from ..web.fields import Needed, number_or_none, options
from ..web.forms import HouseForm
from ..web.language import both
from . import blueprint
from .pages import by_whom, delete_page, edited, form_page


class NeedForm(HouseForm):
    """A need of a host."""

    host_id = SelectField(_l("Host"), [Needed()], coerce=number_or_none)
    number = StringField(_l("Number"))
    title = StringField(_l("Title"), [Needed()])
    title_en = StringField(_l("Title in English"))
    description = TextAreaField(_l("Description"))
    description_en = TextAreaField(_l("Description in English"))
    keywords = StringField(_l("Keywords"))
    department = StringField(_l("Department"))


@blueprint.get("/events/<slug>/needs")
@event_page("matching")
def needs(event: Event) -> ResponseReturnValue:
    """The needs, by host."""
    return render_template("organiser/needs.html", event=event, tab="forum", needs=service.needs_of(event))


@blueprint.route("/events/<slug>/needs/new", methods=["GET", "POST"])
@event_page("matching")
def new_need(event: Event) -> ResponseReturnValue:
    """Add a need."""
    return _form(event, None)


@blueprint.route("/events/<slug>/needs/<int:number>", methods=["GET", "POST"])
@event_page("matching")
def need(event: Event, number: int) -> ResponseReturnValue:
    """Edit a need."""
    return _form(event, edited(service.find_need, event, number))


def _form(event: Event, row: Need | None) -> ResponseReturnValue:
    form = NeedForm(obj=row, **({} if row else {"host_id": request.args.get("host", type=int)}))
    hosts = hosts_of(event)
    form.host_id.choices = options(((host.id, host.name) for host in hosts), empty=True)
    return form_page(
        form,
        lambda: service.save_need(event, row, form.read(service.NeedData), **by_whom()),
        title=both(row.title, row.title_en) if row else _("New need"),
        back=url_for("organiser.needs", slug=event.slug),
        delete=url_for("organiser.delete_need", slug=event.slug, number=row.id) if row else "",
        event=event,
        tab="forum",
        page="needs",
        explain="" if hosts else _("There are no hosts yet. Add an SOE or a table first."),
    )


@blueprint.route("/events/<slug>/needs/<int:number>/delete", methods=["GET", "POST"])
@event_page("matching")
def delete_need(event: Event, number: int) -> ResponseReturnValue:
    """Delete a need, after asking."""
    row = service.find_need(event, number)
    return delete_page(
        lambda: service.delete_need(event, row, **by_whom()),
        title=_("Delete need"),
        name=both(row.title, row.title_en),
        back=url_for("organiser.need", slug=event.slug, number=number),
        done=url_for("organiser.needs", slug=event.slug),
        reasons=standing_on(row, along=service.ALONG),
        along=[_("Wishes that name it stay wishes for its host.")],
        event=event,
        tab="forum",
    )
