"""Panels on the board where rules are set: a company's meetings, promises and bans; a table's seats and openings."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import render_template, request
from flask.typing import ResponseReturnValue

from ..models import Event
from ..rules.board import Seat
from ..rules.errors import Invalid, NotFound
from ..services.planning import drafts, rulings
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
    return render_template("planner/table_panel.html", event=event, plan=reading.plan, reading=reading, place=place)


@blueprint.post("/plan/<int:plan_id>/companies/<company>")
@event_page("plan")
def rule_company(event: Event, plan_id: int, company: str) -> ResponseReturnValue:
    """A lock, a promise, a ban, or two kept apart; answers with the panel as it is now."""
    form, now = request.form, datetime.now(UTC)
    match form.get("what"):
        case "lock" | "release":
            seat = Seat(company, form.get("table", ""), form.get("round", ""))
            rulings.set_lock(event, seat, form["what"] == "lock", now=now, actor=actor())
        case "pair":
            rulings.set_pair_rule(event, company, form.get("host", ""), form.get("rule", ""), now=now, actor=actor())
        case "apart" | "together":
            other = form.get("other", "")
            rulings.set_apart(event, company, other, form["what"] == "apart", now=now, actor=actor())
        case _:
            raise Invalid("Choose what to rule.", field="what")
    return _company_panel(event, plan_id, company)


@blueprint.post("/plan/<int:plan_id>/tables/<table>")
@event_page("plan")
def rule_table(event: Event, plan_id: int, table: str) -> ResponseReturnValue:
    """Seats and openings of a table; answers with the panel as it is now."""
    reading = read(event, drafts.find_plan(event, plan_id), now=datetime.now(UTC))
    open_rounds = set(request.form.getlist("open"))
    capacity = request.form.get("capacity", type=int)
    if capacity is None:
        raise Invalid("Give a whole number of seats.", field="capacity")
    rulings.set_table(
        event,
        table,
        capacity=capacity,
        closed=[slot.id for slot in reading.slots if slot.id not in open_rounds],
        now=datetime.now(UTC),
        actor=actor(),
    )
    return _table_panel(event, plan_id, table)
