"""What all doors share: language, sign-in, security headers, error pages, health. No pages of its own but those."""

from __future__ import annotations

from apiflask import APIFlask

from . import (
    access,
    assets,
    components,
    errors,
    formats,
    health,
    language,
    logs,
    metrics,
    readable,
    row_numbers,
    security,
    tabs,
    venue,
)


def init_app(app: APIFlask) -> None:
    """Equip `app`; the order is the order in which a request meets them."""
    for part in (
        logs,
        metrics,
        security,
        readable,
        row_numbers,
        language,
        access,
        tabs,
        assets,
        formats,
        errors,
        health,
        components,
        venue,
    ):
        part.init_app(app)
