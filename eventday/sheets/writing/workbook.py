"""What our workbooks share: their look, and cells that are text whatever they look like."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # loaded with the first workbook
    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

ACCENT = "#0A5757"
_LONGEST_CELL = 32_767  # what Excel can hold
_PAPER_A4 = 9


@dataclass(frozen=True)
class Column:
    """A column by its header, as wide as `width` characters; `wrap` lets long text take several lines."""

    header: str
    width: float
    wrap: bool = False


@dataclass(frozen=True)
class Page:
    """One worksheet: a title line, a header, rows of strings, numbers and None."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str | int | None]]
    links: frozenset[int] = field(default=frozenset())  # columns (from 0) whose cells are addresses


def workbook(pages: Sequence[Page], *, made_at: datetime) -> bytes:
    """An xlsx of `pages`; the same bytes for the same pages and `made_at` (an aware moment)."""
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(
        file,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    ) as book:
        # Workbooks know no time zones; the moment is written as it is in UTC.
        book.set_properties({"title": pages[0].title, "created": made_at.astimezone(UTC).replace(tzinfo=None)})
        for page in pages:
            _write(book, page)
    return file.getvalue()


def _write(book: xlsxwriter.Workbook, page: Page) -> None:
    sheet: Worksheet = book.add_worksheet(page.name)
    base = {"font_name": "Microsoft YaHei", "font_size": 10.5, "valign": "top"}
    plain = book.add_format(base)
    wrapped = book.add_format({**base, "text_wrap": True})
    head = book.add_format({**base, "bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT, "text_wrap": True})
    sheet.write_string(0, 0, page.title, book.add_format({**base, "bold": True, "font_size": 13}))
    for at, column in enumerate(page.columns):
        sheet.set_column(at, at, column.width, plain)
        sheet.write_string(1, at, column.header, head)
    for number, row in enumerate(page.rows, start=2):
        for at, value in enumerate(row):
            _cell(sheet, number, at, value, wrapped if page.columns[at].wrap else plain, link=at in page.links)
    _make_ready_to_print(sheet, page)


def _cell(sheet: Worksheet, row: int, at: int, value: str | int | None, style: Format, *, link: bool) -> None:
    """Text is written as text: a name that begins with = is a name."""
    if value is None or value == "":
        sheet.write_blank(row, at, None, style)
    elif isinstance(value, int):
        sheet.write_number(row, at, value, style)
    elif not (link and sheet.write_url(row, at, value, string=value) == 0):
        sheet.write_string(row, at, value[:_LONGEST_CELL], style)


def _make_ready_to_print(sheet: Worksheet, page: Page) -> None:
    sheet.freeze_panes(2, 1)
    if page.rows:
        sheet.autofilter(1, 0, len(page.rows) + 1, len(page.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(_PAPER_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    # & begins a code in a header, so it is doubled.
    sheet.set_footer("&L" + page.title.replace("&", "&&")[:200] + "&R&P / &N")
