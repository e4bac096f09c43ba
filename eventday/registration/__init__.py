"""The door itself: stations, their API, the app that runs on them, and the page on which organisers see them."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint, APIFlask
from flask_babel import lazy_gettext as _l

from ..web.security import csrf
from ..web.tabs import add_tab

pages = APIBlueprint("registration", __name__, enable_openapi=False)


def init_app(app: APIFlask) -> None:
    """Open this door."""
    from . import api, app_page, auth, conflicts, pair_page, settling, stations, unsent, walk_ins  # noqa: F401  each adds its views

    # Stations send a token with every request and no cookie, so no other site can make them send anything.
    csrf.exempt(api.blueprint)
    app.register_blueprint(api.blueprint)
    app.register_blueprint(pages)
    # Not `app.error_processor`: that would answer every 404 and 403 of the whole house in JSON.
    app.error_callback = auth.refused
    app.spec_processor(_the_interface)
    add_tab(app, 40, "stations", _l("Registration"), "registration.stations", "desk")


def _the_interface(description: Any) -> Any:
    """The description of what devices use, without the house's pages. A body that is described is a body that has to
    be sent; APIFlask leaves that out."""
    paths = {path: methods for path, methods in description["paths"].items() if path.startswith("/api/")}
    description["paths"] = paths
    for operations in description["paths"].values():
        for operation in operations.values():
            if isinstance(operation, dict) and "requestBody" in operation:
                operation["requestBody"]["required"] = True
    return description
