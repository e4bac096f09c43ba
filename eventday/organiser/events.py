"""The list of events; a new one; an event's own data."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_required
from sqlalchemy.orm import joinedload
from wtforms import BooleanField, DateField, StringField
from wtforms.validators import Optional

from ..models import Event, Series, db
from ..services.forum import event_settings
from ..services.forum import events as event_service
from ..web.access import event_page, visible_events
from ..web.fields import MomentField, Needed
from ..web.forms import HouseForm, status_of, submitted
from . import blueprint
from .access import organisers_only
from .pages import by_whom, form_page


class NewEventForm(HouseForm):
    """What an event cannot be without."""

    wide = ("name", "name_en")
    name = StringField(_l("Event name"), [Needed()])
    name_en = StringField(_l("Name in English"))
    date = DateField(_l("Date"), [Needed()])
    slug = StringField(
        _l("Short name in addresses"),
        description=_l("Small letters, digits and hyphens, such as baoshan-2026. Empty: the date. It stays as it is."),
    )
    timezone = StringField(_l("Time zone"), [Needed()], default="Asia/Shanghai")


class EventForm(HouseForm):
    """Everything that an organiser may say of an event."""

    wide = ("name", "name_en", "organisers")
    name = StringField(_l("Event name"), [Needed()])
    name_en = StringField(_l("Name in English"))
    date = DateField(_l("Date"), [Needed()], description=_l("Rounds and programme move along."))
    timezone = StringField(_l("Time zone"), [Needed()])
    venue = StringField(_l("Venue"))
    venue_en = StringField(_l("Venue in English"))
    organisers = StringField(_l("Organisers and co-organisers"), description=_l("As they stand on papers and pages."))
    series_name = StringField(_l("Series"), description=_l("What this event is one of; companies carry over."))
    wishes_close_at = MomentField(
        _l("Wishes close"), [Optional()], description=_l("Attendees may change theirs until then.")
    )
    needs_unveil_at = MomentField(
        _l("Needs are unveiled"), [Optional()], description=_l("Before, only their number shows.")
    )
    retention_until = DateField(
        _l("Personal data is erased on"),
        [Optional()],
        description=_l("Names and contacts go on that day; counts stay."),
    )
    show_names_on_screen = BooleanField(_l("The hall screen shows names of those who arrive"))
    groups = (
        (_l("The event"), ("name", "name_en", "date", "timezone", "series_name", "venue", "venue_en", "organisers")),
        (_l("Dates"), ("wishes_close_at", "needs_unveil_at", "retention_until")),
        (_l("Privacy"), ("show_names_on_screen",)),
    )


@blueprint.get("/events")
@login_required
def events() -> ResponseReturnValue:
    """The events of whoever is signed in."""
    rows = visible_events().options(joinedload(Event.series)).all()
    may_create = current_user.role == "organiser" and current_user.all_events
    return render_template("organiser/events.html", events=rows, may_create=may_create)


@blueprint.route("/events/new", methods=["GET", "POST"])
@organisers_only(all_events=True)
def new_event() -> ResponseReturnValue:
    """Create an event."""
    form = NewEventForm()

    def save() -> None:
        form.slug.data = form.slug.data or event_service.free_slug(form.date.data)
        event_service.create_event(
            slug=form.slug.data,
            name=form.name.data,
            name_en=form.name_en.data,
            on=form.date.data,
            timezone=form.timezone.data,
            **by_whom(),
        )

    if submitted(form, save):
        flash(_("The event is there. The list below says what comes next."), "good")
        return redirect(url_for("organiser.overview", slug=form.slug.data))
    page = render_template(
        "organiser/edit.html", form=form, title=_("New event"), back=url_for("organiser.events"), delete=""
    )
    return page, status_of(form)


@blueprint.route("/events/<slug>/settings", methods=["GET", "POST"])
@event_page("event")
def edit_event(event: Event) -> ResponseReturnValue:
    """Edit an event's own data."""
    form = EventForm(obj=event, series_name=event.series.name if event.series else "")
    form.series_name.render_kw = {"list": "known-series"}

    def save() -> None:
        data = form.read(event_settings.EventData)
        event_settings.edit_event(event, data, series=form.series_name.data, **by_whom())

    return form_page(
        form,
        save,
        title=_("Settings"),
        back=url_for("organiser.overview", slug=event.slug),
        event=event,
        tab="settings",
        page="event",
        lists={"known-series": [row.name for row in db.session.query(Series).order_by(Series.name)]},
    )
