"""Tables: where hosts receive."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import Optional

from ..models import Event, ForumTable
from ..services.editing import standing_on
from ..services.forum import tables as service
from ..services.forum.rounds import rounds_of
from ..services.people.companies import companies_of
from ..web.access import event_page
from ..web.fields import ManyField, Needed, WholeField, number_or_none, options
from ..web.forms import HouseForm
from ..web.language import both
from . import blueprint
from .pages import by_whom, delete_page, edited, form_page
from .words import VIDEO_STATES, choices


class TableForm(HouseForm):
    """A table, and the limit of its host over all of its tables."""

    label = StringField(_l("Table"), [Needed()], description=_l("What stands on it, such as T3."))
    host_id = SelectField(_l("Host"), [Needed()], coerce=number_or_none)
    group_name = StringField(_l("Breakout session"))
    room = StringField(_l("Room"))
    room_en = StringField(_l("Room in English"))
    capacity = WholeField(_l("Seats for companies in a round"), [Needed()], default=8)
    minimum = WholeField(_l("Companies at least in a round"), [Optional()], default=0)
    host_limit = WholeField(
        _l("Companies at most over the day"),
        [Optional()],
        description=_l("For the host, all its tables together. Empty: no limit."),
    )
    video = StringField(_l("Video link"), description=_l("Who joins from where, such as executives from Beijing."))
    video_url = StringField(_l("Address of the video link"))
    video_state = SelectField(_l("State of the link"), choices=choices(VIDEO_STATES), default="unknown")
    closed = ManyField(_l("Not open in"), coerce=int)


@blueprint.get("/events/<slug>/tables")
@event_page("matching")
def tables(event: Event) -> ResponseReturnValue:
    """The tables with their hosts and rooms."""
    return render_template(
        "organiser/tables.html",
        event=event,
        tab="forum",
        tables=service.tables_of(event),
        limits=service.limits_of(event),
        states=VIDEO_STATES,
    )


@blueprint.route("/events/<slug>/tables/new", methods=["GET", "POST"])
@event_page("matching")
def new_table(event: Event) -> ResponseReturnValue:
    """Add a table."""
    return _form(event, None)


@blueprint.route("/events/<slug>/tables/<int:number>", methods=["GET", "POST"])
@event_page("matching")
def table(event: Event, number: int) -> ResponseReturnValue:
    """Edit a table."""
    return _form(event, edited(service.find_table, event, number))


def _form(event: Event, row: ForumTable | None) -> ResponseReturnValue:
    known = {} if row is None else {
        "host_limit": service.limits_of(event).get(row.host_id),
        "closed": [each.id for each in row.closed_rounds],
    }  # fmt: skip
    form = TableForm(obj=row, **known)
    parts = companies_of(event)
    form.host_id.choices = options(((part.company_id, part.company.name) for part in parts), empty=True)
    form.closed.choices = options((each.id, both(each.name, each.name_en)) for each in rounds_of(event))
    if not form.closed.choices:
        del form.closed

    def save() -> None:
        form.minimum.data = form.minimum.data or 0
        service.save_table(
            event,
            row,
            form.read(service.TableData),
            closed=form.closed.data if form.closed else (),
            host_limit=form.host_limit.data,
            **by_whom(),
        )

    return form_page(
        form,
        save,
        title=row.label if row else _("New table"),
        back=url_for("organiser.tables", slug=event.slug),
        delete=url_for("organiser.delete_table", slug=event.slug, number=row.id) if row else "",
        event=event,
        tab="forum",
        page="tables",
        explain="" if parts else _("There are no companies yet. Add the company first."),
    )


@blueprint.route("/events/<slug>/tables/<int:number>/delete", methods=["GET", "POST"])
@event_page("matching")
def delete_table(event: Event, number: int) -> ResponseReturnValue:
    """Delete a table, after asking."""
    row = service.find_table(event, number)
    return delete_page(
        lambda: service.delete_table(event, row, **by_whom()),
        title=_("Delete table"),
        name=row.label,
        back=url_for("organiser.table", slug=event.slug, number=number),
        done=url_for("organiser.tables", slug=event.slug),
        reasons=standing_on(row, along=service.ALONG),
        event=event,
        tab="forum",
    )
