"""The organisers' page of stations: who is paired, how each does, and the link that pairs a new one."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, ValidationError

from ..models import Event, ForumTable, Station, db
from ..rules.errors import NotFound
from ..services.door import contact
from ..services.door import stations as service
from ..services.door.walk_in_matches import how_many
from ..services.forum.counts import arrivals
from ..services.forum.events import hold
from ..web.access import actor, event_page
from ..web.fields import Needed, number_or_none, options
from ..web.formats import clock
from ..web.forms import HouseForm, status_of, submitted
from . import pages
from .pair_page import lead_to_link

ROLES = {
    "gate": _l("Gate"),
    "desk": _l("Check-in desk"),
    "lead": _l("Lead"),
    "table": _l("Table"),
    "kiosk": _l("Kiosk"),
}
TROUBLES = {
    "camera": _l("Its camera does not work"),
    "not_kept": _l("It cannot store anything"),
    "differs": _l("Scans decided otherwise by the server"),
}
SILENT_AFTER = 120  # seconds without a word until a station counts as out of contact


class StationForm(HouseForm):
    """A station: its name, what it is for, and where it stands."""

    name = StringField(
        _l("Station name"), [Needed()], description=_l("What duplicates are told by, such as North door 1.")
    )
    role = SelectField(_l("Task"), choices=options(ROLES.items()), default="desk")
    gate = StringField(_l("Gate"), description=_l("The label that its scans carry."))
    table_id = SelectField(_l("Table"), coerce=number_or_none)

    def validate_table_id(self, field: SelectField) -> None:
        """Without its table a station at a table could take nobody."""
        if self.role.data == "table" and field.data is None:
            raise ValidationError(_("Choose the table that the station stands at."))


@pages.get("/events/<slug>/stations")
@event_page("desk")
def stations(event: Event) -> ResponseReturnValue:
    """The stations of the event, who has arrived, and what two of them disagree about."""
    rows = db.session.query(Station).filter_by(event_id=event.id).order_by(Station.revoked_at, Station.id).all()
    return render_template(
        "registration/stations.html",
        event=event,
        tab="stations",
        stations=rows,
        roles=ROLES,
        troubles=TROUBLES,
        now=datetime.now(UTC),
        silent_after=SILENT_AFTER,
        counts=arrivals(event.id),
        conflicts=contact.open_conflicts(event.id),
        walk_ins=how_many(event.id),
    )


@pages.route("/events/<slug>/stations/new", methods=["GET", "POST"])
@event_page("stations")
def new_station(event: Event) -> ResponseReturnValue:
    """Add a station; its pairing link follows at once."""
    form = _form(event)
    made: list[tuple[Station, str]] = []

    def save() -> None:
        made.append(
            service.add_station(
                event=event,
                name=form.name.data or "",
                role=form.role.data,
                gate=form.gate.data or "",
                table_id=form.table_id.data,
                now=datetime.now(UTC),
                actor=actor(),
                secret=current_app.config["SECRET_KEY"],
            )
        )

    if submitted(form, save):
        return lead_to_link(event, *made[0])
    return _page(event, form, None)


@pages.route("/events/<slug>/stations/<int:number>", methods=["GET", "POST"])
@event_page("stations")
def station(event: Event, number: int) -> ResponseReturnValue:
    """Rename a station or give it another task."""
    if request.method == "POST":
        hold(event)  # until it is saved nobody else writes: else two could be first at once
    row = _with_tablet(event, number)
    form = _form(event, row)

    def save() -> None:
        service.change_station(
            row,
            name=form.name.data or "",
            role=form.role.data,
            gate=form.gate.data or "",
            table_id=form.table_id.data,
            now=datetime.now(UTC),
            actor=actor(),
        )

    if submitted(form, save):
        flash(_("Saved. The station hears of it at its next contact."), "good")
        return redirect(url_for("registration.stations", slug=event.slug))
    return _page(event, form, row)


@pages.post("/events/<slug>/stations/<int:number>/<any(pair,lock,unlock,revoke):act>")
@event_page("stations")
def act_on_station(event: Event, number: int, act: str) -> ResponseReturnValue:
    """Pair again, lock, unlock or revoke a station."""
    row, now = _with_tablet(event, number), datetime.now(UTC)
    if act == "pair":
        return lead_to_link(event, row, service.pair_again(row, now=now, actor=actor()))
    if act == "revoke":
        service.revoke_station(row, now=now, actor=actor())
        flash(_("%(name)s is revoked. It wipes itself at its next contact.", name=row.name), "good")
    else:
        service.lock_station(row, act == "lock", now=now, actor=actor())
        told = (
            _("%(name)s is locked.", name=row.name) if act == "lock" else _("%(name)s may scan again.", name=row.name)
        )
        flash(told, "good")
    return redirect(url_for("registration.stations", slug=event.slug))


def _with_tablet(event: Event, number: int) -> Station:
    row = service.find_station(event, number)
    if not row.has_tablet:
        raise NotFound("People's own phones are no tablet: there is nothing to pair or to change.")
    return row


def _form(event: Event, row: Station | None = None) -> StationForm:
    form = StationForm(obj=row)
    tables = db.session.query(ForumTable).filter_by(event_id=event.id).order_by(ForumTable.label)
    form.table_id.choices = options(((table.id, table.label) for table in tables), empty=True)
    return form


def _page(event: Event, form: StationForm, row: Station | None) -> ResponseReturnValue:
    template = "registration/station_form.html"
    return render_template(template, event=event, tab="stations", form=form, station=row), status_of(form)


def _acts(row: Station) -> list[tuple[str, str, str]]:
    """(act, its word, what is asked first) that make sense for a station as it stands."""
    if not row.has_tablet:
        return []
    again = ("pair", _("Pair again"), "")
    if row.revoked_at:
        return [again]
    lock = ("unlock", _("Unlock"), "") if row.locked_at else ("lock", _("Lock"), "")
    question = _("Revoke %(name)s? It stops at once and wipes what it knows. Unsent scans stay on it.", name=row.name)
    return [again, lock, ("revoke", _("Revoke"), question)]


def _heard(moment: str | None) -> str:
    return clock(datetime.fromisoformat(moment)) if moment else ""


@pages.record_once
def _offer(state: BlueprintSetupState) -> None:
    state.app.jinja_env.filters["heard"] = _heard
    state.app.jinja_env.globals["acts"] = _acts
