"""Putting a backup back: one transaction, so that everything is replaced or nothing."""

from __future__ import annotations

import io
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from sqlalchemy import Connection, Table, bindparam, create_engine, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from ...models import migrating
from ...rules.errors import Invalid
from ...settings import Settings
from .rows import FORMAT, as_rows, our_tables
from .taking import KEPT, Summary

ROWS_AT_ONCE = 1000
# What our triggers on PostgreSQL call; dropped with the tables, made again by the migrations.
TRIGGER_FUNCTIONS = text(
    "SELECT DISTINCT p.oid::regprocedure::text FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
    "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE NOT t.tgisinternal AND n.nspname = current_schema()"
)


def restore_backup(settings: Settings, source: Path, *, force: bool = False) -> Summary:
    """Replace what the database holds by what `source` holds, and bring it up to today's tables.

    Raises Invalid where `source` is no backup of ours or comes from a newer version, and, without `force`, where
    there is something to lose. Whatever goes wrong, the database is as it was. A server that runs sees the new rows
    at once; it knows a restored signing key only after a restart.
    """
    try:
        with ZipFile(source) as file:
            summary = _summary(file)
            _replace(settings.database_url, file, summary, force)
            _put_files(settings, file)
    except (BadZipFile, IntegrityError) as error:  # not ours, cut short, or rows that point nowhere
        raise Invalid("%(file)s is not a backup of Eventday, or it is damaged.", file=source.name) from error
    return summary


def _summary(file: ZipFile) -> Summary:
    """What the backup says of itself; every byte is checked before anything is touched."""
    try:
        manifest = json.loads(file.read("manifest.json"))
        if manifest["format"] != FORMAT or file.testzip() is not None:
            raise BadZipFile
        summary = Summary(manifest["taken_at"], manifest["revision"], manifest["rows"])
    except (KeyError, ValueError, TypeError, zlib.error) as error:
        raise BadZipFile from error
    if summary.revision not in migrating.known_revisions():
        raise Invalid("This backup comes from a newer version of Eventday. Install that version first.")
    return summary


def _replace(url: str, file: ZipFile, summary: Summary, force: bool) -> None:
    engine = create_engine(url)
    try:
        with engine.connect() as connection, migrating.turn(connection):
            connection.rollback()
            migrating.let_references_dangle(connection)
            with connection.begin():
                if not force and _holds_something(connection):
                    raise Invalid("There are events in this database already. To replace them, say --force.")
                _drop_everything(connection)
                migrating.step_up(connection, summary.revision)
                _fill(connection, file)
                migrating.step_up(connection, "head")
                # Whether all references hold is asked at the end.
                if engine.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise BadZipFile
    finally:
        engine.dispose()


def _holds_something(connection: Connection) -> bool:
    tables = our_tables(connection).tables
    return any(name in tables and connection.execute(select(tables[name])).first() for name in ("event", "staff"))


def _drop_everything(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        for function in connection.scalars(TRIGGER_FUNCTIONS).all():
            connection.exec_driver_sql(f"DROP FUNCTION {function} CASCADE")
    our_tables(connection).drop_all(connection)
    connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")


def _fill(connection: Connection, file: ZipFile) -> None:
    """Rows in an order in which what they point to is there; what points forward is written afterwards."""
    tables = our_tables(connection)
    later: list[tuple[Table, list[str]]] = []
    there: set[str] = set()
    for table in tables.sorted_tables:
        forward = sorted(
            {
                key.parent.name
                for key in table.foreign_keys
                if key.column.table.name not in there and key.parent.nullable
            }
        )
        there.add(table.name)
        if forward:
            later.append((table, forward))
        for rows in _batches(_rows_of(connection, file, table)):
            connection.execute(insert(table), [row | dict.fromkeys(forward) for row in rows])
        _go_on_counting(connection, table)
    for table, columns in later:
        _point_forward(connection, file, table, columns)


def _rows_of(connection: Connection, file: ZipFile, table: Table) -> Iterator[dict[str, Any]]:
    name = f"tables/{table.name}.jsonl"
    if name not in file.namelist():
        return
    with file.open(name) as raw:
        lines = io.TextIOWrapper(raw, encoding="utf-8")
        yield from as_rows(lines, table, naive=connection.dialect.name == "sqlite")


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    source = iter(rows)
    while batch := list(islice(source, ROWS_AT_ONCE)):
        yield batch


def _point_forward(connection: Connection, file: ZipFile, table: Table, columns: list[str]) -> None:
    keys = [column.name for column in table.primary_key.columns]
    statement = update(table).where(*(table.c[key] == bindparam(f"own_{key}") for key in keys))
    statement = statement.values({name: bindparam(f"new_{name}") for name in columns})
    pointing = (row for row in _rows_of(connection, file, table) if any(row[name] is not None for name in columns))
    for rows in _batches(pointing):
        named = [
            {f"own_{key}": row[key] for key in keys} | {f"new_{name}": row[name] for name in columns} for row in rows
        ]
        connection.execute(statement, named)


def _go_on_counting(connection: Connection, table: Table) -> None:
    """PostgreSQL's counters do not notice rows that bring their own number."""
    if connection.dialect.name != "postgresql":
        return
    for column in table.primary_key.columns:
        find = text("SELECT pg_get_serial_sequence(:table, :column)")
        counter = connection.scalar(find, {"table": f'"{table.name}"', "column": column.name})
        if counter:
            connection.execute(select(func.setval(counter, select(func.max(column)).scalar_subquery())))


def _put_files(settings: Settings, file: ZipFile) -> None:
    for name in KEPT:
        if f"instance/{name}" in file.namelist():
            target = settings.instance / name
            with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                out.write(file.read(f"instance/{name}"))
