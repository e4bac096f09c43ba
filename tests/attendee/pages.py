"""What a page says, without its marks."""

from __future__ import annotations

import re


def words(answer) -> str:
    """The text of an answer, or of a page, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", getattr(answer, "text", answer)))
