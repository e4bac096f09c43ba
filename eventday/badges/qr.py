"""QR codes: as outlines for paper, as pictures for phones."""

from __future__ import annotations

import io
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..rules.errors import Invalid

if TYPE_CHECKING:  # a server draws its first code when somebody wants one, and loads then what draws it
    from qrcode import QRCode
    from qrcode.image.pil import PilImage

Point = tuple[int, int]
QUIET_ZONE = 4  # modules of white that the standard asks for on every side
# Weighing all eight masks takes four fifths of the time. Over 600 addresses like ours, pictured small, tilted and
# noisy, mask 1 was read as often as the mask weighed best, and its mean penalty was within one per cent.
MASK = 1


@dataclass(frozen=True)
class Outline:
    """A QR code as closed loops around its dark areas, in modules from its upper left corner; even-odd filled.

    One shape rather than a row of squares: adjoining squares show hairlines on some printers and viewers.
    """

    modules: int
    loops: tuple[tuple[Point, ...], ...]


def outline(text: str) -> Outline:
    """The outline of `text` at error correction M, without a quiet zone; Invalid when no QR code can hold it."""
    matrix = _encode(text).get_matrix()
    return Outline(len(matrix), tuple(_loops(_edges(matrix))))


def picture(text: str, module_pixels: int = 12) -> bytes:
    """A black and white PNG of `text`, `module_pixels` per module, with the quiet zone."""
    from qrcode.image.pil import PilImage

    code = _encode(text, border=QUIET_ZONE, box_size=module_pixels)
    file = io.BytesIO()
    code.make_image(image_factory=PilImage).save(file, "PNG")
    return file.getvalue()


def _encode(text: str, border: int = 0, box_size: int = 1) -> QRCode[PilImage]:
    from qrcode import QRCode
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.exceptions import DataOverflowError

    code: QRCode[PilImage] = QRCode(
        error_correction=ERROR_CORRECT_M, border=border, box_size=box_size, mask_pattern=MASK
    )
    code.add_data(text)
    try:
        code.make(fit=True)
    except (DataOverflowError, ValueError) as error:
        raise Invalid(
            "The QR text is too long (%(length)s characters). Choose a shorter EVENTDAY_BASE_URL.",
            field="EVENTDAY_BASE_URL",
            length=len(text),
        ) from error
    return code


def _edges(matrix: list[list[bool]]) -> dict[Point, list[Point]]:
    """Unit edges between dark and white, each with the dark on its right: from a corner to where they lead."""
    size = len(matrix)

    def dark(x: int, y: int) -> bool:
        return 0 <= x < size and 0 <= y < size and bool(matrix[y][x])

    edges: dict[Point, list[Point]] = defaultdict(list)
    for y in range(size):
        for x in range(size):
            if not dark(x, y):
                continue
            if not dark(x, y - 1):
                edges[x, y].append((x + 1, y))
            if not dark(x + 1, y):
                edges[x + 1, y].append((x + 1, y + 1))
            if not dark(x, y + 1):
                edges[x + 1, y + 1].append((x, y + 1))
            if not dark(x - 1, y):
                edges[x, y + 1].append((x, y))
    return edges


def _loops(edges: dict[Point, list[Point]]) -> list[tuple[Point, ...]]:
    """The edges joined to closed loops of corners; every corner has as many edges in as out, so each loop closes."""
    loops = []
    while edges:
        start = here = next(iter(edges))
        corners: list[Point] = []
        heading = (0, 0)
        while not corners or here != start:
            there = edges[here].pop()
            if not edges[here]:
                del edges[here]
            turn = (there[0] - here[0], there[1] - here[1])
            if turn != heading:
                corners.append(here)
            heading, here = turn, there
        loops.append(tuple(corners))
    return loops
