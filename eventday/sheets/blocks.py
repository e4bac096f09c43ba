"""A block: rows under one header, and what a person may decide about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from .grid import Value
from .record import Column
from .rows import Kind


@dataclass(frozen=True)
class BlockChoice:
    """What a person decided about a block: its kind ("skip": leave it out) and the fields of single columns."""

    kind: str | None = None
    columns: Mapping[int, str] = field(default_factory=dict)


# A block is told from others by its file, its sheet and the number of its header row.
BlockKey = tuple[str, str, int]
Choices = Mapping[BlockKey, BlockChoice]


@dataclass(frozen=True)
class TitleHost:
    """The host that a block of needs belongs to, by its title."""

    host: str = ""
    host_en: str = ""


@dataclass
class Block:
    """Rows under one header. `kind` is None when the header means nothing to us, or `missing` says what it lacks."""

    file: str
    sheet: str
    header_row: int
    kind: Kind | None
    columns: list[Column]
    titles: list[str]
    missing: list[str] = field(default_factory=list)
    # (row number, cells) of what is neither blank nor a note, a total or a repeated header.
    rows: list[tuple[int, tuple[Value, ...]]] = field(default_factory=list)
    skipped: bool = False
    # The host that the titles name, for rows that name none themselves.
    title_host: TitleHost = field(default_factory=TitleHost)

    @property
    def key(self) -> BlockKey:
        return (self.file, self.sheet, self.header_row)

    @property
    def unknown(self) -> list[Column]:
        """Columns that hold something and were taken for nothing."""
        return [column for column in self.columns if column.field is None]

    @property
    def file_stem(self) -> str:
        return PurePath(self.file).stem
