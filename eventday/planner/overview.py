"""The plan page: solve, watch it work, the drafts, the live version and those before it."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from ..models import Event, Job, db
from ..rules.errors import Invalid
from ..services.planning import drafts, instance
from ..services.planning.scenarios import hosts_for_choice
from ..services.work import jobs
from ..web.access import event_page
from . import blueprint

SECONDS = (10, 30, 60, 300)


@blueprint.get("/plan")
@event_page("plan")
def overview(event: Event) -> ResponseReturnValue:
    """Everything about the plan of the event."""
    return render_template(
        "planner/overview.html",
        event=event,
        tab="plan",
        obstacle=_obstacle(event),
        job=_latest_job(event),
        live=drafts.live_plan(event.id),
        drafts=drafts.plans_of(event, "draft"),
        scenarios=drafts.plans_of(event, "scenario"),
        versions=drafts.plans_of(event, "published", "superseded"),
        hosts=hosts_for_choice(event),
        seconds=SECONDS,
    )


def _obstacle(event: Event) -> Invalid | None:
    """What is missing before a plan can be made."""
    try:
        question = instance.event_instance(event)
    except Invalid as error:
        return error
    return (
        None if question["companies"] else Invalid("No company has declared a wish yet. Import or enter wishes first.")
    )


def _latest_job(event: Event) -> Job | None:
    query = db.session.query(Job).filter(Job.event_id == event.id, Job.kind.in_(("solve", "scenario")))
    return query.filter(Job.request["board"].as_integer().is_(None)).order_by(Job.id.desc()).first()


@blueprint.post("/plan/solve")
@event_page("plan")
def solve(event: Event) -> ResponseReturnValue:
    """Ask a worker for a new draft, one search at a time; earlier drafts stay."""
    seconds, now = seconds_asked(), datetime.now(UTC)
    if obstacle := _obstacle(event):
        raise obstacle
    asked = {"seconds": seconds, "now": now.isoformat()}
    jobs.enqueue_once("solve", by="board", event=event, request=asked, now=now, actor=actor())
    return redirect(url_for("planner.overview", slug=event.slug))


def seconds_asked() -> int:
    """The time that the form allows a search; raises Invalid for one that is not offered."""
    seconds = request.form.get("seconds", type=int) or SECONDS[1]
    if seconds not in SECONDS:
        raise Invalid("Give the search between 1 and %(most)s seconds.", field="seconds", most=SECONDS[-1])
    return seconds


@blueprint.get("/plan/jobs/<int:job_id>")
@event_page("plan")
def job(event: Event, job_id: int) -> ResponseReturnValue:
    """How far a search is: value and bound of each goal. The page asks until it has ended, then is renewed."""
    row = jobs.find_job(event.id, job_id)
    answer = make_response(render_template("planner/job.html", event=event, job=row))
    if not row.working:
        answer.headers["HX-Refresh"] = "true"  # the new draft stands in the list, and the search's outcome above it
    return answer


@blueprint.post("/plan/jobs/<int:job_id>/stop")
@event_page("plan")
def stop(event: Event, job_id: int) -> ResponseReturnValue:
    """End a search; the best plan found so far is kept as a draft."""
    jobs.cancel(jobs.find_job(event.id, job_id).id)
    return redirect(url_for("planner.overview", slug=event.slug))


def actor() -> str:
    """Who is named in the trail."""
    return str(current_user.email)
