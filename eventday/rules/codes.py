"""Badge codes: 80 random bits as 16 characters of Crockford's base 32, read back however they were typed.

Crockford's alphabet (https://www.crockford.com/base32.html) has no I, L, O or U; those, and what optical
confusion or a Chinese input method makes of the others, are understood as the character that was meant.
"""

from __future__ import annotations

import re
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
BITS = 80
_LOOK_ALIKE = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
_PATH = re.compile(r"/B/([^/?#.]+)", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s\-–—_·.]+")


def code_from_bits(bits: int) -> str:
    """The code for `bits`, 0 ≤ bits < 2**80; raises ValueError outside."""
    if not 0 <= bits < 1 << BITS:
        raise ValueError("a badge code holds 80 bits")
    return "".join(ALPHABET[bits >> shift & 31] for shift in range(BITS - 5, -1, -5))


def read_code(text: str) -> str | None:
    """The code in `text` (bare, or a badge's whole URL, whatever its host), or None where there is none."""
    plain = unicodedata.normalize("NFKC", text)  # first: an input method widens a whole address
    found = _PATH.search(plain)
    bare = _BETWEEN.sub("", found.group(1) if found else plain).upper()
    code = bare.translate(_LOOK_ALIKE)
    return code if len(code) == LENGTH and all(character in ALPHABET for character in code) else None


def badge_url(base_url: str, code: str) -> str:
    """What a badge's QR says: upper case throughout, so that it fits the QR alphanumeric mode."""
    return f"{base_url.rstrip('/')}/B/{code}".upper()
