"""What stands below a header: rows of data, and beside them notes, totals and headers once more."""

from __future__ import annotations

import re

from eventday.rules.company_names import names_an_organisation
from eventday.rules.tidy_text import fold, tidy

from .blocks import Block
from .grid import Grid, Value, filled
from .headers import IGNORED, SERIAL

_TOTAL = re.compile(r"^(?:合计|总计|小计|共计|总数|汇总|grandtotal|subtotal|totals?|sum)(?![a-z])|^共\d+[家人行条个项]")
_NOTE = re.compile(r"^\s*(?:注|备注|说明|附注|提示|填表|填写|note|remark|※|\*|★|以上|以下)", re.IGNORECASE)
_SENTENCE = re.compile(r"[。；;！!？?：:]")


def collect_rows(block: Block, grid: Grid, begin: int, end: int) -> None:
    """Gives a block its rows: those after row `begin` up to row `end` that are data."""
    headers = [column.header for column in block.columns]
    for number in range(begin + 1, end + 1):
        row = grid.rows[number - 1]
        cells = filled(row)
        texts = [tidy(str(value)) for _, value in cells]
        if cells and texts != headers and not _is_beside_the_data(block, cells):
            block.rows.append((number, row))


def _is_beside_the_data(block: Block, cells: list[tuple[int, Value]]) -> bool:
    """Whether a row is a note, a total, or nothing but a running number."""
    fields = {column.index: column.field for column in block.columns}
    if all(fields.get(index) in (SERIAL, IGNORED, None) for index, _ in cells) and any(fields.values()):
        return True
    first_index, first = cells[0]
    if isinstance(first, str) and _TOTAL.search(fold(first)):
        return True
    if len(cells) > 1 or not isinstance(first, str):
        return False
    if _NOTE.search(first):
        return True
    leftmost = min(fields, default=0)
    return first_index == leftmost and (bool(_SENTENCE.search(first)) or not names_an_organisation(first))
