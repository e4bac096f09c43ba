"""Badges on paper: the three layouts, and how large a QR code must be on each to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from ..rules.errors import DomainError, Invalid, sentence
from .cards import BadgeCard, Heading
from .typesetting import pages, pdf

# A module must span 2.3 dots at 72 dpi: then phones read it from arm's length, and decoders from a poor print.
MODULE_MM = 0.82


@dataclass(frozen=True)
class Layout:
    """A way to lay badges out; QR codes are printed between `qr_mm` and `qr_most_mm` wide."""

    name: str
    qr_mm: float
    qr_most_mm: float


LAYOUTS = {
    layout.name: layout for layout in (Layout("a6", 38, 50), Layout("90x54", 26, 34), Layout("a4-sheet", 26, 34))
}


class NothingToPrintError(DomainError):
    """No badge was asked for, or there is none."""

    code = "nothing_to_print"


def badges_pdf(cards: Sequence[BadgeCard], heading: Heading, layout: str = "a6", *, made_at: datetime) -> bytes:
    """A PDF of `cards` in their order. Raises Invalid for an unknown layout or a QR code too large for it."""
    return pdf("badges.typ", _data(cards, heading, layout), made_at=made_at)


def badge_pages(cards: Sequence[BadgeCard], heading: Heading, layout: str = "a6", *, dpi: float) -> list[bytes]:
    """The same pages as pictures (PNG), for a preview on screen."""
    return pages("badges.typ", _data(cards, heading, layout), dpi=dpi)


def _data(cards: Sequence[BadgeCard], heading: Heading, layout: str) -> dict[str, Any]:
    if layout not in LAYOUTS:
        raise Invalid(
            "There is no badge layout “%(layout)s”; choose one of %(choices)s.",
            field="layout",
            layout=layout,
            choices=", ".join(LAYOUTS),
        )
    if not cards:
        raise NothingToPrintError(sentence("There is no badge to print: no delegate was chosen."))
    return {
        "layout": layout,
        "title": heading.name,
        "heading": asdict(heading),
        "cards": [_sized(card.as_data(), LAYOUTS[layout]) for card in cards],
    }


def _sized(card: dict[str, Any], layout: Layout) -> dict[str, Any]:
    """`card` with the width of its QR code: longer addresses need more modules, and more room."""
    needed = max(layout.qr_mm, card["qr"]["modules"] * MODULE_MM)
    if needed > layout.qr_most_mm:
        raise Invalid(
            "The QR code does not fit layout %(layout)s: choose a shorter EVENTDAY_BASE_URL or layout a6.",
            field="EVENTDAY_BASE_URL",
            layout=layout.name,
        )
    return {**card, "qr_mm": needed}
