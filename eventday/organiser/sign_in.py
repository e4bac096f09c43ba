"""Sign-in and sign-out."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import Response, current_app, flash, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user

from ..models import Staff
from ..services.staffing import staff as staff_service
from ..web.language import COOKIE
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
    response = make_response(redirect(_own_page(request.args.get("next")) or url_for("organiser.events")))
    return _in_their_language(member, response)


def _in_their_language(member: Staff, response: Response) -> Response:
    """A device that has chosen no language takes the one that the member used last."""
    if chosen := request.cookies.get(COOKIE):
        staff_service.remember_language(member, chosen)
    elif member.language:
        response.set_cookie(
            COOKIE, member.language, max_age=365 * 86400, samesite="Lax", secure=current_app.config["EVENTDAY"].secure
        )
    return response


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
