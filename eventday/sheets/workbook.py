"""xlsx → grids: values only, no formula ever computed, cells merged downwards filled as people read them."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator

import openpyxl
from openpyxl.utils import range_boundaries

from .grid import MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, Grid, Value, filled, is_blank
from .guard import merged_ranges, open_workbook_archive
from .rows import FileRefusedError


def read_workbook(file: str, data: bytes) -> tuple[list[Grid], list[str]]:
    """The visible sheets of a workbook, and the names of the hidden ones, which are not read.

    Raises FileRefusedError.
    """
    archive = open_workbook_archive(data)
    merges = merged_ranges(archive)
    with warnings.catch_warnings():
        # openpyxl warns of what it will not write back; we only read.
        warnings.simplefilter("ignore")
        try:
            return _grids(file, archive, merges)
        except FileRefusedError:
            raise
        except Exception as error:  # a library meets a hostile file in countless ways; all of them mean the same to us
            raise FileRefusedError("damaged") from error


def _grids(file: str, archive: zipfile.ZipFile, merges: dict[str, list[str]]) -> tuple[list[Grid], list[str]]:
    book = openpyxl.load_workbook(archive.fp, read_only=True, data_only=False, keep_links=False)
    worksheets = [sheet for sheet in book.worksheets if hasattr(sheet, "reset_dimensions")]
    if len(worksheets) > MAX_SHEETS:
        raise FileRefusedError("too_many_sheets", limit=str(MAX_SHEETS))
    grids, hidden = [], []
    for sheet in worksheets:
        if sheet.sheet_state != "visible":
            hidden.append(sheet.title)
            continue
        # What a file claims as its size is a claim: the cells decide.
        sheet.reset_dimensions()
        rows = [tuple(map(_plain, row)) for row in _limited(sheet.iter_rows(values_only=True))]
        _fill_down(rows, merges.get(sheet._worksheet_path, []))
        grids.append(Grid(file, sheet.title, rows))
    return grids, hidden


def _limited(rows: Iterator[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    """Rows without the blank ends that formatting leaves; refuses what is larger than any forum."""
    blank_run: list[tuple[object, ...]] = []
    count = 0
    for number, row in enumerate(rows, start=1):
        shown = filled(row)  # type: ignore[arg-type]
        if not shown:
            blank_run.append(())
            if number > 1_100_000:
                raise FileRefusedError("too_many_rows", limit=f"{MAX_ROWS:,}")
            continue
        width = shown[-1][0] + 1
        if width > MAX_COLUMNS:
            raise FileRefusedError("too_many_columns", limit=str(MAX_COLUMNS))
        count += 1
        if count > MAX_ROWS or len(blank_run) + count > 20 * MAX_ROWS:
            raise FileRefusedError("too_many_rows", limit=f"{MAX_ROWS:,}")
        yield from blank_run
        blank_run.clear()
        yield row[:width]


def _plain(value: object) -> Value:
    """Formulas of every sort become text that begins with =, so that later only one thing needs to be refused."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    if type(value).__name__ in ("ArrayFormula", "DataTableFormula"):
        return "="
    return value  # type: ignore[return-value]


def _fill_down(rows: list[tuple[Value, ...]], merges: list[str]) -> None:
    """Gives each row its share of a cell that is merged over several rows: one company beside three delegates."""
    for reference in merges:
        left, top, right, bottom = range_boundaries(reference)
        if None in (left, top, right, bottom) or left != right or bottom - top > 1_000 or top > len(rows):
            continue
        row = rows[top - 1]
        value = row[left - 1] if left <= len(row) else None
        if is_blank(value):
            continue
        for below in range(top, min(bottom, len(rows))):
            cells = [*rows[below], *[None] * (left - len(rows[below]))]
            cells[left - 1] = value
            rows[below] = tuple(cells)
