"""One plan: what it is worth, by table, by company, every unmet wish and why; its certificate."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

import solver

from ..models import Event, Plan
from ..services.planning import certificate, drafts, editing
from ..services.planning.answers import binds_as_much
from ..services.planning.reading import Reading, read
from ..services.planning.seen import seen_by
from ..web.access import event_page
from ..web.language import is_chinese
from . import blueprint
from .overview import actor
from .words import named, party_word, place_word, slot_word


@blueprint.get("/plan/<int:plan_id>")
@event_page("plan")
def plan(event: Event, plan_id: int) -> ResponseReturnValue:
    """The plan as a page."""
    row = drafts.find_plan(event, plan_id)
    reading = read(event, row, now=datetime.now(UTC))
    return render_template(
        "planner/plan.html",
        event=event,
        tab="plan",
        plan=row,
        reading=reading,
        view="company" if request.args.get("by") == "company" else "table",
        goals_now=goals_of(event, row, reading),
        seen=seen_by(row),
    )


def goals_of(event: Event, row: Plan, reading: Reading) -> list[dict[str, Any]]:
    """The goals as they stand: a draft that was changed, or whose question was, is measured anew."""
    same = binds_as_much(reading.document, row.instance)
    if row.state != "draft" or (row.revision == 0 and same):
        return list(row.solution.get("goals", ()))
    stated = row.solution if same else {}  # bounds that were proven of another question hold for nothing
    return certificate.measured(reading.document, reading.seats, drafts.objective_of(event), stated)


@blueprint.get("/plan/<int:plan_id>/certificate.json")
@event_page("plan")
def certificate_of(event: Event, plan_id: int) -> ResponseReturnValue:
    """What a third party needs to check the plan by itself."""
    row = drafts.find_plan(event, plan_id)
    response = jsonify(certificate.certificate(row))
    name = f"{event.slug}-{'v' + str(row.version) if row.version else 'draft-' + str(row.id)}-certificate.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.get("/plan/<int:plan_id>/why")
@event_page("plan")
def why(event: Event, plan_id: int) -> ResponseReturnValue:
    """Why one company does not meet one host, who holds the seats, and the cheapest swap."""
    row = drafts.find_plan(event, plan_id)
    company, host = request.args.get("company", ""), request.args.get("host", "")
    now = datetime.now(UTC)
    try:
        told = editing.why_unmet(event, row, company, host, now=now)
    except solver.BadInput:
        return render_template("planner/why.html", told=None), 404
    reading = read(event, drafts.find_plan(event, plan_id), now=now)
    names = names_of(reading)
    return render_template(
        "planner/why.html",
        event=event,
        plan=reading.plan,
        told=told,
        names=names,
        sentence=named(str(told["zh" if is_chinese() else "en"]), names),
        relaxations=[named(each["zh" if is_chinese() else "en"], names) for each in told["relaxations"]],
    )


def names_of(reading: Reading) -> dict[str, str]:
    """Every id of the documents by the name that people know."""
    names = {identifier: party_word(party) for identifier, party in reading.parties.items()}
    names |= {place.id: place_word(place) for place in reading.places}
    return names | {slot.id: slot_word(slot) for slot in reading.slots}


@blueprint.post("/plan/<int:plan_id>/swap")
@event_page("plan")
def swap(event: Event, plan_id: int) -> ResponseReturnValue:
    """Apply the cheapest swap for a pair to the draft; it is worked out anew, so that what is applied is true now."""
    row = drafts.find_plan(event, plan_id)
    now, company, host = datetime.now(UTC), request.form.get("company", ""), request.form.get("host", "")
    revision = request.form.get("revision", -1, type=int)
    found = editing.why_unmet(event, row, company, host, now=now)
    row = drafts.find_plan(event, plan_id)
    if not found["swap"]:
        flash(_("There is no swap that grants this meeting."), "warn")
    else:
        editing.apply_swap(event, row, found["swap"], revision=revision, now=now, actor=actor())
        flash(_("The swap is on the draft. Undo takes it back."), "good")
    back = "planner.board" if request.form.get("back") == "board" else "planner.plan"
    return redirect(url_for(back, slug=event.slug, plan_id=plan_id))


@blueprint.post("/plan/<int:plan_id>/copy")
@event_page("plan")
def copy(event: Event, plan_id: int) -> ResponseReturnValue:
    """Edit a copy as a draft, while the live version stays."""
    draft = drafts.copy_to_draft(drafts.find_plan(event, plan_id), now=datetime.now(UTC), actor=actor())
    return redirect(url_for("planner.board", slug=event.slug, plan_id=draft.id))


@blueprint.post("/plan/<int:plan_id>/discard")
@event_page("plan")
def discard(event: Event, plan_id: int) -> ResponseReturnValue:
    """Put a draft away."""
    drafts.discard(drafts.find_plan(event, plan_id), now=datetime.now(UTC), actor=actor())
    flash(_("The draft was discarded."), "good")
    return redirect(url_for("planner.overview", slug=event.slug))


@blueprint.post("/plan/<int:plan_id>/name")
@event_page("plan")
def rename(event: Event, plan_id: int) -> ResponseReturnValue:
    """Call a plan something."""
    row = drafts.find_plan(event, plan_id)
    drafts.rename(row, request.form.get("name", ""), now=datetime.now(UTC), actor=actor())
    return redirect(url_for("planner.plan", slug=event.slug, plan_id=plan_id))
