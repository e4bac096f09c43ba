"""The database handle, the column types and the transaction habits that every model shares."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Engine, MetaData, TypeDecorator, event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

# Named constraints, so that Alembic can drop them again on both databases.
NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC; a naive one is refused rather than guessed at."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone: store moments, not clock readings")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={datetime: UtcDateTime, dict[str, Any]: JSON, list[Any]: JSON},
    )


db = SQLAlchemy(model_class=Base)

if TYPE_CHECKING:  # Flask-SQLAlchemy makes the class at run time, where a type checker cannot see it
    Model = Base
else:
    Model = db.Model


class Identified:
    """A row with a number of its own."""

    id: Mapped[int] = mapped_column(primary_key=True)


# SQLite knows one writer at a time. A transaction that reads first and writes later may find that the
# database has moved on under it, and no time-out helps then. So every transaction takes the write lock
# at its beginning, unless whoever opened it has promised only to read.
_reading: ContextVar[bool] = ContextVar("reading", default=False)


def promise_only_to_read(promised: bool) -> None:
    """Say whether transactions begun from now on, in this context, only read (a GET request does)."""
    _reading.set(promised)


@contextmanager
def writing() -> Iterator[None]:
    """Begin a transaction that may write, even where reading was promised; commits, or rolls back on an error."""
    token = _reading.set(False)
    try:
        db.session.rollback()
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        _reading.reset(token)


@contextmanager
def only_reading() -> Iterator[None]:
    """Begin a transaction that takes no write lock; whatever was changed in it is dropped at the end."""
    token = _reading.set(True)
    try:
        db.session.rollback()
        with db.session.no_autoflush:
            yield
    finally:
        db.session.rollback()
        _reading.reset(token)


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    if type(connection).__module__.startswith("sqlite3"):
        connection.isolation_level = None  # we say BEGIN ourselves, below
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection: Any) -> None:
    """SQLite: take the write lock now, or none. PostgreSQL: whoever only reads needs no transaction around it, since
    each statement sees what is committed either way, and saves two ways to the server and back; unless a snapshot
    was asked for."""
    reading = _reading.get()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
        return
    alone = reading and "isolation_level" not in connection.get_execution_options()
    driver = connection.connection.driver_connection
    if driver.autocommit != alone:
        driver.autocommit = alone
