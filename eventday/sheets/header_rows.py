"""Whether a row is a header, of which kind, and which column means what."""

from __future__ import annotations

from collections.abc import Iterable

from eventday.rules.company_names import NameIndex
from eventday.rules.tidy_text import tidy

from . import needs, projects, registrations, rounds, tables, wishes
from .blocks import Block, BlockChoice
from .grid import Grid, Value, column_letter, filled
from .headers import IGNORED, SCORE, SERIAL, Schema, header_readings
from .record import Column
from .rows import Kind

# In order of preference when a header would do for two kinds.
SCHEMAS: dict[Kind, Schema] = {
    module.SCHEMA.kind: module.SCHEMA for module in (registrations, projects, tables, rounds, wishes, needs)
}
# A header that nobody knows is looked for this far down, so that a person can map it.
TITLE_ROWS = 10


def read_header(
    grid: Grid, number: int, row: tuple[Value, ...], hosts: NameIndex[str], choice: BlockChoice
) -> Block | None:
    """The best reading of a row as a header, if it is one: complete, or nearly so and with three known columns."""
    cells = filled(row)
    if choice.kind is None and (
        len(cells) < 2 or not all(isinstance(value, str) and len(value) <= 80 for _, value in cells)
    ):
        return None
    kinds: Iterable[Kind] = SCHEMAS
    if choice.kind in set(Kind):
        kinds = [Kind(choice.kind)]
    best: tuple[tuple[int, int], Kind, list[Column], list[str]] | None = None
    for kind in kinds:
        columns = _columns(SCHEMAS[kind], cells, hosts, choice)
        known = {column.field for column in columns if column.field and column.field not in (SERIAL, IGNORED)}
        missing = SCHEMAS[kind].lacks(known)
        score = (-len(missing), len(known))
        if best is None or score > best[0]:
            best = (score, kind, columns, missing)
    if best is None:
        return None
    (_, known_count), kind, columns, missing = best
    decided = choice.kind is not None
    if not decided and (known_count < 2 or (missing and known_count < 3)):
        return None
    if not decided and missing and number > 2 * TITLE_ROWS:
        return None  # this far down it is a row of data that happens to use our words
    return Block(grid.file, grid.sheet, number, kind, columns, [], missing, skipped=choice.kind == "skip")


def _columns(
    schema: Schema, cells: list[tuple[int, Value]], hosts: NameIndex[str], choice: BlockChoice
) -> list[Column]:
    claims: dict[str, tuple[int, int]] = {}
    fields: dict[int, str | None] = {}
    for index, value in cells:
        hit = schema.field_of(str(value))
        if hit is None or index in choice.columns:
            continue
        name, weakness = hit
        if name in (SERIAL, IGNORED):
            fields[index] = name
        elif name not in claims or weakness < claims[name][1]:
            if name in claims:
                fields[claims[name][0]] = None
            claims[name] = (index, weakness)
            fields[index] = name
    for index, value in cells:
        if schema.ranked and fields.get(index) is None and index not in choice.columns and _is_host(str(value), hosts):
            fields[index] = SCORE
    for index, name in choice.columns.items():
        fields = {column: None if taken == name and name != SCORE else taken for column, taken in fields.items()}
        fields[index] = name or IGNORED
    return [
        Column(index, column_letter(index), tidy(str(value)), fields.get(index), index in choice.columns)
        for index, value in cells
    ]


def _is_host(header: str, hosts: NameIndex[str]) -> bool:
    return any(hosts.find(reading) for reading in header_readings(header)) or hosts.find(header) is not None
