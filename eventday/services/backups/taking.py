"""Taking a backup: one reading transaction over all tables, written aside and moved into place whole."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from alembic.migration import MigrationContext
from sqlalchemy import Connection, Table, create_engine, select

from ...models import promise_only_to_read
from ...settings import Settings
from .rows import FORMAT, as_line, our_tables

# Kept in the instance folder and part of what makes it this instance.
KEPT = ("secret-key", "venue-authority.pem", "venue-authority.key")
ROWS_AT_ONCE = 1000


@dataclass(frozen=True)
class Summary:
    """What a backup holds: rows by table, at which revision of the tables, taken when (ISO 8601)."""

    taken_at: str
    revision: str
    rows: dict[str, int]


def take_backup(settings: Settings, target: Path, *, now: datetime) -> Summary:
    """Write everything into `target` (mode 0600; an older file is replaced once the new one is whole).

    All tables are read in one transaction, so that the copy is of one moment while the server goes on writing.
    Raises OSError where the file cannot be written.
    """
    number, aside = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.absolute().parent)
    try:
        with os.fdopen(number, "w+b") as out:
            with ZipFile(out, "w", ZIP_DEFLATED) as file:
                summary = _write(settings, file, now)
            out.flush()
            os.fsync(out.fileno())
        os.replace(aside, target)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
    return summary


def _write(settings: Settings, file: ZipFile, now: datetime) -> Summary:
    engine = create_engine(settings.database_url)
    promise_only_to_read(True)
    try:
        with engine.connect().execution_options(**_snapshot(settings)) as connection:
            revision = MigrationContext.configure(connection).get_current_revision() or ""
            tables = our_tables(connection).tables
            rows = {name: _write_table(connection, file, tables[name]) for name in sorted(tables)}
    finally:
        promise_only_to_read(False)
        engine.dispose()
    for name in KEPT:
        if (settings.instance / name).exists():
            file.write(settings.instance / name, f"instance/{name}")
    summary = Summary(now.isoformat(), revision, rows)
    manifest = {"format": FORMAT, "taken_at": summary.taken_at, "revision": revision, "rows": rows}
    file.writestr("manifest.json", json.dumps(manifest, indent=1))
    return summary


def _snapshot(settings: Settings) -> dict[str, str]:
    """SQLite's reading transactions see one moment by themselves; PostgreSQL has to be asked."""
    return {} if settings.database_url.startswith("sqlite:") else {"isolation_level": "REPEATABLE READ"}


def _write_table(connection: Connection, file: ZipFile, table: Table) -> int:
    count = 0
    with file.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as out:
        statement = select(table).order_by(*table.primary_key.columns)
        for row in connection.execution_options(yield_per=ROWS_AT_ONCE).execute(statement):
            out.write(as_line(row).encode() + b"\n")
            count += 1
    return count
