"""Headers, cookies, CSRF, throttling. Every response leaves through here."""

from __future__ import annotations

from flask import Flask, Request, Response, request, request_started
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from ..models import promise_only_to_read
from ..settings import Settings

csrf = CSRFProtect()
# Counted in the memory of each process: a deployment of n processes allows n times as much, still hopeless to guess by.
limiter = Limiter(get_remote_address, storage_uri="memory://", headers_enabled=True)

POLICY = {
    "default-src": "'none'",
    # wasm: the badge reader. No inline script, no eval, nothing from elsewhere.
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "media-src": "'self' blob:",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class _Sessions(SecureCookieSessionInterface):
    """Stations and most phones bring no session, so there is nothing to verify: theirs is empty."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)


def init_app(app: Flask) -> None:
    settings: Settings = app.config["EVENTDAY"]
    app.config.update(
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_NAME="eventday",
        PERMANENT_SESSION_LIFETIME=12 * 3600,
        # Only what changes the session writes it: the answer to a page's poll, overtaken by a form that was sent
        # meanwhile, would put back the session as it was, without what that form had to say.
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a form left open over lunch still works
        WTF_CSRF_SSL_STRICT=False,  # the venue's proxy may speak plain HTTP to us; the token itself is checked
    )
    if settings.behind_proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)  # type: ignore[method-assign]
    app.session_interface = _Sessions()
    csrf.init_app(app)
    limiter.init_app(app)
    app.after_request(_harden)
    request_started.connect(_promise, app)


def _promise(_app: Flask) -> None:
    promise_only_to_read(request.method in ("GET", "HEAD", "OPTIONS"))


def _harden(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if _is_over_https(request):
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if "Cache-Control" not in response.headers and not request.path.startswith("/static/"):
        response.headers["Cache-Control"] = "private, no-cache"
    return response


def _is_over_https(asked: Request) -> bool:
    return asked.is_secure
