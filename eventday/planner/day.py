"""The day: what runs now and next, who is missing, what to do about it. It proposes; a planner decides."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from ..models import Event, Job, db
from ..rules.errors import Invalid
from ..services.planning import day_view, disruptions, repairs, rulings
from ..services.work import jobs
from ..web.access import event_page
from ..web.fields import on_the_day
from . import blueprint
from .overview import actor
from .plan import names_of
from .words import named, trouble


@blueprint.get("/day")
@event_page("plan")
def day(event: Event) -> ResponseReturnValue:
    """The live page of the day."""
    shown = _shown(event)
    return render_template("planner/day.html", tab="day", following=_following(shown), **shown)


@blueprint.get("/day/now")
@event_page("plan")
def day_now(event: Event) -> ResponseReturnValue:
    """The part of the page that follows the door; 204 while it would look the same.

    It is asked for every second, and several times a second while proposals are awaited: then only the worker is
    looked at (`job`, of whose proposals the page shows `shown`), so that waiting costs next to nothing.
    """
    awaited = request.args.get("job", type=int)
    if awaited is not None and _says_nothing_new(jobs.find_job(event.id, awaited), request.args.get("shown", 0, int)):
        return "", 204
    stamp, fragment = _following(_shown(event))
    return ("", 204) if request.args.get("seen") == stamp else fragment


def _says_nothing_new(job: Job, shown: int) -> bool:
    return job.working and len(job.progress.get("proposals", ())) == shown


def _following(shown: dict[str, object]) -> tuple[str, Markup]:
    """The part that follows the door, with its stamp. What did not change is not put in place again: it would close
    what somebody has opened and take the focus from who works with the keyboard."""
    fragment = render_template("planner/day_now.html", **shown)
    stamp = hashlib.sha256(fragment.replace(generate_csrf(), "").encode()).hexdigest()[:16]
    return stamp, Markup(fragment.replace("seen=stamp", f"seen={stamp}"))  # noqa: S704  our own template, escaped


def _shown(event: Event) -> dict[str, object]:
    now = datetime.now(UTC)
    look = disruptions.look(event, now=now)
    view = day_view.view(look)
    names = names_of(view.reading) if view.reading else {}
    job = _proposals_for(event, look.signature)
    return {
        "event": event,
        "now": now,
        "look": look,
        "view": view,
        "names": names,
        "troubles": [(each, trouble(each, names)) for each in look.disruptions],
        "job": job,
        "found": (job.result or job.progress) if job else {},
        "named": named,
    }


def _proposals_for(event: Event, signature: str) -> Job | None:
    """The latest search for this very situation, if there is one."""
    query = db.session.query(Job).filter_by(event_id=event.id, kind="repair").order_by(Job.id.desc())
    job = query.first()
    return job if job and job.request.get("signature") == signature and job.state != "cancelled" else None


@blueprint.post("/day/proposals")
@event_page("plan")
def propose(event: Event) -> ResponseReturnValue:
    """Ask a worker for proposals, once for each situation."""
    now = datetime.now(UTC)
    look = disruptions.look(event, now=now)
    if look.plan is not None and _proposals_for(event, look.signature) is None:
        asked = {"signature": look.signature, "plan_id": look.plan.id, "now": now.isoformat()}
        jobs.enqueue_once("repair", by="signature", event=event, request=asked, now=now, actor=actor())
    if request.headers.get("HX-Request"):
        return _following(_shown(event))[1]
    return redirect(url_for("planner.day", slug=event.slug))


@blueprint.post("/day/proposals/<int:job_id>/<int:index>")
@event_page("publish")
def accept(event: Event, job_id: int, index: int) -> ResponseReturnValue:
    """Publish one proposal as the next version; only those whom it changes are told."""
    version = repairs.accept(event, jobs.find_job(event.id, job_id), index, now=datetime.now(UTC), actor=actor())
    flash(_("Version %(n)s is published. Only those whom it changes are told.", n=version.version), "good")
    return redirect(url_for("planner.day", slug=event.slug))


@blueprint.post("/day/rulings")
@event_page("plan")
def rule(event: Event) -> ResponseReturnValue:
    """What the planner has heard: late, not coming, a table moved or closed, a link down, a round that overruns."""
    form, now = request.form, datetime.now(UTC)
    who, table = form.get("company", ""), form.get("table", "")
    match form.get("what"):
        case "late":
            rulings.set_late(event, who, _moment(form.get("until", "")), now=now, actor=actor())
        case "gone":
            rulings.set_withdrawn(event, who, True, now=now, actor=actor())
        case "back":
            rulings.set_withdrawn(event, who, False, now=now, actor=actor())
            rulings.set_late(event, who, None, now=now, actor=actor())
        case "move":
            room, room_en = form.get("room", ""), form.get("room_en", "")
            rulings.set_table(event, table, room=room, room_en=room_en, now=now, actor=actor())
        case "close" | "open":
            rulings.close_from_now_on(event, table, form["what"] == "close", now=now, actor=actor())
        case "link":
            rulings.set_table(event, table, video_state=form.get("state", ""), now=now, actor=actor())
        case "shift":
            rulings.shift_rounds(event, form.get("minutes", 0, type=int), now=now, actor=actor())
        case _:
            raise Invalid("Choose what has happened.", field="what")
    flash(_("Noted. Proposals follow if the plan is touched."), "good")
    return redirect(url_for("planner.day", slug=event.slug))


def _moment(text: str) -> datetime | None:
    if not text.strip():
        return None
    try:
        return on_the_day(datetime.strptime(text.strip(), "%H:%M").time())
    except ValueError:
        raise Invalid("Enter a time, such as 14:30.", field="until") from None


@blueprint.post("/day/offers/<int:offer_id>/<any(accept, decline):answer>")
@event_page("plan")
def answer_offer(event: Event, offer_id: int, answer: str) -> ResponseReturnValue:
    """The planner answers for a company that was offered a freed seat."""
    from ..services.planning import standby

    standby.answer(event, offer_id, answer == "accept", now=datetime.now(UTC), actor=actor())
    return redirect(url_for("planner.day", slug=event.slug))


@blueprint.post("/day/offers")
@event_page("plan")
def offer(event: Event) -> ResponseReturnValue:
    """Offer the seats that are free in the next round to those who wait, in order of claim."""
    from ..services.planning import standby

    made = standby.offer_seats(event, now=datetime.now(UTC), actor=actor())
    flash(_("%(n)s seats were offered.", n=made), "good")
    return redirect(url_for("planner.day", slug=event.slug))
