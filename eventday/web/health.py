"""`/healthz`: the process answers. `/readyz`: database and queue answer too."""

from __future__ import annotations

from flask import Flask
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from ..models import db


def init_app(app: Flask) -> None:
    app.add_url_rule("/healthz", "healthz", lambda: {"status": "ok"})
    app.add_url_rule("/readyz", "readyz", readyz)


def readyz() -> ResponseReturnValue:
    """200 when database and queue answer, 503 with the names of those that do not."""
    checks = {"database": _database_answers(), "queue": _queue_answers()}
    ready = all(checks.values())
    return {"status": "ready" if ready else "not ready", **{k: "ok" if v else "down" for k, v in checks.items()}}, (
        200 if ready else 503
    )


def _database_answers() -> bool:
    try:
        db.session.execute(text("SELECT 1"))
    except Exception:
        db.session.rollback()
        return False
    return True


def _queue_answers() -> bool:
    from ..services.work.queue import queue_answers

    return queue_answers()
