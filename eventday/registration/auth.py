"""Who calls the API: a station, by its token. No cookie, no sign-in."""

from __future__ import annotations

from typing import Any, cast

from apiflask import HTTPTokenAuth
from apiflask.exceptions import HTTPError
from flask import request
from flask_babel import gettext as _

from ..services.door import calling, lately_known
from ..services.door.calling import StationFacts

# The view whose service looks at the station again in its own transaction.
ASKED_AGAIN = "api.scans"
# By the realm a tablet tells our refusal, upon which it forgets everybody, from that of a proxy in between (client.ts).
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="eventday station"'}
token = HTTPTokenAuth(description="The token that a station got when it was paired.")


@token.verify_token
def _verify(given: str) -> StationFacts | None:
    known_by = lately_known.lately_known_by if request.endpoint == ASKED_AGAIN else calling.known_by
    return known_by(given) if given else None


@token.error_processor
def _unauthorised(_error: HTTPError) -> Any:
    return _refusal()


def stopped(_error: calling.Revoked) -> Any:
    """The station was revoked while its request was on the way: told as if it had been so before."""
    return _refusal()


def _refusal() -> Any:
    given = given_token()
    lately_known.forget(given)
    if given and calling.was_revoked(given):
        message = _("This station was revoked. Ask an organiser to pair it again.")
        return {"error": "revoked", "message": message}, 401, CHALLENGE
    message = _("No station has this token. Pair the station again.")
    return {"error": "unauthorized", "message": message}, 401, CHALLENGE


def given_token() -> str:
    """What the request brings as a token, good or not; empty without."""
    return request.headers.get("Authorization", "").partition(" ")[2]


def caller() -> StationFacts:
    """The station that makes this request."""
    return cast(StationFacts, token.current_user)


def refused(error: HTTPError) -> Any:
    """A request whose shape is wrong, as JSON that names the fields."""
    message = _("The request does not have the right shape; `detail` names the fields.")
    status = error.status_code
    code = "invalid" if status == 422 else "bad_request"
    return {"error": code, "message": message, "detail": error.detail}, status, error.headers
