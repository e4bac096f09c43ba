"""Finds the blocks in a grid: where a header stands, what kind of rows follow it, which column is which.

A sheet may hold several blocks one below the other, titles above a header, and notes and totals between rows.
"""

from __future__ import annotations

from eventday.rules.company_names import NameIndex
from eventday.rules.tidy_text import tidy

from .blocks import Block, BlockChoice, Choices
from .body import collect_rows
from .grid import Grid, column_letter, filled
from .header_rows import TITLE_ROWS, read_header
from .record import Column
from .rows import Kind


def find_blocks(grid: Grid, hosts: NameIndex[str], choices: Choices) -> list[Block]:
    """The blocks of a grid, top to bottom. `hosts` are names that make a column a score for a host."""
    headers = _headers(grid, hosts, choices)
    if not headers:
        guess = _likeliest_unknown_header(grid, choices)
        return [guess] if guess else []
    blocks: list[Block] = []
    for position, header in enumerate(headers):
        begin = header.header_row
        end = headers[position + 1].header_row - 1 if position + 1 < len(headers) else len(grid.rows)
        above = headers[position - 1].header_row if position else 0
        header.titles = _titles(grid, above, begin, everything=not position)
        blocks.append(header)
        end -= _title_rows_below(grid, begin, end) if position + 1 < len(headers) else 0
        collect_rows(header, grid, begin, end)
    for block in blocks:
        _forget_empty_columns(block)
    return blocks


def _headers(grid: Grid, hosts: NameIndex[str], choices: Choices) -> list[Block]:
    found: list[Block] = []
    for number, row in enumerate(grid.rows, start=1):
        choice = choices.get((grid.file, grid.sheet, number), BlockChoice())
        header = read_header(grid, number, row, hosts, choice)
        if header is None:
            continue
        if found and found[-1].header_row == number - 1 and found[-1].kind == header.kind:
            found.pop()  # a header of two rows: the lower one is the finer
        if not (found and _repeats(found[-1], header, grid)):
            found.append(header)
    return found


def _repeats(block: Block, header: Block, grid: Grid) -> bool:
    """Whether a header is the same one once more, as on every printed page; needs under a new title are new."""
    same = block.kind == header.kind and [c.header for c in block.columns] == [c.header for c in header.columns]
    titled = header.kind == Kind.NEEDS and _titles(grid, block.header_row, header.header_row, everything=False)
    return same and not titled


def _titles(grid: Grid, above: int, header_row: int, *, everything: bool) -> list[str]:
    """The lines of text above a header: all of them above the first, else those that directly precede it."""
    rows = grid.rows[above : header_row - 1]
    if not everything:
        rows = rows[len(rows) - _title_rows_below(grid, above, header_row - 1) :]
    texts = (tidy(str(cells[0][1])) for row in rows if (cells := filled(row)) and len(cells) <= 2)
    return list(dict.fromkeys(text for text in texts if text))


def _title_rows_below(grid: Grid, begin: int, end: int) -> int:
    """How many rows at the end of a block already belong to what follows: titles and the blank rows before them."""
    count = 0
    for row in reversed(grid.rows[begin:end]):
        cells = filled(row)
        if len(cells) > 1 or count >= TITLE_ROWS:
            break
        count += 1
    return count


def _forget_empty_columns(block: Block) -> None:
    """A header without a single value below asks for no decision."""
    used = {index for _, row in block.rows for index, _ in filled(row)}
    block.columns = [column for column in block.columns if column.field or column.index in used]


def _likeliest_unknown_header(grid: Grid, choices: Choices) -> Block | None:
    """Of a sheet that means nothing to us: the first row that could be a header, for a person to say what it is."""
    for number, row in enumerate(grid.rows[: 2 * TITLE_ROWS], start=1):
        cells = filled(row)
        if len(cells) >= 2 and all(isinstance(value, str) for _, value in cells):
            columns = [Column(index, column_letter(index), tidy(str(value)), None) for index, value in cells]
            block = Block(grid.file, grid.sheet, number, None, columns, [])
            block.rows = [(at, r) for at, r in enumerate(grid.rows[number:], start=number + 1) if filled(r)]
            return block
    return None
