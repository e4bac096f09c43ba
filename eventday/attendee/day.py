"""A delegate's own page, what it polls, and the calendar."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from flask import Response, current_app, g, redirect, render_template, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from werkzeug.http import generate_etag, quote_etag

from ..models import db
from ..rules.day import current
from ..services.phones import my_visitors, my_wishes
from ..services.phones.my_calendar import my_calendar
from ..services.phones.my_day import Holder, MyDay, event_of, my_day
from ..services.phones.my_qr import qr_path
from ..services.planning.drafts import live_plan
from ..services.planning.seen import note_seen
from ..web.assets import DIST, asset
from ..web.language import both
from ..web.security import csrf
from . import blueprint
from .bound import bound_here, open_badge, own_code, phone_token, read_badge
from .news import news_for
from .remembered import Remembered
from .wording import day_as_json, role_words, share_text

_remembered = Remembered()
SEEN = "seen"  # this phone's note of the version whose changes its owner has read, and of when they were shown
_NOTE = re.compile(r"(\d{1,9})-(\d{1,14})")


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
    now = datetime.now(UTC)  # before anything is read: what changes from here on was not yet shown
    day, phone = my_day(holder), bound_here()
    news = news_for(holder, phone, now)
    polled = day_as_json(g.event, day, news.digest).encode()
    return render_template(
        "attendee/day.html",
        event=g.event,
        me=holder,
        day=day,
        now=now,
        etag=quote_etag(generate_etag(polled)),
        shown=current(day.meetings, now),
        changes=day.changes_since(*_seen()),
        qr=qr_path(current_app.config["EVENTDAY"].base_url, holder.code),
        share=share_text(g.event),
        role=role_words().get(holder.role, ""),
        mine=phone == holder.delegate_id,
        visitor=phone is not None and phone != holder.delegate_id,
        own_code=own_code() if phone not in (None, holder.delegate_id) else None,
        news=news,
        asks=_asked_of(holder, now) if phone == holder.delegate_id and not day.version else "",
    )


def _asked_of(holder: Holder, now: datetime) -> str:
    """What the organisers wait for before they plan: a host's `ratings`, a company's `wishes`, or nothing any more."""
    if holder.hosts:
        return "ratings" if my_visitors.may_rate(g.event, now) else ""
    return "wishes" if my_wishes.are_open(g.event, now) else ""


def _canonical(holder: Holder) -> str:
    query = request.query_string.decode()
    return url_for(".page", code=holder.code) + (f"?{query}" if query else "")


@blueprint.get("/B/<code>.json")
def poll(code: str) -> ResponseReturnValue:
    """What the page polls: the day as data. Says 304 as long as nothing of it changed."""
    holder = read_badge(code)
    phone = (holder.code, phone_token(holder.event_id))
    told = _remembered.tag(phone, holder.stamp)
    if told and told in request.if_none_match:
        unchanged = Response(status=304)
        unchanged.set_etag(told)
        return unchanged
    g.event = event_of(holder)
    news = news_for(holder, bound_here(), datetime.now(UTC))
    response = Response(day_as_json(g.event, my_day(holder), news.digest), mimetype="application/json")
    response.add_etag()
    _remembered.keep(phone, holder.stamp, response.get_etag()[0] or "")
    return response.make_conditional(request)


@blueprint.get("/B/<code>.ics")
def calendar(code: str) -> ResponseReturnValue:
    """The calendar; its sequence numbers grow with the plan, so that calendars move what they know."""
    holder = open_badge(code)
    day: MyDay = my_day(holder)
    response = Response(my_calendar(g.event, day, both), mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'attachment; filename="{g.event.slug}.ics"'
    response.add_etag()
    return response.make_conditional(request)


@blueprint.post("/B/<code>/seen")
@csrf.exempt  # the phone itself keeps the note; whoever forges it only hides a mark that the plan still bears out
def seen(code: str) -> ResponseReturnValue:
    """Acknowledge the changes up to `version`: this phone marks them no longer."""
    holder = open_badge(code)
    _note_shown(holder)
    response = redirect(url_for(".page", code=holder.code))
    note = request.form.get("version", "")
    if _NOTE.fullmatch(note):
        path = url_for(".page", code=holder.code)
        response.set_cookie(
            SEEN, note, max_age=30 * 86400, path=path, samesite="Lax", httponly=True, secure=request.is_secure
        )
    return response


@blueprint.post("/B/<code>/shown")
@csrf.exempt  # a page without a form says so; it is noted once, and changes nothing that anybody sees on a phone
def shown(code: str) -> ResponseReturnValue:
    """The page has shown the live version: planners see how many of those concerned have seen it."""
    _note_shown(open_badge(code))
    return "", 204


def _note_shown(holder: Holder) -> None:
    live = live_plan(holder.event_id)
    if live is not None:
        note_seen(live.id, holder.delegate_id, now=datetime.now(UTC))
        db.session.commit()


def _seen() -> tuple[int, datetime] | tuple[()]:
    """The version that the owner has read, and when it was shown."""
    note = _NOTE.fullmatch(request.cookies.get(SEEN, ""))
    return (int(note[1]), datetime.fromtimestamp(int(note[2]) / 1000, UTC)) if note else ()


@blueprint.get("/B/offline.js")
def offline_worker() -> ResponseReturnValue:
    """The service worker. It lives here because a worker serves what lies below its own address."""
    response = send_from_directory(DIST, asset("offline.js").rsplit("/", 1)[-1])
    response.headers["Cache-Control"] = "no-cache"
    return response
