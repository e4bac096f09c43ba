"""Sign-in and sign-out."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user

from ..services import staff as staff_service
from ..web.security import limiter
from . import blueprint


@blueprint.get("/")
def start() -> ResponseReturnValue:
    """The start page: events for staff, the sign-in for everybody else."""
    return redirect(url_for("organiser.events" if current_user.is_authenticated else "organiser.sign_in"))


@blueprint.route("/sign-in", methods=["GET", "POST"])
@limiter.limit("10 per minute; 60 per hour", methods=["POST"])
def sign_in() -> ResponseReturnValue:
    """Ask for e-mail and password; a wrong pair is told the same way whichever was wrong."""
    if request.method == "GET":
        return render_template("organiser/sign_in.html")
    member = staff_service.authenticate(
        request.form.get("email", ""), request.form.get("password", ""), now=datetime.now(UTC)
    )
    if member is None:
        flash(_("E-mail or password is wrong."), "bad")
        return render_template("organiser/sign_in.html"), 401
    session.clear()  # a session begun before sign-in is not carried into it
    login_user(member)
    session.permanent = True
    return redirect(_own_page(request.args.get("next")) or url_for("organiser.events"))


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session."""
    logout_user()
    session.clear()
    return redirect(url_for("organiser.sign_in"))


def _own_page(target: str | None) -> str | None:
    """`target` if it leads to a page of ours: never another host, whatever the link says."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else None
