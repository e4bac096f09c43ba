"""The API of stations, `/api/v1`: pairing, scans, the roster, and a short word every few seconds."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from apiflask import APIBlueprint
from flask import Response, current_app, jsonify, request

from ..models import Station, only_reading
from ..services.door import calling, checkin, contact, roster, stations
from ..services.phones import self_check_in
from ..web.language import translate_error
from ..web.security import limiter
from . import auth, schemas

blueprint = APIBlueprint("api", __name__, url_prefix="/api/v1", tag="Stations")
REFUSED = {"content_type": "application/json", "schema": schemas.Refusal}
BAD_BODY = {400: "The body is no JSON.", 415: "The body is not sent as application/json."}
LOCKED = {403: "An organiser has locked the station."}
blueprint.register_error_handler(calling.Revoked, auth.stopped)


@limiter.request_filter
def _is_never_throttled() -> bool:
    """A door takes hundreds of scans a second: no limit is to stop one, so none is looked for."""
    return request.endpoint == auth.ASKED_AGAIN


@blueprint.post("/scans")
@blueprint.auth_required(auth.token)
@blueprint.input(schemas.ScanBatch)
@blueprint.output(schemas.Results)
@blueprint.doc(summary="Hand in scans", responses={**BAD_BODY, **LOCKED})
def scans(json_data: dict[str, Any]) -> Response:
    """Records 1 to 500 scans and answers each in its place. Sending an `id` again gives the same answer."""
    station, now = auth.caller(), datetime.now(UTC)
    results = checkin.record_scans(station, json_data["scans"], now=now, sent_at=json_data["sent_at"])
    for result in results:
        result["message"] = translate_error(*result["message"])
    # As it is: the schema describes it, and a door that takes hundreds a second does not copy each into its shape.
    return jsonify({"results": results, "server_time": _stamp(now)})


@blueprint.get("/roster")
@blueprint.auth_required(auth.token)
@blueprint.input(schemas.RosterQuery, location="query")
@blueprint.output(schemas.Roster)
@blueprint.doc(summary="What a station needs to work offline", responses=LOCKED)
def read_roster(query_data: dict[str, Any]) -> dict[str, Any]:
    """Everything, or with `since` only what changed after that cursor. A gate gets no phones, titles or codes."""
    station = auth.caller()
    calling.refuse_locked(station)
    with only_reading():
        return {**roster.roster(station, query_data["since"]), "server_time": _stamp(datetime.now(UTC))}


@blueprint.post("/contact")
@blueprint.auth_required(auth.token)
@blueprint.input(schemas.ContactIn)
@blueprint.output(schemas.Contact)
@blueprint.doc(summary="Say how the station is, hear how the event is", responses=BAD_BODY)
def say_how_it_is(json_data: dict[str, Any]) -> dict[str, Any]:
    """Sent every few seconds. A locked station hears so here and goes on asking."""
    station, now = auth.caller(), datetime.now(UTC)
    calling.hear_from(station, json_data, now=now)
    with only_reading():
        news = contact.news_for(station, now=now)
        return {**news, "here": _here(station, now), "station": _describe(station), "server_time": _stamp(now)}


def _here(station: calling.StationFacts, now: datetime) -> dict[str, str] | None:
    """What a kiosk shows to phones; it leads to the same page as the code on the hall's screen."""
    if station.role != "kiosk" or station.locked:
        return None
    settings = current_app.config["EVENTDAY"]
    qr = self_check_in.qr_now(settings.base_url, station.event_id, secret=settings.secret_key, now=now)
    return {"viewbox": qr.viewbox, "path": qr.path}


@blueprint.post("/pair")
@limiter.limit("30 per minute")
@blueprint.input(schemas.PairIn)
@blueprint.output(schemas.Paired)
@blueprint.doc(
    summary="Turn a pairing code into a token", responses={**BAD_BODY, 404: "Used or too old", 429: "Too many attempts"}
)
def pair(json_data: dict[str, Any]) -> dict[str, Any]:
    """The code of a pairing link works once and not for long. A tablet that was a station sends its token along."""
    now = datetime.now(UTC)
    before = auth.given_token()
    token, station = stations.pair(json_data["code"], now=now, secret=current_app.config["SECRET_KEY"], before=before)
    return {"token": token, "station": _describe(station), "server_time": _stamp(now)}


def _describe(station: calling.StationFacts | Station) -> dict[str, Any]:
    facts = isinstance(station, calling.StationFacts)
    return {
        "id": station.id,
        "name": station.name,
        "role": station.role,
        "gate": station.gate,
        "table_id": station.table_id,
        "locked": station.locked if facts else station.locked_at is not None,  # type: ignore[union-attr]
        "event": station.slug if facts else station.event.slug,  # type: ignore[union-attr]
    }


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
