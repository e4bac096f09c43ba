"""The desk's part of the API: people who come unannounced, badges printed on the spot, codes for phones."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import current_app

from ..models import Event, db
from ..rules.errors import Forbidden, sentence
from ..services.door import calling, roster, walk_ins
from ..services.papers import desk_badges
from ..services.people.delegates import find_delegate
from ..services.phones import binding, my_qr
from ..web.new_codes import new_code
from . import auth
from . import desk_schemas as schemas
from .api import BAD_BODY, blueprint

AT_A_DESK = {403: "An organiser has locked the station, or it is neither a desk nor a lead."}


@blueprint.post("/walk-ins")
@blueprint.auth_required(auth.token)
@blueprint.input(schemas.WalkInIn)
@blueprint.output(schemas.WalkedIn)
@blueprint.doc(summary="Register a walk-in and check them in", responses={**BAD_BODY, **AT_A_DESK})
def register_walk_in(json_data: dict[str, Any]) -> dict[str, Any]:
    """Company, person, badge, wishes and arrival at once. Sending an `id` again gives the same person."""
    station, now = auth.caller(), datetime.now(UTC)
    calling.refuse_locked(station)
    wishes = {wish["host"]: wish["interest"] for wish in json_data.pop("wishes")}
    data = walk_ins.WalkInData(id=str(json_data.pop("id")), wishes=wishes, **json_data)
    answer = walk_ins.register(station, data, code=new_code(), now=now)
    return {**answer, "server_time": now.isoformat(timespec="milliseconds")}


@blueprint.post("/badges")
@blueprint.auth_required(auth.token)
@blueprint.input(schemas.PrintIn)
@blueprint.output(schemas.BadgeOut)
@blueprint.doc(
    summary="A badge to print now",
    responses={**BAD_BODY, **AT_A_DESK, 404: "No such delegate", 409: "Reissued elsewhere at this moment"},
)
def print_badge(json_data: dict[str, Any]) -> dict[str, Any]:
    """A walk-in's own badge the first time; else a new one, and the old is revoked. An `id` sent again: the same."""
    event, actor = _at_a_desk(sentence("Badges are printed at a desk."))
    whose, print_id = walk_ins.number_now(json_data["delegate"]), json_data["id"] and str(json_data["id"])
    badge = desk_badges.print_at_desk(
        event, whose, print_id=print_id, code=new_code(), now=datetime.now(UTC), actor=actor
    )
    person, company = badge.delegate, badge.delegate.company
    qr = my_qr.qr_path(current_app.config["EVENTDAY"].base_url, badge.code)
    return {
        "name": person.name,
        "name_en": person.name_en,
        "title": person.title,
        "company": company.name,
        "company_en": company.name_en,
        "event": event.name,
        "code": badge.code,
        "qr_viewbox": qr.viewbox,
        "qr_path": qr.path,
    }


@blueprint.post("/phone-codes")
@blueprint.auth_required(auth.token)
@blueprint.input(schemas.OfDelegate)
@blueprint.output(schemas.PhoneCodeOut)
@blueprint.doc(
    summary="A code that ties a phone to a badge", responses={**BAD_BODY, **AT_A_DESK, 404: "No such delegate"}
)
def give_phone_code(json_data: dict[str, Any]) -> dict[str, Any]:
    """Six digits, for whoever has no number on the list. They work once and not for long, and replace those before."""
    event, actor = _at_a_desk(sentence("Codes for phones are handed out at a desk."))
    person = find_delegate(event, walk_ins.number_now(json_data["delegate"]))
    code = binding.desk_code(person, now=datetime.now(UTC), actor=actor)
    minutes = int(binding.DESK_CODE_LASTS.total_seconds() // 60)
    return {"name": person.name, "company": person.company.label, "code": code, "minutes": minutes}


def _at_a_desk(refusal: str) -> tuple[Event, str]:
    """The event of the desk that calls, and its name in the trail; raises Forbidden, for other stations `refusal`."""
    station = auth.caller()
    calling.refuse_locked(station)
    if station.role not in roster.DESKS:
        raise Forbidden(refusal)
    return db.session.get_one(Event, station.event_id), f"station {station.id}"
