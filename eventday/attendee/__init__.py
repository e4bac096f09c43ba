"""The attendee's door: one's own page behind the code on the badge, on any phone, without an app."""

from __future__ import annotations

from apiflask import APIBlueprint, APIFlask

blueprint = APIBlueprint("attendee", __name__, enable_openapi=False)


def init_app(app: APIFlask) -> None:
    """Open this door."""
    from . import bound, day, here, host, meet, news, outcomes, privacy, unknown, video, wishes  # noqa: F401  each adds its views

    app.register_blueprint(blueprint)
