"""One scan as a station sends it, read into what it means, or into the field that is wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from .codes import read_code
from .station_clock import believable
from .tidy_text import CONTROLS

KINDS = ("in", "out", "undo", "table")
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._:-]{0,63}")


@dataclass(frozen=True)
class ReadScan:
    """A scan that can be understood. `code` is None where the text is no badge code of ours."""

    id: str
    kind: str
    badge: str
    code: str | None
    # Somebody found by name at a desk, whose badge the tablet never saw.
    delegate: int | None
    gate: str
    at: datetime
    undoes: str | None
    table: int | str | None
    walk_up: bool
    # What the station told the person before it could ask: an `accepted` here and an `already` there is a conflict.
    told: str


@dataclass(frozen=True)
class BadScan:
    """A scan that cannot be understood because of `field`."""

    id: str | None
    field: str


class _Wrong(Exception):
    """The field named cannot be read."""


def read_scan(item: Any) -> ReadScan | BadScan:
    """Read one entry of a batch. Nothing raises: a scan that cannot be understood names its field."""
    if not isinstance(item, dict):
        return BadScan(None, "scan")
    identifier: str | None = None
    try:
        identifier = _id(item.get("id"), "id")
        kind = item.get("kind")
        if kind not in KINDS:
            raise _Wrong("kind")
        delegate = _delegate(item.get("delegate"))
        badge = _badge(item.get("badge"), optional=kind == "undo" or delegate is not None)
        return ReadScan(
            id=identifier,
            kind=kind,
            badge=badge,
            code=read_code(badge) if badge else None,
            delegate=delegate if not badge else None,
            gate=_text(item.get("gate"), "gate", 80),
            at=_moment(item.get("at")),
            undoes=_id(item.get("undoes"), "undoes") if kind == "undo" else None,
            table=_table(item.get("table")) if kind == "table" else None,
            walk_up=item.get("walk_up") is True,
            told=_text(item.get("told"), "told", 20),
        )
    except _Wrong as wrong:
        return BadScan(identifier, str(wrong))


def _id(value: Any, field: str) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise _Wrong(field)
    return value


def _delegate(value: Any) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 2**31:
        raise _Wrong("delegate")
    return value


def _badge(value: Any, *, optional: bool) -> str:
    if value is None and optional:
        return ""  # an undo says which scan, a person found by name has a number
    if not isinstance(value, str) or not value.strip():
        raise _Wrong("badge")
    return value.strip()  # whatever a camera may read is a text, also a business card of many lines: no badge of ours


def _text(value: Any, field: str, longest: int) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > longest or CONTROLS.search(value):
        raise _Wrong(field)
    return value.strip()


def _table(value: Any) -> int | str | None:
    """A table by number or by label; None means the station's own."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return _text(value, "table", 80) or None


def _moment(value: Any) -> datetime:
    if not isinstance(value, str):
        raise _Wrong("at")
    try:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None or not believable(moment):
            raise _Wrong("at")
        return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _Wrong("at") from error
