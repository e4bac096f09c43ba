"""The organisers' door: sign-in, events, people, tables, the checklist."""

from __future__ import annotations

from importlib import import_module

from apiflask import APIBlueprint, APIFlask

from . import sections

blueprint = APIBlueprint("organiser", __name__, enable_openapi=False)
# Each adds its views to the blueprint.
ROOMS = (
    "sign_in", "events", "overview", "companies", "merging", "delegates", "programme", "rounds", "tables", "needs",
    "wishes", "imports", "promises", "projects", "meetings", "badges", "staff", "account", "trail", "carry_over",
)  # fmt: skip


def init_app(app: APIFlask) -> None:
    """Open this door."""
    if not blueprint.deferred_functions:
        for room in ROOMS:
            import_module(f".{room}", __name__)
    app.register_blueprint(blueprint)
    sections.init_app(app)
