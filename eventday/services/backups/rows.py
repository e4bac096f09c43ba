"""Rows as lines of JSON that either database takes back: moments in UTC, dates as written, bytes in base 64."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Date, DateTime, LargeBinary, MetaData, Row, Table

# Alembic's own table is told by the manifest; the queue's carry only numbers of jobs, which workers find again.
NOT_OURS = ("alembic_version", "queue_", "sqlite_")
FORMAT = "eventday.backup/1"


def our_tables(connection: Connection) -> MetaData:
    """The tables as they are in the database, whatever its revision."""
    metadata = MetaData()
    metadata.reflect(connection, only=lambda name, _: not name.startswith(NOT_OURS))
    return metadata


def as_line(row: Row[Any]) -> str:
    """One row as JSON."""
    return json.dumps(
        {name: _plain(value) for name, value in row._mapping.items()}, ensure_ascii=False, separators=(",", ":")
    )


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return value


def as_rows(lines: Iterable[str], table: Table, *, naive: bool) -> Iterator[dict[str, Any]]:
    """The rows for `table` in `lines`; `naive` where the database keeps moments without a zone (SQLite)."""
    kinds = {column.name: column.type for column in table.columns}
    for line in lines:
        yield {name: _typed(value, kinds[name], naive) for name, value in json.loads(line).items()}


def _typed(value: Any, kind: Any, naive: bool) -> Any:
    if value is None:
        return None
    if isinstance(kind, DateTime):
        moment = datetime.fromisoformat(value)
        return moment.replace(tzinfo=None) if naive else moment
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    return value
