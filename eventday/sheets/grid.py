"""A sheet as a grid of plain values, whatever file it came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

Value = str | int | float | bool | datetime | date | time | timedelta | None

# What one import takes. Generous for a forum (10,000 rows are a large one), small enough for any server.
MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_COLUMNS = 400
# Styled but empty cells reach far right in honest sheets, so this is only the outer limit.
MAX_BLANK_COLUMNS = 40 * MAX_COLUMNS
MAX_ROWS = 50_000
MAX_CELLS = 2_000_000
MAX_SHEETS = 100


@dataclass(frozen=True)
class Grid:
    """One sheet. `rows[0]` is row 1 of the sheet; rows may be of different lengths."""

    file: str
    sheet: str
    rows: list[tuple[Value, ...]]


def is_blank(value: Value) -> bool:
    """Whether a cell shows nothing."""
    return value is None or (isinstance(value, str) and not value.strip(" \t\r\n\u3000\xa0\u200b\ufeff"))


def filled(row: tuple[Value, ...]) -> list[tuple[int, Value]]:
    """The cells of a row that show something, with their columns."""
    return [(column, value) for column, value in enumerate(row) if not is_blank(value)]


def column_letter(column: int) -> str:
    """A, B, … for column 0, 1, …: what a person sees above it."""
    from openpyxl.utils import get_column_letter  # see files.py

    return get_column_letter(column + 1)
