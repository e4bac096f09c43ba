"""What nobody can read is refused before anybody tries: JSON nested or numbered beyond all reason, and text that holds
NUL, which PostgreSQL keeps in no column. No browser of ours sends either; whoever does hears that it is their request.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from flask import Flask, abort, request


def init_app(app: Flask) -> None:
    app.before_request(_refuse_the_unreadable)


def _refuse_the_unreadable() -> None:
    if "\0" in request.path:
        abort(404)
    if any("\0" in text for text in _texts()):
        abort(400)
    if request.is_json:
        _try_json(request.get_data(cache=True))


def _texts() -> Iterator[str]:
    """What came with the address and by a form."""
    yield request.query_string.replace(b"%00", b"\0").decode("latin-1")
    if request.mimetype in ("application/x-www-form-urlencoded", "multipart/form-data"):
        for values in request.form.lists():
            yield values[0]
            yield from values[1]
        for _name, files in request.files.lists():
            yield from (file.filename or "" for file in files)


def _try_json(body: bytes) -> None:
    """A body that is simply no JSON is left to whoever reads it, who can say more."""
    try:
        json.loads(body)
    except json.JSONDecodeError:
        return
    except (RecursionError, ValueError):  # thousands of brackets, or of digits; or bytes that are no text
        abort(400)
