"""How a tablet comes to trust this server on a venue's network: a page for laymen, served in the clear beside HTTPS."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from ..badges.qr import picture
from ..settings import Settings

OPEN = ("/set-up", "/static/")


def init_app(app: Flask) -> None:
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
    """The steps for iPad and Android, with a QR that leads here."""
    _authority()
    settings: Settings = current_app.config["EVENTDAY"]
    return render_template("set_up.html", secure_url=settings.base_url, own_url=request.url_root + "set-up")


def set_up_qr() -> ResponseReturnValue:
    """A QR of the set-up page, to be scanned from the organiser's screen."""
    return Response(picture(request.url_root + "set-up"), mimetype="image/png")


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
