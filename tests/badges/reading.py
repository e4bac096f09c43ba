"""How the tests read back what was printed: an independent QR decoder, and the text of a PDF."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import pypdfium2
import zxingcpp
from PIL import Image
from pypdf import PdfReader

MADE_AT = datetime(2025, 6, 1, 8, 0, 0, 123456, tzinfo=UTC)


def qr_texts(page: bytes) -> list[str]:
    """What an independent decoder reads on a page picture."""
    return sorted(found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(page)).convert("L")))


def pdf_pictures(pdf: bytes, dpi: float) -> list[Image.Image]:
    """The pages of a PDF as a renderer that is not ours draws them."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]


def pdf_qr_texts(pdf: bytes, dpi: float) -> list[str]:
    """What an independent decoder reads on all pages of a PDF, drawn at `dpi`."""
    return sorted(found.text for page in pdf_pictures(pdf, dpi) for found in zxingcpp.read_barcodes(page.convert("L")))


def pdf_texts(pdf: bytes) -> list[str]:
    """The text of each page without white space or the hyphens of divided words."""
    return [bare(page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def bare(text: str) -> str:
    """Text as it compares: line breaks, zero-width spaces and hyphens aside."""
    return re.sub(r"[\s\u200b\u00ad-]", "", text)


def page_sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each page in whole millimetres."""
    return [
        (round(float(page.mediabox.width) * 25.4 / 72), round(float(page.mediabox.height) * 25.4 / 72))
        for page in PdfReader(io.BytesIO(pdf)).pages
    ]
