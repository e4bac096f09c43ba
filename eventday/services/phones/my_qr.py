"""A delegate's QR code as one small SVG path: it comes with the page, and so works without network."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ...badges.qr import QUIET_ZONE, outline
from ...rules.codes import badge_url


@dataclass(frozen=True)
class QrPath:
    """`path` for an SVG with `viewbox`, filled even-odd; `text` is what a scanner reads."""

    text: str
    viewbox: str
    path: str


def qr_path(base_url: str, code: str) -> QrPath:
    """The QR code that the badge `code` bears."""
    return qr_of(badge_url(base_url, code))


@lru_cache(maxsize=4096)
def qr_of(text: str) -> QrPath:
    """Any `text` as a QR code, with the quiet zone around it."""
    code = outline(text)
    size = code.modules + 2 * QUIET_ZONE
    loops = ("M" + "L".join(f"{x} {y}" for x, y in loop) + "Z" for loop in code.loops)
    return QrPath(text, f"{-QUIET_ZONE} {-QUIET_ZONE} {size} {size}", "".join(loops))
