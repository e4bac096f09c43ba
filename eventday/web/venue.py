"""How a tablet comes to trust this server on a venue's network: a page for laymen, served in the clear beside HTTPS."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from ..badges.qr import picture
from ..settings import Settings

OPEN = ("/set-up", "/static/")


def init_app(app: Flask) -> None:
    app.jinja_env.globals["makes_its_own_certificate"] = makes_its_own_certificate
    app.add_url_rule("/set-up", "set_up", set_up)
    app.add_url_rule("/set-up/qr.png", "set_up_qr", set_up_qr)
    app.add_url_rule("/set-up/eventday.crt", "set_up_certificate", set_up_certificate)
    app.add_url_rule("/set-up/eventday.mobileconfig", "set_up_profile", set_up_profile)


def in_the_clear(application: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """`application` as plain HTTP may show it: the set-up page and what belongs to it; all else leads there."""

    def filtered(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith(OPEN):
            return application(environ, start_response)
        start_response("302 Found", [("Location", "/set-up"), ("Content-Length", "0"), ("Cache-Control", "no-store")])
        return []

    return filtered


def set_up() -> ResponseReturnValue:
    """The steps for iPad and Android, those for the tablet that asks first, with a QR that leads here."""
    _authority()
    settings: Settings = current_app.config["EVENTDAY"]
    browser = request.user_agent.string
    return render_template(
        "set_up.html",
        secure_url=settings.base_url,
        own_url=clear_address(),
        android_first="Android" in browser,
        in_wechat="MicroMessenger" in browser,
    )


def set_up_qr() -> ResponseReturnValue:
    """A QR of the set-up page, to be scanned from the organiser's screen."""
    return Response(picture(clear_address()), mimetype="image/png")


def clear_address() -> str:
    """Where a tablet that does not trust this server yet finds the page: in the clear, one port up."""
    settings: Settings = current_app.config["EVENTDAY"]
    # Whatever name this page was opened by: the tablets need the one that they can reach.
    at = urlsplit(settings.base_url)
    if at.scheme == "http":
        return request.url_root + "set-up"
    host = f"[{at.hostname}]" if ":" in (at.hostname or "") else at.hostname
    return f"http://{host}:{(at.port or 443) + 1}/set-up"


def makes_its_own_certificate() -> bool:
    """Whether tablets have to be prepared for this server."""
    settings: Settings = current_app.config["EVENTDAY"]
    return settings.base_url.startswith("https://") and (settings.instance / "venue-authority.pem").exists()


def set_up_certificate() -> ResponseReturnValue:
    """The authority's certificate, as Android takes it."""
    from ..services import venue_certificate  # cryptography: loaded where there is an authority

    return Response(venue_certificate.as_der(_authority()), mimetype="application/x-x509-ca-cert")


def set_up_profile() -> ResponseReturnValue:
    """The authority's certificate, as iPads take it: a configuration profile."""
    from ..services import venue_certificate

    der = venue_certificate.as_der(_authority())
    own = uuid.uuid5(uuid.NAMESPACE_OID, der.hex())
    return Response(venue_certificate.as_profile(der, own), mimetype="application/x-apple-aspen-config")


def _authority() -> bytes:
    settings: Settings = current_app.config["EVENTDAY"]
    file = settings.instance / "venue-authority.pem"
    if not file.exists():  # this server does not make its own certificate, so there is nothing to install
        abort(404)
    return file.read_bytes()
