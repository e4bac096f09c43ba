"""Codes for new badges: the doors draw them, services are told."""

from __future__ import annotations

import secrets

from ..rules.codes import BITS, code_from_bits


def new_code() -> str:
    """A badge code of 80 random bits."""
    return code_from_bits(secrets.randbits(BITS))
