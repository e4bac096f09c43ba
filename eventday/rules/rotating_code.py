"""The code on the hall's screen by which phones check themselves in: a new one every minute, of no use afterwards.

A message authentication code (HMAC, RFC 2104) over event and minute, as time-based one-time passwords are made
(RFC 6238), so nothing has to be kept and every server process knows the same code.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from .codes import ALPHABET

SECONDS = 60
LENGTH = 10
# The minute before is still good: somebody may raise the phone at its very end.
GRACE = 1


def code_at(secret: str, event_id: int, now: datetime) -> str:
    """The code of `now`'s minute."""
    return _code(secret, event_id, int(now.timestamp()) // SECONDS)


def is_fresh(code: str, secret: str, event_id: int, now: datetime) -> bool:
    """Whether `code` was on this event's screen within the last minute or so."""
    minute = int(now.timestamp()) // SECONDS
    asked = code.upper().encode()
    return any(hmac.compare_digest(asked, _code(secret, event_id, minute - back).encode()) for back in range(GRACE + 1))


def _code(secret: str, event_id: int, minute: int) -> str:
    digest = hmac.digest(secret.encode(), f"here:{event_id}:{minute}".encode(), hashlib.sha256)
    return "".join(ALPHABET[byte & 31] for byte in digest[:LENGTH])
