"""One row seen through its header: fields by name, and a list where unreadable cells are written down."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TypeVar

from .cells import UnreadableError, as_clock, as_date, as_lines, as_name, as_one_of, as_text, as_whole_number
from .grid import Value
from .headers import SCORE
from .rows import Place, Problem, WishedHost

T = TypeVar("T")

# Interest by rank: the first wish counts 5, the fourth 2; whatever follows counts 1.
INTEREST_BY_RANK = {1: 5, 2: 4, 3: 3, 4: 2}


class RowRefusedError(Exception):
    """A row that cannot be taken. `code` and `params` as in Problem."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Column:
    """A column of a block: its place, what stands above it, and the field it was taken for (None: unknown)."""

    index: int
    letter: str
    header: str
    field: str | None
    by_hand: bool = False


@dataclass
class Record:
    """A row under its header. Reading an unreadable optional cell gives nothing and leaves a warning."""

    place: Place
    columns: list[Column]
    cells: tuple[Value, ...]
    year: int
    # What the block knows beyond its cells: the host that its title names.
    host: str = ""
    host_en: str = ""
    warnings: list[Problem] = field(default_factory=list)

    def has(self, name: str) -> bool:
        """Whether the block has this column at all."""
        return any(column.field == name for column in self.columns)

    def text(self, name: str, limit: int = 200) -> str:
        return self._optional(name, lambda value: as_text(value, limit)) or ""

    def name(self, name: str, limit: int = 200) -> str:
        return self._optional(name, lambda value: as_name(value, limit)) or ""

    def lines(self, name: str) -> str:
        return self._optional(name, as_lines) or ""

    def needed(self, name: str, missing: str, limit: int = 200) -> str:
        """A name without which the row means nothing. Raises RowRefusedError."""
        try:
            text = as_name(self._value(name), limit)
        except UnreadableError as why:
            raise RowRefusedError(why.code, column=self._header(name), **why.params) from None
        if not text:
            raise RowRefusedError(missing)
        return text

    def number(self, name: str, least: int, most: int) -> int | None:
        return self._optional(name, lambda value: as_whole_number(value, least, most))

    def day(self, name: str) -> date | None:
        return self._optional(name, lambda value: as_date(value, self.year))

    def clock(self, name: str) -> time | datetime | None:
        return self._optional(name, lambda value: as_clock(value, self.year))

    def one_of(self, name: str, words: dict[str, tuple[str, ...]], code: str) -> str | None:
        return self._optional(name, lambda value: as_one_of(value, words, code))

    def parsed(self, name: str, read: Callable[[Value], T]) -> T | None:
        """Any other reading; `read` raises UnreadableError."""
        return self._optional(name, read)

    def warn(self, code: str, **params: str) -> None:
        self.warnings.append(Problem(self.place, code, params))

    def wishes(self) -> tuple[WishedHost, ...]:
        """Wishes from ranked columns and from a column per host; one host named twice counts by its best place."""
        best: dict[str, WishedHost] = {}
        for wish in (*self._ranked(), *self._scored()):
            known = best.get(wish.host)
            if known is None or wish.interest > known.interest:
                best[wish.host] = wish
        return tuple(best.values())

    @property
    def asks_for_wishes(self) -> bool:
        return any(
            column.field and (column.field.startswith("wish") or column.field == SCORE) for column in self.columns
        )

    def _ranked(self) -> Iterable[WishedHost]:
        for column in self.columns:
            if column.field and column.field.startswith("wish") and column.field[4:].isdigit():
                rank = int(column.field[4:])
                host = self._optional_in(column, as_name)
                if host:
                    yield WishedHost(host, INTEREST_BY_RANK.get(rank, 1), column.header)

    def _scored(self) -> Iterable[WishedHost]:
        for column in self.columns:
            if column.field == SCORE:
                score = self._optional_in(column, lambda value: as_whole_number(value, 0, 5))
                if score:
                    yield WishedHost(column.header, score, column.header)

    def _optional(self, name: str, read: Callable[[Value], T]) -> T | None:
        column = next((column for column in self.columns if column.field == name), None)
        return self._optional_in(column, read) if column else None

    def _optional_in(self, column: Column, read: Callable[[Value], T]) -> T | None:
        value = self.cells[column.index] if column.index < len(self.cells) else None
        try:
            return read(value)
        except UnreadableError as why:
            self.warn(why.code, column=column.header, **why.params)
            return None

    def _value(self, name: str) -> Value:
        index = next((column.index for column in self.columns if column.field == name), None)
        return self.cells[index] if index is not None and index < len(self.cells) else None

    def _header(self, name: str) -> str:
        return next((column.header for column in self.columns if column.field == name), name)
