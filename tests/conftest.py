"""Fixtures that every room shares: a fresh database, the application on it, people who sign in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventday import create_app
from eventday.models import db, migrating, promise_only_to_read
from eventday.settings import Settings, load_settings

from . import builders


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory) -> Path:
    """An empty SQLite database, migrated once; tests copy it."""
    folder = tmp_path_factory.mktemp("migrated")
    settings = load_settings({"EVENTDAY_INSTANCE": str(folder), "EVENTDAY_SECRET_KEY": "for tests"})
    migrating.upgrade(settings.database_url)
    return folder / "eventday.db"


@pytest.fixture
def settings(tmp_path, migrated_file) -> Settings:
    """A fresh instance on SQLite."""
    shutil.copy(migrated_file, tmp_path / "eventday.db")
    return load_settings({"EVENTDAY_INSTANCE": str(tmp_path), "EVENTDAY_SECRET_KEY": "for tests"})


@pytest.fixture
def app(settings) -> Iterator[Flask]:
    """The application on a fresh database."""
    app = create_app(settings)
    app.test_client_class = builders.Browser
    promise_only_to_read(True)  # so that a test that looks at rows does not hold the write lock
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app) -> FlaskClient:
    """A browser without a session."""
    return app.test_client()


@pytest.fixture
def forum(app) -> builders.Forum:
    """A small forum: two hosts, four companies, two rounds, wishes; see tests/builders.py."""
    return builders.small_forum()


@pytest.fixture
def organiser(app) -> FlaskClient:
    """A browser in which an organiser of all events is signed in."""
    return builders.signed_in(app, "organiser")


@pytest.fixture
def planner(app) -> FlaskClient:
    """A browser in which a planner of all events is signed in."""
    return builders.signed_in(app, "planner")


@pytest.fixture
def desk(app) -> FlaskClient:
    """A browser in which a member of the desk is signed in."""
    return builders.signed_in(app, "desk")
