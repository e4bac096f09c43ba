"""Text as people paste it into cells: stray spaces of every kind, full-width letters, marks that cannot be seen."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Han (with its extensions, where rare name characters live), kana, hangul, and the punctuation between them.
_CJK = (
    "\u2e80-\u2fdf\u3001-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\U00020000-\U0003ffff"
)
_BETWEEN_CJK = re.compile(f"(?<=[{_CJK}])\\s+(?=[{_CJK}])")
# Blanks that Unicode does not call spaces: fillers of other scripts, and the braille blank.
_LOOK_BLANK = dict.fromkeys(map(ord, "\u115f\u1160\u3164\uffa0\u2800\u00a0\u3000"), " ")
_FULL_WIDTH = {
    code: code - 0xFEE0 for span in ((0xFF10, 0xFF1A), (0xFF21, 0xFF3B), (0xFF41, 0xFF5B)) for code in range(*span)
}
_TRANSLATION: dict[int, int | str] = {**_FULL_WIDTH, **_LOOK_BLANK}
# Format marks (zero-width, bidirectional), control characters, private use and lone surrogates are never meant.
_UNSEEN = {"Cf", "Cc", "Co", "Cs"}
# Those of them that no name holds and some databases cannot keep: control characters and lone surrogates.
CONTROLS = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


@lru_cache(maxsize=65536)
def tidy(text: str) -> str:
    """One line of text as it was meant: no unseen marks, single spaces, none between Chinese characters.

    Full-width letters and digits become plain; Chinese punctuation stays as it is, since names are shown with it.
    """
    if not (text.isascii() and text.isprintable()):
        text = "".join(_seen(letter) for letter in text.translate(_TRANSLATION))
        text = unicodedata.normalize("NFC", text)
    text = " ".join(text.split())
    return _BETWEEN_CJK.sub("", text)


def tidy_lines(text: str) -> str:
    """The same for a longer text, whose line breaks stay."""
    lines = [tidy(line) for line in re.split(r"\r\n|\r|\n|\u2028|\u2029", text)]
    return "\n".join(line for line in lines if line)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The form in which two spellings of one name compare equal: width, case, spaces and marks do not count."""
    plain = unicodedata.normalize("NFKC", tidy(text)).casefold()
    return "".join(letter for letter in plain if letter.isalnum() or letter == "&")


def _seen(letter: str) -> str:
    if letter in "\t\n\r\x0b\x0c\x85":
        return " "
    return "" if unicodedata.category(letter) in _UNSEEN else letter
