"""The station app: one page that a tablet keeps, its worker and its manifest. Nothing here is personal."""

from __future__ import annotations

import json

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ..rules.plain_han import traditional_pairs
from ..settings import VERSION
from ..web.assets import DIST, asset
from . import pages
from .app_words import messages

SHELL = ("station.js", "station.css", "zxing_reader.wasm")
# The same drawing twice: iPads take no SVG for their home screen.
ICONS = {"icon.svg": ("any", "image/svg+xml"), "icon.png": ("512x512", "image/png")}


@pages.get("/station")
def station_app() -> ResponseReturnValue:
    """The app's shell. Who the tablet is, and whom it knows, comes over the API with its token."""
    words = {"messages": messages(), "traditional": traditional_pairs()}
    return render_template("registration/station.html", version=_version(), reader=_reader(), **words)


@pages.get("/station-worker.js")
def station_worker() -> Response:
    """The service worker, told which files make up this version of the app."""
    files = [url_for(".station_app"), url_for(".station_manifest"), _reader(), *map(asset, SHELL)]
    files += [url_for("static", filename=name) for name in ICONS]
    told = f"self.SHELL={json.dumps(files)};self.VERSION={json.dumps(_version())};\n"
    response = _script("station-worker.js", told)
    response.headers["Service-Worker-Allowed"] = "/station"
    return response


@pages.get("/station-reader.js")
def station_reader() -> Response:
    """What the tablet's thread that reads codes runs.

    Its address begins as the app's does: to the browser a thread is a page of its own, and the service worker hands out
    only those whose address begins with `/station`.
    """
    return _script("station-reader.js")


def _reader() -> str:
    return url_for(".station_reader", v=_digest("station-reader.js"))


def _script(name: str, told: str = "") -> Response:
    """A built script, after what it is told. `no-cache`: a tablet hears of a new one at its next start."""
    script = (DIST / asset(name).rsplit("/", 1)[1]).read_text(encoding="utf-8")
    return Response(told + script, mimetype="text/javascript", headers={"Cache-Control": "no-cache"})


@pages.get("/station.webmanifest")
def station_manifest() -> Response:
    """What a home screen needs to know."""
    icons = [
        {"src": url_for("static", filename=name), "sizes": sizes, "type": kind, "purpose": purpose}
        for name, (sizes, kind) in ICONS.items()
        for purpose in ("any", "maskable")
    ]
    manifest = {
        "name": _("Check-in station"),
        "short_name": _("Check-in"),
        "id": "/station",
        "start_url": "/station",
        "scope": "/station",
        "display": "standalone",
        "orientation": "any",
        "background_color": "#fcfcf9",
        "theme_color": "#0a5757",
        "icons": icons,
    }
    return Response(json.dumps(manifest, ensure_ascii=False), mimetype="application/manifest+json")


def _version() -> str:
    """A version of the app: the digest in its script's name, and the program's own version."""
    return f"{VERSION}-{_digest('station.js')}"


def _digest(name: str) -> str:
    """The digest in a built file's name."""
    return asset(name).rsplit("-", 1)[1].split(".")[0]
