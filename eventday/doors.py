"""Which doors the house has. Each is a package with `init_app(app)`; none knows another."""

from __future__ import annotations

from importlib import import_module

from apiflask import APIFlask

DOORS = ("organiser", "registration", "planner", "attendee", "screen")


def open_all(app: APIFlask) -> None:
    """Register every door with `app`."""
    for name in DOORS:
        import_module(f"eventday.{name}").init_app(app)
