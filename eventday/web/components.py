"""The design system on one page, in debug only."""

from __future__ import annotations

from flask import Flask, abort, current_app, render_template


def init_app(app: Flask) -> None:
    app.add_url_rule("/dev/components", "components", components)


def components() -> str:
    """Tokens, type and every component in every state."""
    if not current_app.debug:
        abort(404)
    return render_template("dev/components.html")
