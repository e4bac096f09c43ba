"""The organisers' door: sign-in, events, people, tables, the checklist."""

from __future__ import annotations

from apiflask import APIBlueprint, APIFlask
from flask_babel import lazy_gettext as _l

from ..web.tabs import add_tab

blueprint = APIBlueprint("organiser", __name__, enable_openapi=False)


def init_app(app: APIFlask) -> None:
    """Open this door."""
    from . import events, sign_in  # noqa: F401  each adds its views to the blueprint

    app.register_blueprint(blueprint)
    add_tab(app, 10, "overview", _l("Overview"), "organiser.overview")
