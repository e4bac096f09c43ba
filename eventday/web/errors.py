"""The one place where errors become pages or JSON."""

from __future__ import annotations

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import HTTPException

from ..models import db
from ..rules.errors import DomainError, Forbidden, Invalid, NotFound, Stale
from .language import translate_error

STATUS: dict[type[DomainError], int] = {NotFound: 404, Forbidden: 403, Stale: 409, Invalid: 422}


def init_app(app: Flask) -> None:
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unforeseen)


def status_of(error: DomainError) -> int:
    """The HTTP status that stands for `error`."""
    return next((status for kind, status in STATUS.items() if isinstance(error, kind)), 400)


def _domain_error(error: DomainError) -> ResponseReturnValue:
    db.session.rollback()
    return answer(status_of(error), error.code, translate_error(error.message, error.params), error.field)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or (error.code or 500) < 400:
        return error
    return answer(error.code or 500, error.name.lower().replace(" ", "_"), _explain(error.code or 500))


def _unforeseen(error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    from flask import current_app

    if is_no_value(error):
        current_app.logger.warning("a value that no database holds at %s %s", request.method, request.endpoint)
        return answer(400, "bad_request", _explain(400))
    current_app.logger.exception("unforeseen error at %s %s", request.method, request.endpoint)
    if is_storage_full(error):
        return answer(507, "storage_full", _explain(507))
    if current_app.testing:
        raise error
    return answer(500, "internal_error", _explain(500))


def is_no_value(error: Exception) -> bool:
    """Whether the request held what no database can: a number beyond its range, a NUL character.

    Forms and services bound what they take; this is for queries and fields that no form of ours sends.
    """
    return isinstance(error, DataError) or (isinstance(error, OverflowError) and "SQLite" in str(error))


def is_storage_full(error: Exception) -> bool:
    """Whether the database could not be written because its disk is full (or its file may not grow)."""
    if not isinstance(error, OperationalError):
        return False
    told = str(error.orig)
    no_space = getattr(error.orig, "sqlstate", "") == "53100"  # PostgreSQL: disk_full
    return no_space or "database or disk is full" in told or "disk I/O error" in told


def answer(status: int, code: str, message: str, field: str | None = None) -> ResponseReturnValue:
    """`message` as JSON to machines, as a page to people, as a fragment where htmx asked."""
    if wants_json():
        body = {"error": code, "message": message} | ({"field": field} if field else {})
        return body, status
    template = "errors/fragment.html" if request.headers.get("HX-Request") else "errors/page.html"
    return render_template(template, status=status, message=message), status


def wants_json() -> bool:
    """Whether a machine asks."""
    if request.path.startswith("/api/") or request.path.endswith(".json"):
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json" and request.accept_mimetypes["text/html"] == 0


def _explain(status: int) -> str:
    match status:
        case 400:
            return _("The request could not be understood. Go back, reload the page and try again.")
        case 401:
            return _("Please sign in first.")
        case 403:
            return _("This is not open to you. Ask an organiser of the event for access.")
        case 404:
            return _("There is nothing at this address. Check it, or begin again from the start page.")
        case 405:
            return _("This address does not take that kind of request.")
        case 413:
            return _("That is too large. Files may have up to 64 MB.")
        case 429:
            return _("Too many attempts. Wait a minute, then try again.")
        case 507:
            return _("The server's disk is full. Nothing was half done; free some space, then try again.")
        case status if status >= 500:
            return _("Something went wrong on our side. Nothing was half done; please try again.")
    return _("This did not work.")
