"""Bringing a database up to date: every command does, so an empty folder is a fine place to begin."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import Migrate
from sqlalchemy import Connection, create_engine, text

from .base import db

DIRECTORY = Path(__file__).resolve().parent.parent / "migrations"
_ADVISORY_LOCK = 0x45564E54  # "EVNT"


def init_app(app: Flask) -> None:
    """Offer `flask db …` for developers; people never need it."""
    Migrate(app, db, directory=str(DIRECTORY), render_as_batch=True)


def upgrade(database_url: str, revision: str = "head") -> None:
    """Migrate the database at `database_url` to `revision`. Processes that start together take turns."""
    _move(database_url, revision, command.upgrade)


def downgrade(database_url: str, revision: str) -> None:
    """Migrate down to `revision` (`base` leaves nothing)."""
    _move(database_url, revision, command.downgrade)


def _move(database_url: str, revision: str, step) -> None:
    engine = create_engine(database_url)
    try:
        with engine.connect() as connection, _turn(connection, database_url):
            config = configuration()
            config.attributes["connection"] = connection
            if revision == "head" and _current(connection) == _head(config):
                return
            connection.rollback()
            step(config, revision)
            connection.commit()
    finally:
        engine.dispose()


def configuration() -> Config:
    """Alembic's configuration for our migrations folder."""
    config = Config()
    config.set_main_option("script_location", str(DIRECTORY))
    return config


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _head(config: Config) -> str | None:
    return ScriptDirectory.from_config(config).get_current_head()


@contextmanager
def _turn(connection: Connection, database_url: str) -> Iterator[None]:
    """One migrator at a time: an advisory lock on PostgreSQL, a lock file beside an SQLite database."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _ADVISORY_LOCK})
        try:
            yield
        finally:
            connection.rollback()
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _ADVISORY_LOCK})
            connection.commit()
        return
    import fcntl

    file = f"{connection.engine.url.database}.migrating"
    with open(os.open(file, os.O_RDWR | os.O_CREAT, 0o600), "r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
