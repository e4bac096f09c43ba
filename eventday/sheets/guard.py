"""Looks at a workbook before it is opened: what it is, how large it would become, what hides in it.

Nothing here trusts the file. Sizes come from what is really unpacked, not from what the archive claims.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any
from xml.sax import SAXException, handler, xmlreader

from defusedxml import DefusedXmlException, sax

from .grid import MAX_BLANK_COLUMNS, MAX_CELLS, MAX_COLUMNS
from .rows import FileRefusedError

MAX_UNPACKED_BYTES = 300 * 1024 * 1024
MAX_PART_BYTES = 120 * 1024 * 1024
MAX_PARTS = 2_000
MAX_MERGES = 20_000
# Excel's own sheets pack about 10:1; below this many bytes a high ratio does no harm.
MAX_RATIO = 120
RATIO_COUNTS_FROM = 20 * 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN_NAMESPACE = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
}


def open_workbook_archive(data: bytes) -> zipfile.ZipFile:
    """The archive of an xlsx file, once it is known to be harmless. Raises FileRefusedError, saying what to do."""
    _refuse_other_formats(data)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise FileRefusedError("truncated") from None
    parts = archive.infolist()
    names = {part.filename.lower() for part in parts}
    if len(parts) > MAX_PARTS or len(names) != len(parts):
        raise FileRefusedError("too_large_unpacked")
    if any(part.flag_bits & 0x1 for part in parts):
        raise FileRefusedError("encrypted")
    _refuse_other_archives(archive, names)
    _refuse_bombs(archive, parts)
    return archive


def merged_ranges(archive: zipfile.ZipFile) -> dict[str, list[str]]:
    """Reads all XML of a workbook through; for each sheet's part its merged ranges, as `A4:A6`.

    Raises FileRefusedError on a document type (where entity attacks begin), on what is no XML, on too many columns
    or cells: all before anything larger is built from them.
    """
    merges = {}
    for part in archive.namelist():
        if part.lower().endswith((".xml", ".rels")):
            watcher = _SheetWatcher()
            _parse(archive, part, watcher)
            merges[part] = watcher.merges
    return merges


def _refuse_other_formats(data: bytes) -> None:
    if not data:
        raise FileRefusedError("empty")
    if data.startswith(_OLE):
        secret = "EncryptedPackage".encode("utf-16-le") in data
        raise FileRefusedError("encrypted" if secret else "old_excel")
    if not data.startswith(b"PK"):
        raise FileRefusedError("not_a_workbook")


def _refuse_other_archives(archive: zipfile.ZipFile, names: set[str]) -> None:
    if any(name.endswith("vbaproject.bin") or "macrosheets/" in name for name in names):
        raise FileRefusedError("macros")
    if "xl/workbook.bin" in names or "content.xml" in names or "xl/workbook.xml" not in names:
        raise FileRefusedError("not_a_workbook")
    try:
        types = archive.open("[Content_Types].xml").read(MAX_PART_BYTES // 100)
    except (KeyError, OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        raise FileRefusedError("truncated") from None
    if b"macroEnabled" in types:
        raise FileRefusedError("macros")


def _refuse_bombs(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Unpacks everything once, a piece at a time, and keeps nothing: the archive's own figures may lie."""
    total = 0
    for part in parts:
        if part.file_size > MAX_PART_BYTES:
            raise FileRefusedError("too_large_unpacked")
        size = 0
        try:
            with archive.open(part) as stream:
                while piece := stream.read(1 << 20):
                    size += len(piece)
                    total += len(piece)
                    too_dense = size > RATIO_COUNTS_FROM and size > MAX_RATIO * max(part.compress_size, 1)
                    if size > MAX_PART_BYTES or total > MAX_UNPACKED_BYTES or too_dense:
                        raise FileRefusedError("too_large_unpacked")
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
            raise FileRefusedError("truncated") from None


def _parse(archive: zipfile.ZipFile, part: str, listener: handler.ContentHandler) -> None:
    parser: Any = sax.make_parser()
    parser.forbid_dtd = True
    parser.setFeature(handler.feature_namespaces, True)
    parser.setContentHandler(listener)
    try:
        with archive.open(part) as stream:
            parser.parse(stream)
    except DefusedXmlException:
        raise FileRefusedError("document_type") from None
    except (SAXException, KeyError, ValueError, zipfile.BadZipFile, zlib.error, EOFError):
        raise FileRefusedError("damaged") from None


class _SheetWatcher(handler.ContentHandler):
    """Counts cells and columns as they stream by, and remembers which cells are merged."""

    def __init__(self) -> None:
        super().__init__()
        self.merges: list[str] = []
        self._cells = 0
        self._in_row = 0

    def startElementNS(  # noqa: N802 (the name that SAX calls)
        self, name: tuple[str | None, str], qname: str | None, attrs: xmlreader.AttributesNSImpl
    ) -> None:
        namespace, tag = name
        if namespace not in _MAIN_NAMESPACE:
            return
        if tag == "row":
            self._in_row = 0
        elif tag == "c":
            self._cells += 1
            self._in_row += 1
            if self._in_row > MAX_BLANK_COLUMNS:
                raise FileRefusedError("too_many_columns", limit=str(MAX_COLUMNS))
            if self._cells > MAX_CELLS:
                raise FileRefusedError("too_many_cells", limit=f"{MAX_CELLS:,}")
        elif tag == "mergeCell" and len(self.merges) < MAX_MERGES:
            self.merges.append(str(attrs.get((None, "ref"), "")))
