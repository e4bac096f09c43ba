"""Logs as lines of JSON, for one request each and for what went wrong. No secrets, no badge codes, no personal data.

Paths carry badge codes and one-time links, so a log keeps the rule that matched (`/B/<code>`), never the path.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import time
from typing import Any, TextIO

import structlog
from flask import Flask, Response, g, request

# Longer than any word of ours: badge codes (16), tokens and one-time links, wherever a message repeats one.
_CODE = re.compile(r"(?<![\w-])(?=[\w-]*\d)[\w-]{16,}(?![\w-])")
_BADGE_PATH = re.compile(r"/b/[^\s/?#]+", re.IGNORECASE)
# Asked every few seconds by machines, and of no interest while it goes well.
QUIET = {"healthz", "readyz", "metrics", "static"}


def init_app(app: Flask) -> None:
    if not structlog.is_configured():  # commands and tests keep their standard output to themselves
        structlog.configure(logger_factory=structlog.stdlib.LoggerFactory())
    app.before_request(_begin)
    app.after_request(_tell)


def configure() -> None:
    """Make every log line of this process one JSON object on standard error; the server and the worker call it."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = _Lines(sys.stderr)
    steps: list[Any] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        masked,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=steps, foreign_pre_chain=shared))
    root = logging.getLogger()
    root.handlers, root.level = [handler], logging.INFO
    for name in ("huey", "gunicorn.error", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)


class _Lines(logging.StreamHandler[TextIO]):
    """Each line in one write, which the system keeps whole; so threads need not queue up at a lock to write theirs."""

    def createLock(self) -> None:  # noqa: N802  its name in the library
        self.lock = None

    def emit(self, record: logging.LogRecord) -> None:
        try:
            os.write(self.stream.fileno(), f"{self.format(record)}\n".encode())
        except Exception:
            self.handleError(record)


def masked(_logger: Any, _method: str, line: Any) -> Any:
    """`line` without anything that looks like a badge code, a token or a one-time link."""
    return {name: mask(value) if isinstance(value, str) else value for name, value in line.items()}


def mask(text: str) -> str:
    """`text` with codes replaced by an ellipsis."""
    return _CODE.sub("…", _BADGE_PATH.sub("/B/…", text))


def _begin() -> None:
    g.begun = time.perf_counter()


def _tell(response: Response) -> Response:
    if request.endpoint in QUIET and response.status_code < 500:
        return response
    structlog.get_logger("eventday.requests").info(
        "request",
        method=request.method,
        route=request.url_rule.rule if request.url_rule else "none",
        status=response.status_code,
        milliseconds=round((time.perf_counter() - g.get("begun", time.perf_counter())) * 1000, 1),
        staff=getattr(g.get("_login_user"), "id", None),  # whom Flask-Login has loaded; a log is no reason to load one
    )
    return response
