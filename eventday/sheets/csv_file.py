"""csv → a grid: UTF-8 with or without a mark, UTF-16 with one, GBK and GB18030, and the commoner separators."""

from __future__ import annotations

import codecs
import csv
import io

from .grid import MAX_BLANK_COLUMNS, MAX_COLUMNS, MAX_ROWS, Grid, Value, filled
from .rows import FileRefusedError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = ",\t;，|"


def read_csv(file: str, data: bytes) -> Grid:
    """The one grid of a csv file. Raises FileRefusedError."""
    if not data.strip():
        raise FileRefusedError("empty")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG")):
        raise FileRefusedError("not_csv")
    text = _decode(data)
    if "\0" in text:
        raise FileRefusedError("not_csv")
    # A file saved with "sep=;" on its first line says itself how to read it; the line stays a row, to keep numbers.
    first = text[:20].splitlines()[0].strip().lower()
    separator = first[4:5] if first.startswith("sep=") and len(first) == 5 else _separator(text)
    return Grid(file, "", _rows(text, separator))


def _decode(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding) or _refuse()
    # Strict UTF-8 hardly ever accepts GBK by chance; GB18030 contains GBK and GB2312.
    for encoding in ("utf-8", "gb18030"):
        if (text := _strictly(data, encoding)) is not None:
            return text
    from charset_normalizer import from_bytes  # the few who need it pay for it

    guess = from_bytes(data[:200_000]).best()
    text = _strictly(data, guess.encoding) if guess else None
    return text if text is not None else _refuse()


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _refuse() -> str:
    raise FileRefusedError("unknown_encoding")


def _separator(text: str) -> str:
    """The separator that cuts most of the first lines into most pieces; a comma when none does."""
    lines = [line for line in text[:20_000].splitlines()[:30] if line.strip()]
    counts = {mark: sum(min(line.count(mark), 50) for line in lines) for mark in _SEPARATORS}
    # Chinese commas also stand inside text, so they only count where nothing else separates.
    plain = max(",\t;|", key=lambda mark: counts[mark])
    return plain if counts[plain] else "，" if counts["，"] else ","


def _rows(text: str, separator: str) -> list[tuple[Value, ...]]:
    rows: list[tuple[Value, ...]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for row in reader:
            shown = filled(tuple(row))
            width = shown[-1][0] + 1 if shown else 0
            if width > MAX_COLUMNS or len(row) > MAX_BLANK_COLUMNS:
                raise FileRefusedError("too_many_columns", limit=str(MAX_COLUMNS))
            if len(rows) >= MAX_ROWS:
                raise FileRefusedError("too_many_rows", limit=f"{MAX_ROWS:,}")
            rows.append(tuple(row[:width]))
    except csv.Error:
        raise FileRefusedError("csv_broken", line=str(reader.line_num)) from None
    return rows
