"""Walk-ins who may have been registered all along: a lead on the tablet, an organiser on a page says who they are."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ..models import Delegate, Event, db, only_reading
from ..rules.errors import Forbidden
from ..services.door import calling, walk_in_matches, walk_in_parting, walk_in_settling
from ..services.people.delegates import load_people, search_people
from ..web.access import actor, event_page, may
from . import auth, pages
from . import desk_schemas as schemas
from .api import BAD_BODY, blueprint
from .app_words import LIKENESS_WORDS

STATES = {"expected": _l("Expected"), "arrived": _l("Arrived"), "left": _l("Left")}
BY_A_LEAD = {403: "An organiser has locked the station, or it is no lead."}


@blueprint.get("/walk-ins")
@blueprint.auth_required(auth.token)
@blueprint.output(schemas.WalkInsToSettle)
@blueprint.doc(summary="Walk-ins who may be registered already", responses=BY_A_LEAD)
def walk_ins_to_settle() -> dict[str, Any]:
    """Those who look like somebody registered, with whom they look like, the likeliest first."""
    event = lead_calling()
    with only_reading():
        waiting = walk_in_matches.unsettled(event)
        return {"walk_ins": [_told(each) for each in waiting if each.matches]}


@blueprint.post("/walk-ins/<string:walk_in_id>/settle")
@blueprint.auth_required(auth.token)
@blueprint.input(schemas.SettleIn)
@blueprint.output(schemas.Settled)
@blueprint.doc(
    summary="Say who a walk-in is",
    responses={**BAD_BODY, **BY_A_LEAD, 404: "No such walk-in or delegate", 409: "Somebody else has said otherwise"},
)
def settle_walk_in(walk_in_id: str, json_data: dict[str, Any]) -> dict[str, Any]:
    """`same_as`: the registered delegate they are, or null when they are nobody registered. Nothing is lost."""
    event, station = lead_calling(), auth.caller()
    return {"delegate_id": _settle(event, walk_in_id, json_data["same_as"], f"station {station.id}")}


def lead_calling() -> Event:
    """The event of the lead that calls; raises Forbidden for other stations."""
    station = auth.caller()
    calling.refuse_locked(station)
    if station.role != "lead":
        raise Forbidden("This is settled by a lead.")
    return db.session.get_one(Event, station.event_id)


def _told(each: walk_in_matches.Unsettled) -> dict[str, Any]:
    return {
        "id": each.walk_in.id,
        "at": each.walk_in.at.isoformat(),
        "person": asdict(each.person),
        "matches": [asdict(one) for one in each.matches],
    }


@pages.get("/events/<slug>/walk-ins")
@event_page("desk")
def walk_ins(event: Event) -> ResponseReturnValue:
    """Every walk-in at whom nobody has looked, beside whom they may be; others are found by name."""
    asked, find = request.args.get("walk_in", ""), request.args.get("find", "").strip()
    found = load_people(search_people(event, find, by_phone=may("contacts"))[:8]) if find else []
    return render_template(
        "registration/walk_ins.html",
        event=event,
        tab="stations",
        waiting=walk_in_matches.unsettled(event),
        likenesses=LIKENESS_WORDS,
        states=STATES,
        asked=asked,
        find=find,
        found=[walk_in_matches.somebody(one, {}) for one in found],
        settled=walk_in_parting.settled_lately(event),
    )


@pages.post("/events/<slug>/walk-ins/<walk_in_id>")
@event_page("desk")
def settle_on_page(event: Event, walk_in_id: str) -> ResponseReturnValue:
    """One tap: they are this person, or somebody new."""
    given = request.form.get("same_as", "")
    same_as = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None
    person = db.session.get_one(Delegate, _settle(event, walk_in_id, same_as, actor()))
    code = person.badge.code if person.badge else "–"
    if same_as is None:
        flash(_("%(name)s stays a person of their own.", name=person.name), "good")
    else:
        told = _("%(name)s is one person now. The badge that is valid: %(code)s", name=person.name, code=code)
        flash(told, "good")
    return redirect(url_for("registration.walk_ins", slug=event.slug))


@pages.post("/events/<slug>/walk-ins/<walk_in_id>/take-back")
@event_page("desk")
def take_back_settling(event: Event, walk_in_id: str) -> ResponseReturnValue:
    """It was said of the wrong person: two who were made one are two again, and the walk-in waits to be settled."""
    person = walk_in_parting.take_back(event, walk_in_id, now=datetime.now(UTC), actor=actor())
    flash(_("Taken back. Say again who %(name)s is.", name=person.name), "good")
    return redirect(url_for("registration.walk_ins", slug=event.slug))


def _settle(event: Event, walk_in_id: str, same_as: int | None, who: str) -> int:
    """The number of the person that the walk-in is from now on."""
    now = datetime.now(UTC)
    if same_as is not None:
        return walk_in_settling.merge(event, walk_in_id, same_as, now=now, actor=who).id
    return walk_in_settling.keep_apart(event, walk_in_id, now=now, actor=who)
