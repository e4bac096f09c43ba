"""The organiser's remote control for the hall's screen: made for a phone held in the other hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ..models import Event, writing
from ..services.hall import remote, scenes
from ..services.phones.my_qr import qr_of
from ..web.access import actor, event_page
from . import blueprint


@blueprint.get("/events/<slug>/screen")
@event_page("screen")
def control(event: Event) -> ResponseReturnValue:
    """Which scene is on, and where the screen is opened."""
    if not event.screen_key:
        with writing():
            remote.screen_key(event)
    now = datetime.now(UTC)
    address = current_app.config["EVENTDAY"].base_url + url_for(".screen", key=event.screen_key)
    return render_template(
        "screen/control.html",
        event=event,
        tab="screen",
        on=scenes.scene_of(event, now),
        scenes=scene_words(),
        tongues=tongue_words(),
        address=address,
        qr=qr_of(address),
    )


@blueprint.post("/events/<slug>/screen")
@event_page("screen")
def change(event: Event) -> ResponseReturnValue:
    """Switch the scene, the names or the address."""
    who: dict[str, Any] = {"now": datetime.now(UTC), "actor": actor()}
    match request.form.get("do", ""):
        case "scene":
            remote.choose_scene(event, request.form.get("scene", ""), **who)
        case "names":
            remote.show_names(event, request.form.get("shown") == "yes", **who)
        case "tongues":
            remote.choose_tongues(event, request.form.get("tongues", ""), **who)
        case "renew":
            remote.renew_key(event, **who)
            flash(_("The screen has a new address; the old one is closed."), "good")
    return redirect(url_for(".control", slug=event.slug))


def scene_words() -> dict[str, str]:
    """The scenes as people call them."""
    return {
        "welcome": _("Welcome and programme"),
        "arrivals": _("Arrivals"),
        "rounds": _("Rounds and tables"),
        "needs": _("Needs"),
        "signing": _("Signing list"),
    }


def tongue_words() -> dict[str, str]:
    """How the languages may stand on the wall."""
    return {
        "turns": _("Chinese and English by turns"),
        "side": _("Side by side, for a long wall"),
        "zh": _("Chinese only"),
        "en": _("English only"),
    }
