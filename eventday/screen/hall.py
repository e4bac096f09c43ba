"""The hall's screen itself: one page that asks for the scene again and again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Response, current_app, g, render_template, request, send_from_directory
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from ..models import Event
from ..services.forum.needs import are_unveiled
from ..services.hall import rounds, scenes
from ..services.phones.my_qr import QrPath
from ..services.phones.self_check_in import qr_now
from ..web.assets import DIST, asset
from ..web.language import LANGUAGES
from . import blueprint


@blueprint.get("/screen/<key>")
def screen(key: str) -> ResponseReturnValue:
    """The page for projector or wall; it needs no sign-in, no mouse, and starts itself again."""
    g.event = event = scenes.event_of_screen(key)
    return render_template("screen/hall.html", event=event, key=key)


@blueprint.get("/screen/<key>/scene")
def scene(key: str) -> ResponseReturnValue:
    """The scene of this moment in the language `in`; 304 as long as it stays."""
    g.event = event = scenes.event_of_screen(key)
    now = datetime.now(UTC)
    name = scenes.scene_of(event, now)
    with force_locale(LANGUAGES.get(request.args.get("in", "zh"), "zh_Hans")):
        qr = check_in_qr(event, now)  # in every scene: whoever looks up finds their own page
        body = render_template(f"screen/{name}.html", event=event, now=now, qr=qr, **_content(event, name, now))
    response = Response(body, mimetype="text/html")
    response.add_etag()
    return response.make_conditional(request)


def _content(event: Event, scene: str, now: datetime) -> dict[str, Any]:
    match scene:
        case "arrivals":
            inside, known, latest = scenes.arrivals_of(event)
            return {"inside": inside, "known": known, "latest": latest}
        case "rounds":
            return {"rounds": rounds.rounds_of(event, now)}
        case "needs":
            return {"hosts": scenes.needs_shown(event, now), "unveiled": are_unveiled(event, now)}
        case "signing":
            return {"projects": scenes.signing_of(event)}
    return {"lines": scenes.coming_up(event, now)[:5]}


def check_in_qr(event: Event, now: datetime) -> QrPath:
    """The QR by which phones check themselves in and find their page."""
    settings = current_app.config["EVENTDAY"]
    return qr_now(settings.base_url, event.id, secret=settings.secret_key, now=now)


@blueprint.get("/screen/offline.js")
def offline_worker() -> ResponseReturnValue:
    """The service worker that lets the screen start while the server is away."""
    response = send_from_directory(DIST, asset("offline.js").rsplit("/", 1)[-1])
    response.headers["Cache-Control"] = "no-cache"
    return response
