"""Addresses of built front-end files, with a digest so that browsers may keep them for ever."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for

DIST = Path(__file__).resolve().parent.parent / "static" / "dist"


def init_app(app: Flask) -> None:
    app.jinja_env.globals["asset"] = asset
    app.after_request(_keep_for_ever)


def asset(name: str) -> str:
    """The address of the built file `name` (such as `app.js`). Raises when the front end has not been built."""
    return url_for("static", filename=f"dist/{_manifest(_stamp())[name]}")


def _stamp() -> float:
    # In debug the front end is rebuilt under a running server; otherwise the manifest is read once.
    return (DIST / "manifest.json").stat().st_mtime if current_app.debug else 0.0


@lru_cache(maxsize=4)
def _manifest(_stamp: float) -> dict[str, str]:
    try:
        return dict(json.loads((DIST / "manifest.json").read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise RuntimeError("the front end is not built: run `make setup`") from error


def _keep_for_ever(response: Response) -> Response:
    if request.path.startswith("/static/dist/") and response.status_code == 200:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
