"""Comma-separated text, safe to open in a spreadsheet program."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from ...rules.timetable import Timetable

BOM = "\ufeff"  # without it Excel reads UTF-8 as the system's own code page
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
PLAN_COLUMNS = ("version", "round", "start", "end", "table", "room", "host", "company", "interest")


def as_text(value: object) -> str:
    """`value` as a cell that no spreadsheet program takes for a formula: an apostrophe goes before what looks so.

    Source: OWASP, CSV Injection.
    """
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    # Full-width signs count too: Chinese input methods write them, and some programs read them as their kin.
    looks_so = text.startswith((*_FORMULA_STARTS, "＝", "＋", "－", "＠"))
    return f"'{text}" if looks_so else text


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]], *, line_end: str = "\r\n") -> str:
    """A header and rows, each cell as text. Lines end as RFC 4180 says, or as a pipe would rather have it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=line_end)
    writer.writerow(columns)
    writer.writerows([as_text(cell) for cell in row] for row in rows)
    return out.getvalue()


def plan_csv(timetable: Timetable) -> bytes:
    """One row per meeting, by round, table and company; moments in ISO 8601 with the event's offset; UTF-8 with BOM."""
    rows = (
        (
            timetable.version,
            meeting.slot.name,
            meeting.slot.start.astimezone(timetable.zone).isoformat(),
            meeting.slot.end.astimezone(timetable.zone).isoformat(),
            meeting.place.label,
            meeting.place.room,
            meeting.place.host,
            meeting.visitor.name,
            meeting.interest,
        )
        for slot in timetable.slots
        for place in timetable.places
        for meeting in timetable.at(place, slot)
    )
    return (BOM + csv_text(PLAN_COLUMNS, rows)).encode()
