"""Who is at the door: sign-in, roles, and which events a member of staff may touch."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, abort, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user

from ..models import Event, Staff, db
from ..rules import roles

IDLE_SECONDS = 4 * 3600
View = TypeVar("View", bound=Callable[..., Any])
login = LoginManager()


def init_app(app: Flask) -> None:
    login.init_app(app)
    login.user_loader(load_staff)
    login.unauthorized_handler(_to_sign_in)
    app.before_request(_expire)
    app.jinja_env.globals["may"] = may


def load_staff(session_id: str) -> Staff | None:
    """The member of staff whose session this is, unless it was ended from elsewhere."""
    number, _, epoch = session_id.partition(".")
    staff = db.session.get(Staff, int(number)) if number.isdigit() else None
    return staff if staff and staff.is_active and str(staff.session_epoch) == epoch else None


def _expire() -> None:
    """A session unused for four hours ends; a tablet left on a counter is nobody's."""
    if "_user_id" not in session:
        return
    now = datetime.now(UTC).timestamp()
    if now - session.get("seen", now) > IDLE_SECONDS:
        session.clear()
    elif now - session.get("seen", 0) > 60:
        session["seen"] = now
        session.permanent = True


def _to_sign_in() -> ResponseReturnValue:
    from .errors import wants_json

    if wants_json() or request.headers.get("HX-Request"):
        abort(401)
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("organiser.sign_in", next=target))


def actor() -> str:
    """Whoever is signed in, as the audit trail names people: by number, since names may be erased."""
    return f"staff {current_user.id}"


def may(task: str) -> bool:
    """Whether whoever is signed in may do `task` (rules.roles names the tasks) on the event at hand."""
    return current_user.is_authenticated and roles.allows(current_user.role, task)


def event_page(task: str) -> Callable[[View], View]:
    """A view below `/events/<slug>`: signed in, allowed `task`, on this event. The view gets the Event itself.

    An event that the person does not belong to is a 404, the same as one that does not exist.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(slug: str, **arguments: Any) -> Any:
            if not current_user.is_authenticated:
                return login.unauthorized()
            event = visible_events().filter(Event.slug == slug).one_or_none()
            if event is None:
                abort(404)
            if not roles.allows(current_user.role, task):
                abort(403)
            g.event = event
            return view(event, **arguments)

        return guarded  # type: ignore[return-value]

    return decorate


def visible_events() -> Any:
    """A query over the events of whoever is signed in, latest first."""
    query = db.session.query(Event).order_by(Event.date.desc(), Event.id.desc())
    if not current_user.all_events:
        query = query.filter(Event.id.in_([event.id for event in current_user.events]))
    return query
