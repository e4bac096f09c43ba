"""A search from the board: watched there, ended there, its plan compared with the draft, and taken over or not."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ..models import Event, Plan
from ..rules.errors import Invalid, Stale
from ..rules.plan_diff import by_company
from ..services.planning import drafts, searches
from ..services.planning.reading import Reading, read
from ..services.work import jobs
from ..web.access import event_page
from . import blueprint
from .overview import actor, seconds_asked
from .plan import goals_of, names_of


def search_shown(event: Event, plan: Plan, reading: Reading) -> dict[str, Any]:
    """What `planner/search.html` tells of the search from this draft."""
    search = searches.search_of(plan)
    found = search.found if search else None
    now = {goal["name"]: goal for goal in goals_of(event, plan, reading)} if found else {}
    return {
        "search": search,
        "told": by_company(search.changes) if search else {},
        "names": names_of(reading) if found else {},
        "goals_compared": [(now.get(goal["name"]), goal) for goal in found.solution["goals"]] if found else [],
    }


@blueprint.post("/plan/<int:plan_id>/search")
@event_page("plan")
def search_from(event: Event, plan_id: int) -> ResponseReturnValue:
    """Ask a worker for a better plan than this draft; one search at a time."""
    plan = drafts.find_plan(event, plan_id)
    seconds, now = seconds_asked(), datetime.now(UTC)
    if plan.state != "draft":
        raise Stale("This plan is no draft any more. Look at the versions.")
    asked = searches.request_of(plan, seconds=seconds, now=now)
    jobs.enqueue_once("solve", by="board", event=event, request=asked, now=now, actor=actor())
    return _to_the_board(event, plan_id)


@blueprint.get("/plan/<int:plan_id>/search")
@event_page("plan")
def search(event: Event, plan_id: int) -> ResponseReturnValue:
    """How far the search is, or what it found, old beside new. The board asks for it while it works."""
    plan = drafts.find_plan(event, plan_id)
    reading = read(event, plan, now=datetime.now(UTC))
    return render_template("planner/search.html", event=event, plan=plan, **search_shown(event, plan, reading))


@blueprint.post("/plan/<int:plan_id>/search/<int:job_id>/<any(stop, take, leave):what>")
@event_page("plan")
def settle_search(event: Event, plan_id: int, job_id: int, what: str) -> ResponseReturnValue:
    """End the search, take over what it found, or leave the draft as it is."""
    plan, now = drafts.find_plan(event, plan_id), datetime.now(UTC)
    job = searches.of_board(plan, jobs.find_job(event.id, job_id))
    if what == "stop":
        jobs.cancel(job.id)
    elif what == "leave":
        searches.let_go(job, now=now, actor=actor())
    else:
        revision = request.form.get("revision", type=int)
        if revision is None:
            raise Invalid("Name the revision of the draft that you saw.", field="revision")
        searches.take_over(event, plan, job, revision=revision, now=now, actor=actor())
        flash(_("What was found is on the board. Undo takes it back."), "good")
    return _to_the_board(event, plan_id)


def _to_the_board(event: Event, plan_id: int) -> ResponseReturnValue:
    return redirect(url_for("planner.board", slug=event.slug, plan_id=plan_id))
