"""Pages that belong to no event: for organisers, some only for those of all events."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort
from flask_login import current_user

from ..web.access import login


def organisers_only(*, all_events: bool = False) -> Callable[[Any], Any]:
    """A view for signed-in organisers; with `all_events`, only for those of all events."""

    def decorate(view: Any) -> Any:
        @wraps(view)
        def guarded(**arguments: Any) -> Any:
            if not current_user.is_authenticated:
                return login.unauthorized()
            if current_user.role != "organiser" or (all_events and not current_user.all_events):
                abort(403)
            return view(**arguments)

        return guarded

    return decorate
