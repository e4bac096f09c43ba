"""Organisers' sheets: from bytes to typed rows, each with its place, and a reason for all that was not taken.

`files` and `guard` open what is handed in, `workbook` and `csv_file` make grids of it, `recognise` finds the blocks
(`header_rows`, `body`), one module per kind knows its headers and reads its rows, and `reading` does it for all
files together. The words that organisers use are data: vocabulary.toml.
"""

from .blocks import Block, BlockChoice, BlockKey, Choices
from .files import SheetFile
from .header_rows import SCHEMAS
from .outcome import Reading
from .reading import KnownHost, read_files
from .rows import Kind, Place, Problem

__all__ = [
    "SCHEMAS",
    "Block",
    "BlockChoice",
    "BlockKey",
    "Choices",
    "Kind",
    "KnownHost",
    "Place",
    "Problem",
    "Reading",
    "SheetFile",
    "read_files",
]
