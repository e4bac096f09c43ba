"""The link, and its QR, by which a tablet becomes a station or is led to the server's new address."""

from __future__ import annotations

import base64
import hashlib
import hmac

from ...models import Station


def pair_url(base_url: str, code: str, station: Station | None = None) -> str:
    """The link that pairs a tablet. The code stands behind `#`, so that no log and no proxy ever sees it.

    For a `station` that is paired already, a proof follows the code: the tablet knows by it that the link is from the
    server that it has its token of, also where that server has another address now.
    """
    origin = base_url.rstrip("/")
    proof = "" if station is None or not station.token_digest else f".{_proof(station.token_digest, origin, code)}"
    return f"{origin}/station#pair={code}{proof}"


def _proof(token_digest: str, origin: str, code: str) -> str:
    """What only the server and the tablet can say of a link: both know the digest of the tablet's token."""
    made = hmac.new(token_digest.encode(), f"{origin.lower()} {code}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")
