"""The hall's screen, open to whoever has its address, and the organiser's remote control for it."""

from __future__ import annotations

from apiflask import APIBlueprint, APIFlask
from flask_babel import lazy_gettext as _l

from ..web.tabs import add_tab

blueprint = APIBlueprint("screen", __name__, enable_openapi=False)


def init_app(app: APIFlask) -> None:
    """Open this door."""
    from . import control, hall  # noqa: F401  each adds its views to the blueprint

    app.register_blueprint(blueprint)
    add_tab(app, 80, "screen", _l("Screen"), "screen.control", "screen")
