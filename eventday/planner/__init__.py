"""The planner's door: solving, the board, versions, and the loop of the day."""

from __future__ import annotations

from apiflask import APIBlueprint, APIFlask
from flask_babel import lazy_gettext as _l

from ..web.tabs import add_tab

blueprint = APIBlueprint("planner", __name__, enable_openapi=False, url_prefix="/events/<slug>")


def init_app(app: APIFlask) -> None:
    """Open this door."""
    from . import (  # noqa: F401  each adds its views
        board,
        charts,
        compare,
        day,
        exports,
        overview,
        plan,
        publish,
        rulings,
        search,
        words,
    )

    app.register_blueprint(blueprint)
    words.init_app(app)
    add_tab(app, 50, "plan", _l("Plan"), "planner.overview", "plan")
    add_tab(app, 60, "day", _l("The day"), "planner.day", "plan")
    add_tab(app, 70, "exports", _l("Exports"), "planner.exports", "plan")
