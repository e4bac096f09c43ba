"""Sheets as organisers' programs write them, for the tests to hand in."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

Rows = Sequence[Sequence[Any]]


def workbook(
    sheets: Mapping[str, Rows], merges: Mapping[str, Sequence[tuple[int, int, int, int, str]]] | None = None
) -> bytes:
    """An xlsx file; `merges` holds (first row, first column, last row, last column, text) by sheet, counted from 0."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, value in enumerate(cells):
                    if value is not None:
                        sheet.write(row, column, value)
            for merge in (merges or {}).get(name, ()):
                sheet.merge_range(*merge)
    return buffer.getvalue()


def csv_bytes(rows: Rows, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """A csv file in the encoding named."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([["" if cell is None else cell for cell in row] for row in rows])
    return text.getvalue().encode(encoding)
