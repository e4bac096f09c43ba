"""Scenarios and plans side by side; one is adopted, the others stay."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ..models import Event
from ..rules.errors import Invalid
from ..services.planning import drafts, scenarios
from ..services.planning.reading import Reading, read
from ..services.work import jobs
from ..web.access import event_page
from . import blueprint
from .overview import SECONDS, actor

MOST_SIDE_BY_SIDE = 5


@blueprint.post("/plan/scenarios")
@event_page("plan")
def try_out(event: Event) -> ResponseReturnValue:
    """Ask a worker what would be if."""
    form, now = request.form, datetime.now(UTC)
    changes: dict[str, Any] = {}
    if form.get("host"):
        changes["tables"] = [{"host": form["host"], "capacity": form.get("capacity", 8, type=int)}]
    for name in ("rounds", "minutes"):
        if form.get(name, "").strip():
            changes[name] = form.get(name, type=int)
    if not changes:
        raise Invalid("Say what should be different: a table, more rounds, or another length.")
    scenarios.changed_document(event, changes)  # refuses here what the worker would refuse
    asked = {"changes": changes, "name": form.get("name", "").strip(), "seconds": SECONDS[1], "now": now.isoformat()}
    jobs.enqueue_once("scenario", by="changes", event=event, request=asked, now=now, actor=actor())
    return redirect(url_for("planner.overview", slug=event.slug))


@blueprint.get("/plan/compare")
@event_page("plan")
def compare(event: Event) -> ResponseReturnValue:
    """Up to five plans side by side: goal by goal, by company, by host."""
    asked = list(dict.fromkeys(request.args.getlist("plan", type=int)))[:MOST_SIDE_BY_SIDE]
    readings = [read(event, drafts.find_plan(event, number), now=datetime.now(UTC)) for number in asked]
    everybody = {party.id: party for reading in readings for party in reading.companies}
    return render_template(
        "planner/compare.html",
        event=event,
        tab="plan",
        readings=readings,
        hosts=_received(readings),
        companies=sorted(everybody.values(), key=lambda party: party.label),
    )


def _received(readings: list[Reading]) -> dict[str, list[int]]:
    """How many companies each host receives, plan by plan, under the host's label."""
    found: dict[str, list[int]] = {}
    for position, reading in enumerate(readings):
        for seat in reading.seats:
            counts = found.setdefault(reading.host_of[seat.table].label, [0] * len(readings))
            counts[position] += 1
    return found


@blueprint.post("/plan/<int:plan_id>/adopt")
@event_page("plan")
def adopt(event: Event, plan_id: int) -> ResponseReturnValue:
    """Make a scenario real, as a draft."""
    draft = scenarios.adopt(event, drafts.find_plan(event, plan_id), now=datetime.now(UTC), actor=actor())
    flash(_("The scenario is a draft now; its tables and rounds were entered. Nothing is published yet."), "good")
    return redirect(url_for("planner.plan", slug=event.slug, plan_id=draft.id))
