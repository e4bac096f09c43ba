"""Panels on the board where rules are set: a company's meetings, promises and bans; a table's seats and openings."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from ..models import Event
from ..rules.errors import Invalid, NotFound
from ..services.planning import drafts, editing
from ..services.planning.ids import round_id
from ..services.planning.reading import read
from ..web.access import event_page
from . import blueprint
from .overview import actor


@blueprint.get("/plan/<int:plan_id>/companies/<company>")
@event_page("plan")
def company_panel(event: Event, plan_id: int, company: str) -> ResponseReturnValue:
    """A company on this plan: what it has, what it lacks, what may be ruled."""
    return _company_panel(event, plan_id, company)


def _company_panel(event: Event, plan_id: int, company: str) -> str:
    reading = read(event, drafts.find_plan(event, plan_id), now=datetime.now(UTC))
    if company not in reading.by_company:
        raise NotFound("This company takes no part in the plan.")
    apart = [set(pair) - {company} for pair in reading.document["apart"] if company in pair]
    return render_template(
        "planner/company_panel.html",
        event=event,
        plan=reading.plan,
        reading=reading,
        party=reading.parties[company],
        missing=[row for row in reading.unmet if row.company.id == company],
        foes=[reading.parties[other] for others in apart for other in others],
        editable=reading.plan.state == "draft",
    )


@blueprint.get("/plan/<int:plan_id>/tables/<table>")
@event_page("plan")
def table_panel(event: Event, plan_id: int, table: str) -> ResponseReturnValue:
    """A table: its seats and the rounds in which it is open."""
    return _table_panel(event, plan_id, table)


def _table_panel(event: Event, plan_id: int, table: str) -> str:
    reading = read(event, drafts.find_plan(event, plan_id), now=datetime.now(UTC))
    place = next((each for each in reading.places if each.id == table), None)
    if place is None:
        raise NotFound("There is no such table in this event.")
    return render_template(
        "planner/table_panel.html",
        event=event,
        plan=reading.plan,
        reading=reading,
        place=place,
        editable=reading.plan.state == "draft",
    )


@blueprint.post("/plan/<int:plan_id>/companies/<company>")
@event_page("plan")
def rule_company(event: Event, plan_id: int, company: str) -> ResponseReturnValue:
    """A lock, a promise, a ban, or two kept apart: a step of the draft."""
    form = request.form
    match form.get("what"):
        case "lock" | "release":
            key = [company, form.get("table", ""), form.get("round", "")]
            revision = _rule(event, plan_id, [("lock", key, form["what"] == "lock")])
        case "pair":
            revision = _rule(event, plan_id, [("pair", [company, form.get("host", "")], form.get("rule", ""))])
        case "apart" | "together":
            revision = _rule(event, plan_id, [("apart", [company, form.get("other", "")], form["what"] == "apart")])
        case _:
            raise Invalid("Choose what to rule.", field="what")
    return {"revision": revision, "panel": _company_panel(event, plan_id, company)}


@blueprint.post("/plan/<int:plan_id>/tables/<table>")
@event_page("plan")
def rule_table(event: Event, plan_id: int, table: str) -> ResponseReturnValue:
    """Seats and openings of a table, as one step."""
    open_rounds = set(request.form.getlist("open"))
    capacity = request.form.get("capacity", type=int)
    if capacity is None:
        raise Invalid("Give a whole number of seats.", field="capacity")
    closed = sorted(each.id for each in event.rounds if round_id(each.id) not in open_rounds)
    rules = [("seats", [table], capacity), ("closed", [table], [round_id(each) for each in closed])]
    revision = _rule(event, plan_id, rules)
    return {"revision": revision, "panel": _table_panel(event, plan_id, table)}


def _rule(event: Event, plan_id: int, rules: list[tuple[str, list[str], Any]]) -> int:
    """Set the rules on the draft as it was seen; returns its new revision, which is answered with the panel anew."""
    revision = request.form.get("revision", type=int)
    if revision is None:
        raise Invalid("Name the revision of the draft that you saw.", field="revision")
    plan = drafts.find_plan(event, plan_id)
    return editing.rule(event, plan, rules, revision=revision, now=datetime.now(UTC), actor=actor())
