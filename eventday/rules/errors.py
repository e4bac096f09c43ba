"""What may be refused, said once: a code for machines, a sentence for people, translated at the door."""

from __future__ import annotations

from typing import Any


def sentence(text: str) -> str:
    """Mark `text` for translation where it is written; the door that shows it translates it."""
    return text


class DomainError(Exception):
    """A request that the rules refuse. `message` is an untranslated sentence with %(names)s for `params`."""

    code = "refused"

    def __init__(self, message: str, *, code: str | None = None, field: str | None = None, **params: Any) -> None:
        super().__init__(message % params if params else message)
        self.message = message
        self.params = params
        self.field = field
        if code:
            self.code = code


class NotFound(DomainError):
    """Nothing there by that name, number or code."""

    code = "not_found"


class Forbidden(DomainError):
    """Known, but not allowed to do this."""

    code = "forbidden"


class Stale(DomainError):
    """Somebody else changed it first; nothing was written."""

    code = "stale"


class Invalid(DomainError):
    """A field holds what it cannot hold; `field` names it."""

    code = "invalid"
