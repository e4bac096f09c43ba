"""What every command begins with: the application on an up-to-date database, and the time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from flask import Flask

from .. import create_app
from ..models import migrating
from ..settings import load_settings


@contextmanager
def opened() -> Iterator[Flask]:
    """The application, its context pushed; the database is created or migrated first."""
    settings = load_settings()
    migrating.upgrade(settings.database_url)
    app = create_app(settings)
    with app.app_context():
        yield app


def now() -> datetime:
    """This moment; the doors ask the clock, services and rules are told."""
    return datetime.now(UTC)
