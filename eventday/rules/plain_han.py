"""Names found however they are written: every traditional character is read as its simplified one.

The other direction has many answers (发 is 發 and 髮), so both what is sought and what is searched are made plain.
The table is OpenCC's, character by character; tablets get it with their app and do the same offline.
"""

from __future__ import annotations

from functools import lru_cache

# The characters that keyboards write: the unified ideographs, their first extension, the compatible ones.
_WRITTEN = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))


def plain_han(text: str) -> str:
    """`text` with its traditional characters simplified; everything else stays as it is."""
    return text if text.isascii() else text.translate(_table())


@lru_cache(maxsize=1)
def traditional_pairs() -> str:
    """The table as one string, `單单國国…`: a traditional character, then its simplified one."""
    return "".join(f"{chr(code)}{plain}" for code, plain in _table().items())


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    from opencc import OpenCC  # when first used: most processes never search

    written = [chr(code) for span in _WRITTEN for code in range(*span)]
    plain = OpenCC("t2s").convert("\n".join(written)).split("\n")
    pairs = zip(written, plain, strict=True)
    return {ord(one): other for one, other in pairs if one != other and len(other) == 1 and ord(other) < 0x10000}
