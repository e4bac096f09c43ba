"""Fresh instances for tests: a database is migrated once and then copied, on SQLite and on PostgreSQL."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from eventday.models import migrating
from eventday.settings import Settings, load_settings

MIGRATED = "migrated"  # the PostgreSQL database that others are copies of


def settings_in(folder: Path, **more: str) -> Settings:
    """Settings of an instance in `folder`; `more` are environment variables."""
    return load_settings({"EVENTDAY_INSTANCE": str(folder), "EVENTDAY_SECRET_KEY": "for tests", **more})


def migrated_file(folder: Path) -> Path:
    """A new SQLite database in `folder`, empty and migrated."""
    migrating.upgrade(settings_in(folder).database_url)
    return folder / "eventday.db"


def on_sqlite(folder: Path, migrated: Path, **more: str) -> Settings:
    """A fresh instance in `folder` with a copy of the database `migrated`."""
    shutil.copy(migrated, folder / "eventday.db")
    return settings_in(folder, **more)


def migrate_once(server: str) -> None:
    """Make the database on the PostgreSQL `server` (its URL) that `on_postgresql` copies."""
    _run(server, f"CREATE DATABASE {MIGRATED}")
    migrating.upgrade(_url(server, MIGRATED))


@contextmanager
def database_on(server: str, *, like: str = "template1") -> Iterator[str]:
    """The URL of a new database on `server`, a copy of the database `like`; dropped afterwards."""
    name = f"test_{secrets.token_hex(6)}"
    _run(server, f"CREATE DATABASE {name} TEMPLATE {like}")
    yield _url(server, name)
    _run(server, f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def on_postgresql(folder: Path, server: str) -> Iterator[Settings]:
    """A fresh, migrated instance in `folder` with a database of its own on `server`."""
    with database_on(server, like=MIGRATED) as url:
        yield settings_in(folder, EVENTDAY_DATABASE_URL=url)


def _url(server: str, name: str) -> str:
    return server.replace("/postgres?", f"/{name}?")


def _run(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)
