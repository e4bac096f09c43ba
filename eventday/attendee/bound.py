"""Whose page is asked for, whose phone asks, and how a phone is bound to a badge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, TypeVar

from flask import current_app, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ..models import Badge, Event, db
from ..rules.codes import read_code
from ..rules.errors import Forbidden, Invalid
from ..services.people.delegates import find_delegate
from ..services.phones import binding
from ..services.phones.my_day import Holder, UnknownBadge, event_of, holder_of
from ..web.access import actor, event_page
from ..web.language import translate_error
from . import blueprint

LASTS = 120 * 86400
View = TypeVar("View", bound=Callable[..., Any])


def read_badge(code: str) -> Holder:
    """Whose page the request is about; raises UnknownBadge."""
    read = read_code(code)
    holder = holder_of(read) if read else None
    if holder is None:
        raise UnknownBadge("No badge has this code any more. Scan your newest badge, or ask at the registration desk.")
    return holder


def open_badge(code: str) -> Holder:
    """`read_badge`, with `g.event` set, so that times are told in the event's zone."""
    holder = read_badge(code)
    g.event = event_of(holder)
    return holder


def bound_here() -> int | None:
    """The delegate of `g.event` whose phone asks, if it is bound. One phone may be bound at several events."""
    return binding.bound_delegate(phone_token(g.event.id), g.event.id)


def own_code() -> str | None:
    """The code on the badge that this phone is bound to at `g.event`, if it is bound."""
    badge = db.session.query(Badge.code).filter_by(delegate_id=bound_here() or 0, revoked_at=None).one_or_none()
    return badge.code if badge else None


def own_phone(view: View) -> View:
    """A view below `/B/<code>` for the phone bound to that very badge; it gets the Holder. Others are asked to bind."""

    @wraps(view)
    def guarded(code: str, **arguments: Any) -> Any:
        holder = open_badge(code)
        if bound_here() != holder.delegate_id:
            return redirect(url_for("attendee.bind", code=holder.code, next=request.endpoint.partition(".")[2]))  # type: ignore[union-attr]
        response = make_response(view(holder, **arguments))
        response.headers.setdefault("Cache-Control", "no-store")  # other people's details stay in no copy on the phone
        return response

    return guarded  # type: ignore[return-value]


@blueprint.route("/B/<code>/bind", methods=["GET", "POST"])
def bind(code: str) -> ResponseReturnValue:
    """Ask for the last four digits, or the desk's code, and bind this phone."""
    holder = open_badge(code)
    error = None
    if request.method == "POST":
        try:
            token = binding.bind_phone(holder.delegate_id, request.form.get("digits", ""), now=datetime.now(UTC))
        except (Invalid, Forbidden) as refused:
            error = translate_error(refused.message, refused.params)
        else:
            flash(_("This phone is yours now. Only this phone writes for your badge."), "good")
            return _with_token(redirect(_next_page(holder)), token)
    return render_template("attendee/bind.html", event=g.event, me=holder, error=error), 422 if error else 200


@blueprint.post("/B/<code>/unbind")
@own_phone
def unbind(holder: Holder) -> ResponseReturnValue:
    """This phone goes to somebody else: it reads, and no longer writes."""
    binding.unbind(phone_token(g.event.id), now=datetime.now(UTC))
    response = redirect(url_for(".page", code=holder.code))
    response.delete_cookie(_cookie(g.event.id))
    return response


@blueprint.post("/events/<slug>/people/<int:delegate_id>/phone-code")
@event_page("desk")
def desk_code(event: Event, delegate_id: int) -> ResponseReturnValue:
    """The desk hands out a code for somebody without a number on the list."""
    person = find_delegate(event, delegate_id)
    code = binding.desk_code(person, now=datetime.now(UTC), actor=actor())
    return render_template("attendee/desk_code.html", event=event, tab="badges", person=person, code=code)


def _next_page(holder: Holder) -> str:
    wanted = request.args.get("next", "")
    pages = {"wishes", "outcomes", "contacts", "visitors", "privacy"}
    return url_for(f".{wanted if wanted in pages else 'page'}", code=holder.code)


def _with_token(response: Any, token: str) -> ResponseReturnValue:
    response.set_cookie(
        _cookie(g.event.id),
        token,
        max_age=LASTS,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["EVENTDAY"].secure,
    )
    return response


def phone_token(event_id: int) -> str:
    """The token that this phone was given at the event, whether or not it is still good."""
    return request.cookies.get(_cookie(event_id), "")


def _cookie(event_id: int) -> str:
    return f"phone-{event_id}"
