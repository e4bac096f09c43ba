"""Typesetting: a template of ours and data in, PDF or page pictures out. The one place that knows typst.

Data reach a template as JSON and are only ever shown, never evaluated, so a name that looks like markup prints as
it was written. Only the fonts in `fonts/` are used, so that every machine prints the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..rules.errors import DomainError, sentence

if TYPE_CHECKING:  # a compiler's weight, for those who print
    import typst

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
FONTS = HERE / "fonts"


class FontsMissingError(DomainError):
    """The fonts that set-up copies are not there."""

    code = "fonts_missing"


def pdf(template: str, data: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """The PDF that `template` makes of `data`; the same bytes for the same data and `made_at` (an aware moment)."""
    # Tags make the reading order of a whole document explicit; they cost nothing that the benchmark notices.
    stamp = made_at.astimezone(UTC).replace(microsecond=0)  # a PDF tells whole seconds
    return _one(_compiler().compile(**_job(template, data), format="pdf", timestamp=stamp))


def pages(template: str, data: Mapping[str, Any], *, dpi: float) -> list[bytes]:
    """The pages that `template` makes of `data`, each a PNG at `dpi` pixels per inch."""
    made = _compiler().compile(**_job(template, data), format="png", ppi=dpi)
    return made if isinstance(made, list) else [_one(made)]


def picture(template: str, data: Mapping[str, Any]) -> bytes:
    """The one page that `template` makes of `data`, as an SVG whose letters are outlines: it needs no font."""
    return _one(_compiler().compile(**_job(template, data), format="svg"))


def unprintable(text: str) -> str:
    """The characters of `text` that our fonts lack, each once; they would print as empty boxes."""
    missing = (char for char in text if not char.isspace() and ord(char) not in _glyphs())
    return "".join(dict.fromkeys(missing))


def _job(template: str, data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "input": str(TEMPLATES / template),
        "sys_inputs": {"data": json.dumps(data, ensure_ascii=False, separators=(",", ":"))},
    }


def _compiler() -> typst.Compiler:
    """A fresh one for every job: it is not meant to be shared between threads, and costs next to nothing."""
    import typst

    return typst.Compiler(root=str(TEMPLATES), font_paths=_fonts(), ignore_system_fonts=True)


@cache
def _fonts() -> typst.Fonts:
    import typst

    _font_files()
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


@cache
def _glyphs() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    known: set[int] = set()
    for file in _font_files():
        with TTFont(file, lazy=True) as font:
            known.update(font.getBestCmap())
    return frozenset(known)


def _font_files() -> list[Path]:
    files = sorted(FONTS.glob("*.ttf"))
    if not files:
        raise FontsMissingError(sentence("The fonts for printing are missing: run `make setup`."))
    return files


def _one(made: bytes | list[bytes] | None) -> bytes:
    assert isinstance(made, bytes)  # noqa: S101 - typst returns bytes for one file when no output path is given
    return made
