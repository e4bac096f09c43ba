"""Bringing a database up to date: every command does, so an empty folder is a fine place to begin.

Nearly always it is up to date. That is told without Alembic, which a server then never loads: eight megabytes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy import Connection, create_engine, inspect, text

from .base import db

if TYPE_CHECKING:
    from alembic.config import Config

DIRECTORY = Path(__file__).resolve().parent.parent / "migrations"
_ADVISORY_LOCK = 0x45564E54  # "EVNT"


def init_app(app: Flask) -> None:
    """Offer `flask db …` to developers (EVENTDAY_DEBUG=1); people never need it."""
    if not app.config["DEBUG"]:
        return
    from flask_migrate import Migrate

    Migrate(app, db, directory=str(DIRECTORY), render_as_batch=True)


def upgrade(database_url: str, revision: str = "head") -> None:
    """Migrate the database at `database_url` to `revision`. Processes that start together take turns."""
    _move(database_url, revision, "upgrade")


def downgrade(database_url: str, revision: str) -> None:
    """Migrate down to `revision` (`base` leaves nothing)."""
    _move(database_url, revision, "downgrade")


def _move(database_url: str, revision: str, way: str) -> None:
    engine = create_engine(database_url)
    try:
        with engine.connect() as connection, turn(connection):
            if revision == "head" and _current(connection) == newest():
                return
            from alembic import command

            connection.rollback()
            let_references_dangle(connection)
            getattr(command, way)(_configuration_on(connection), revision)
            connection.commit()
    finally:
        engine.dispose()


def let_references_dangle(connection: Connection) -> None:
    """From here on `connection`, which is in no transaction and is closed afterwards, may take away what rows point to.

    SQLite makes a table anew to drop a column, and would miss it from its children meanwhile; a backup is put back
    table by table. The switch is heard outside a transaction only. PostgreSQL needs none.
    """
    if connection.dialect.name == "sqlite":
        connection.connection.execute("PRAGMA foreign_keys=OFF")
        connection.rollback()


def step_up(connection: Connection, revision: str) -> None:
    """Migrate up to `revision` within the transaction that `connection` is in; whoever began it ends it."""
    from alembic import command

    command.upgrade(_configuration_on(connection), revision)


def known_revisions() -> set[str]:
    """Every state that our migrations can bring tables to."""
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory.from_config(configuration()).walk_revisions()}


def _configuration_on(connection: Connection) -> Config:
    config = configuration()
    config.attributes["connection"] = connection
    return config


def configuration() -> Config:
    """Alembic's configuration for our migrations folder."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(DIRECTORY))
    return config


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.scalar(text("SELECT version_num FROM alembic_version"))


def newest() -> str:
    """The state that the last of our migrations leads to; their files are named by numbers that count up."""
    return max(file.name for file in (DIRECTORY / "versions").glob("[0-9]*.py")).partition("_")[0]


@contextmanager
def turn(connection: Connection) -> Iterator[None]:
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
