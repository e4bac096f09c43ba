"""Codes that open nothing: one helpful answer for all of them, and a brake on guessing."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_limiter.util import get_remote_address
from limits import parse

from ..rules.errors import NotFound
from ..services.phones.my_day import UnknownBadge
from ..web.errors import answer, wants_json
from ..web.language import translate_error
from ..web.security import limiter
from . import blueprint

# Only misses count: a whole forum shares the venue's one address, and nobody's guessing may lock its pages.
MISSES = parse("30 per minute")


@blueprint.errorhandler(UnknownBadge)
def unknown_badge(error: NotFound) -> ResponseReturnValue:
    """404, the same for codes that never were and codes that were replaced; 429 for whoever tries many."""
    if limiter.enabled and not limiter.limiter.hit(MISSES, "badge-miss", get_remote_address()):
        return answer(429, "too_many_requests", _("Too many attempts. Wait a minute, then try again."))
    message = translate_error(error.message, error.params)
    if wants_json() or request.path.endswith(".ics"):
        return {"error": error.code, "message": message}, 404
    return render_template("attendee/unknown.html", message=message), 404
