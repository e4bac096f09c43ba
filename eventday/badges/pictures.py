"""QR pictures of many delegates in one archive, a folder for each company, to be sent out before the day."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from .qr import picture

# What Windows, the strictest of them, refuses in a file name; and names that it keeps for devices.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_LONGEST = 60  # characters: a company and a name stay within Windows' 260 for a whole path


@dataclass(frozen=True)
class Picture:
    """Whose QR picture it is, and the text that it holds."""

    company: str
    name: str
    qr_text: str


def pictures_zip(pictures: Sequence[Picture], *, made_at: datetime) -> bytes:
    """A zip of PNG files at `picture_paths`; `made_at` (an aware moment) becomes the date of every file."""
    file = io.BytesIO()
    stamp = made_at.astimezone(UTC).timetuple()[:6]
    # Stored, not deflated: a PNG is compressed already.
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for path, one in zip(picture_paths(pictures), pictures, strict=True):
            archive.writestr(zipfile.ZipInfo(path, stamp), picture(one.qr_text))
    return file.getvalue()


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
