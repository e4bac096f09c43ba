"""The tabs of an event. Doors never import one another, so each says here which tab is its own."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app
from flask_babel import LazyString

from .access import may


@dataclass(frozen=True)
class Tab:
    """A tab called `name`, at `endpoint` (which takes `slug`), for those who may do `task`."""

    order: int
    name: str
    label: LazyString
    endpoint: str
    task: str


def init_app(app: Flask) -> None:
    app.extensions["tabs"] = []
    app.jinja_env.globals["event_tabs"] = event_tabs


def add_tab(app: Flask, order: int, name: str, label: LazyString, endpoint: str, task: str = "see") -> None:
    """Offer a tab on every page of an event, in the order of `order`."""
    app.extensions["tabs"].append(Tab(order, name, label, endpoint, task))


def event_tabs() -> list[tuple[str, str, str]]:
    """(name, label, endpoint) of the tabs that whoever is signed in may open."""
    return [
        (tab.name, str(tab.label), tab.endpoint)
        for tab in sorted(current_app.extensions["tabs"], key=lambda tab: tab.order)
        if may(tab.task)
    ]
