"""QR pictures of many delegates in one archive, a folder for each company, to be sent out before the day.

Each says whose it is, so that a picture sent to the wrong person is noticed.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from .qr import outline
from .typesetting import pages

# What Windows, the strictest of them, refuses in a file name; and names that it keeps for devices.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
PICTURE_DPI = 150  # of a card of 80 × 104 mm: 472 × 614 pixels, about 28 kB
_LONGEST = 60  # characters: a company and a name stay within Windows' 260 for a whole path


@dataclass(frozen=True)
class Picture:
    """Whose QR picture it is, and the text that it holds."""

    company: str
    name: str
    qr_text: str


def pictures_zip(event: str, pictures: Sequence[Picture], *, made_at: datetime) -> bytes:
    """A zip of PNG files at `picture_paths`; `made_at` (an aware moment) becomes the date of every file."""
    file = io.BytesIO()
    stamp = made_at.astimezone(UTC).timetuple()[:6]
    # Stored, not deflated: a PNG is compressed already.
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for path, drawn in zip(picture_paths(pictures), _draw(event, pictures), strict=True):
            archive.writestr(zipfile.ZipInfo(path, stamp), drawn)
    return file.getvalue()


def _draw(event: str, pictures: Sequence[Picture]) -> list[bytes]:
    if not pictures:
        return []
    cards = []
    for one in pictures:
        code = outline(one.qr_text)
        qr = {"modules": code.modules, "loops": code.loops}
        cards.append({"name": one.name.strip(), "company": one.company.strip(), "qr": qr})
    return pages("qr-cards.typ", {"event": event.strip(), "cards": cards}, dpi=PICTURE_DPI)


def picture_paths(pictures: Sequence[Picture]) -> list[str]:
    """`company/name.png` for each, safe on every system; two people of one name are told apart by a number."""
    taken: set[str] = set()
    paths = []
    for one in pictures:
        stem = f"{safe_name(one.company)}/{safe_name(one.name)}"
        path, number = f"{stem}.png", 1
        while path.casefold() in taken:  # Windows and macOS do not tell capitals apart
            number += 1
            path = f"{stem} ({number}).png"
        taken.add(path.casefold())
        paths.append(path)
    return paths


def safe_name(text: str) -> str:
    """`text` as a file or folder name that every system takes, never empty."""
    name = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", " ".join(text.split())))[:_LONGEST].strip(" .")
    return f"_{name}" if not name or _DEVICE.fullmatch(name) else name
