"""The board: chips on tables and rounds, verdicts before a drop, drops checked by the server, undo and redo."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from ..models import Event, Plan
from ..rules.board import Seat
from ..rules.errors import Invalid
from ..services.planning import drafts, editing, steps
from ..services.planning.reading import read
from ..web.access import event_page
from . import blueprint
from .overview import SECONDS, actor
from .plan import goals_of
from .search import search_shown


@blueprint.get("/plan/<int:plan_id>/board")
@event_page("plan")
def board(event: Event, plan_id: int) -> ResponseReturnValue:
    """The board as a page."""
    plan = drafts.find_plan(event, plan_id)
    shown = _shown(event, plan)
    search = search_shown(event, plan, shown["reading"])
    return render_template("planner/board.html", seconds=SECONDS, **shown, **search)


@blueprint.get("/plan/<int:plan_id>/board/grid")
@event_page("plan")
def grid(event: Event, plan_id: int) -> ResponseReturnValue:
    """The board alone; 204 while it is still at the revision that the page shows."""
    row = drafts.find_plan(event, plan_id)
    if request.args.get("seen") == _stamp(event, row):
        return "", 204
    return render_template("planner/grid.html", **_shown(event, row))


def _stamp(event: Event, plan: Plan) -> str:
    """Changes whenever the board would look different."""
    return f"{plan.revision}.{plan.state}.{event.revision}"


def _shown(event: Event, plan: Plan) -> dict[str, Any]:
    reading = read(event, plan, now=datetime.now(UTC))
    undoable, redoable = steps.counts(plan)
    return {
        "event": event,
        "tab": "plan",
        "plan": plan,
        "reading": reading,
        "goals_now": goals_of(event, plan, reading),
        "view": "company" if request.args.get("by") == "company" else "table",
        "undoable": undoable,
        "redoable": redoable,
        "stamp": _stamp(event, plan),
        "editable": plan.state == "draft",
    }


@blueprint.get("/plan/<int:plan_id>/verdicts.json")
@event_page("plan")
def verdicts(event: Event, plan_id: int) -> ResponseReturnValue:
    """What every cell says to a chip that has been lifted."""
    plan = drafts.find_plan(event, plan_id)
    company = request.args.get("company", "")
    origin = _seat(request.args, company, "table", "round")
    found = editing.verdicts(event, plan, company, origin, now=datetime.now(UTC))
    return {"cells": {f"{table} {round_}".strip(): verdict.to_json() for (table, round_), verdict in found.items()}}


def _seat(values: Any, company: str, table: str, round_: str) -> Seat | None:
    if not values.get(table):
        return None
    if not isinstance(values[table], str) or not isinstance(values.get(round_), str):
        raise Invalid("Name a table and a round.", field=table)
    return Seat(company, values[table], values[round_])


@blueprint.post("/plan/<int:plan_id>/moves.json")
@event_page("plan")
def move(event: Event, plan_id: int) -> ResponseReturnValue:
    """One drop: `{"revision", "company", "table", "round", "to_table", "to_round"}`; answers with the new revision."""
    plan, asked = drafts.find_plan(event, plan_id), _asked()
    company = str(asked.get("company", ""))
    revision = editing.move(
        event,
        plan,
        company,
        _seat(asked, company, "table", "round"),
        _seat(asked, company, "to_table", "to_round"),
        revision=_revision(asked),
        now=datetime.now(UTC),
        actor=actor(),
    )
    return {"revision": revision}


@blueprint.post("/plan/<int:plan_id>/<any(undo, redo):step>.json")
@event_page("plan")
def step(event: Event, plan_id: int, step: str) -> ResponseReturnValue:
    """Take the last step back, or do it again."""
    plan = drafts.find_plan(event, plan_id)
    act = steps.undo if step == "undo" else steps.redo
    return {"revision": act(plan, revision=_revision(_asked()), now=datetime.now(UTC), actor=actor())}


def _asked() -> dict[str, Any]:
    document = request.get_json(silent=True)
    if not isinstance(document, dict):
        raise Invalid("Send one JSON object.")
    return document


def _revision(asked: dict[str, Any]) -> int:
    if not isinstance(asked.get("revision"), int):
        raise Invalid("Name the revision of the draft that you saw.", field="revision")
    return int(asked["revision"])
