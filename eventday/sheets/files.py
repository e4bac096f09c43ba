"""A file, by its ending and its content → grids."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath

from .csv_file import read_csv
from .grid import MAX_FILE_BYTES, Grid
from .rows import FileRefusedError


@dataclass(frozen=True)
class SheetFile:
    """What somebody handed in: the name they know it by, and its bytes."""

    name: str
    data: bytes = field(repr=False)
    # Only for a file that had to be renamed, because another one has its name.
    ending: str = ""


def read_grids(file: SheetFile) -> tuple[list[Grid], list[str]]:
    """The grids in a file, and the names of hidden sheets left out. Raises FileRefusedError."""
    if len(file.data) > MAX_FILE_BYTES:
        raise FileRefusedError("too_large", limit=str(MAX_FILE_BYTES // 1024 // 1024))
    if not file.data:
        raise FileRefusedError("empty")
    ending = (file.ending or PurePath(file.name).suffix).lower()
    if ending == ".xlsx":
        from .workbook import read_workbook  # openpyxl is 30 MB: only for processes that open a workbook

        return read_workbook(file.name, file.data)
    if ending == ".csv":
        return [read_csv(file.name, file.data)], []
    if ending in (".xlsm", ".xltm", ".xlam"):
        raise FileRefusedError("macros")
    raise FileRefusedError("old_excel" if ending == ".xls" else "unknown_ending", ending=ending or "—")
