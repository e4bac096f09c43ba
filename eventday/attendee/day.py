"""A delegate's own page, what it polls, and the calendar."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Response, current_app, g, redirect, render_template, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from werkzeug.http import generate_etag, quote_etag

from ..rules.codes import read_code
from ..rules.day import current
from ..services.my_calendar import my_calendar
from ..services.my_day import Holder, MyDay, UnknownBadge, event_of, holder_of, my_day
from ..services.my_qr import qr_path
from ..web.assets import DIST, asset
from ..web.security import csrf
from . import blueprint
from .wording import day_as_json, role_words, share_text

SEEN = "seen"  # this phone's note of the version whose changes its owner has read


def open_badge(code: str) -> Holder:
    """Whose page the request is about; sets `g.event`, so that times are told in the event's zone."""
    read = read_code(code)
    holder = holder_of(read) if read else None
    if holder is None:
        raise UnknownBadge("No badge has this code any more. Scan your newest badge, or ask at the registration desk.")
    g.event = event_of(holder)
    return holder


@blueprint.get("/b/<path:rest>")
def in_small_letters(rest: str) -> ResponseReturnValue:
    """The same pages, typed by hand."""
    return redirect(f"/B/{rest}" + (f"?{request.query_string.decode()}" if request.query_string else ""))


@blueprint.get("/B/<code>")
def page(code: str) -> ResponseReturnValue:
    """The delegate's page. It reads, and needs no sign-in; whatever writes lies behind a bound phone."""
    holder = open_badge(code)
    if code != holder.code:  # cookies and the offline copy belong to one spelling
        return redirect(_canonical(holder))
    day, now = my_day(holder), datetime.now(UTC)
    polled = day_as_json(g.event, day).encode()
    return render_template(
        "attendee/day.html",
        event=g.event,
        me=holder,
        day=day,
        now=now,
        etag=quote_etag(generate_etag(polled)),
        shown=current(day.meetings, now),
        changes=day.changes_since(_seen()),
        qr=qr_path(current_app.config["EVENTDAY"].base_url, holder.code),
        share=share_text(g.event),
        role=role_words().get(holder.role, ""),
    )


def _canonical(holder: Holder) -> str:
    query = request.query_string.decode()
    return url_for(".page", code=holder.code) + (f"?{query}" if query else "")


@blueprint.get("/B/<code>.json")
def poll(code: str) -> ResponseReturnValue:
    """What the page polls: the day as data. Says 304 as long as nothing of it changed."""
    holder = open_badge(code)
    response = Response(day_as_json(g.event, my_day(holder)), mimetype="application/json")
    response.add_etag()
    return response.make_conditional(request)


@blueprint.get("/B/<code>.ics")
def calendar(code: str) -> ResponseReturnValue:
    """The calendar; its sequence numbers grow with the plan, so that calendars move what they know."""
    holder = open_badge(code)
    day: MyDay = my_day(holder)
    response = Response(my_calendar(g.event, day), mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'attachment; filename="{g.event.slug}.ics"'
    response.add_etag()
    return response.make_conditional(request)


@blueprint.post("/B/<code>/seen")
@csrf.exempt  # it writes nothing here: the phone itself keeps the note
def seen(code: str) -> ResponseReturnValue:
    """Acknowledge the changes up to `version`: this phone marks them no longer."""
    holder = open_badge(code)
    response = redirect(url_for(".page", code=holder.code))
    version = request.form.get("version", "")
    if version.isdigit():
        path = url_for(".page", code=holder.code)
        response.set_cookie(
            SEEN, version, max_age=30 * 86400, path=path, samesite="Lax", httponly=True, secure=request.is_secure
        )
    return response


def _seen() -> int | None:
    note = request.cookies.get(SEEN, "")
    return int(note) if note.isdigit() else None


@blueprint.get("/B/offline.js")
def offline_worker() -> ResponseReturnValue:
    """The service worker. It lives here because a worker serves what lies below its own address."""
    response = send_from_directory(DIST, asset("offline.js").rsplit("/", 1)[-1])
    response.headers["Cache-Control"] = "no-cache"
    return response
