"""Steps on a draft: claimed by one planner, recorded whole, taken back and done again.

A step is the meetings that it took away and put down, and the rules that it set, with what held before.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update

from ...models import Assignment, Event, Plan, PlanEdit, db
from ...rules.board import Seat
from ...rules.errors import Invalid, Stale
from .. import audit
from ..forum import events
from . import rule_book
from .ids import number


def claim(plan: Plan, revision: int) -> None:
    """Raise the draft's revision, or refuse: of two planners who write on the same one, exactly one gets through."""
    statement = (
        update(Plan)
        .where(Plan.id == plan.id, Plan.revision == revision, Plan.state == "draft")
        .values(revision=revision + 1)
    )
    if not db.session.execute(statement).rowcount:  # type: ignore[attr-defined]
        raise Stale("Somebody else changed this draft first. Nothing was lost: look at it as it is now, then go on.")
    db.session.refresh(plan)


def take(plan: Plan, step: PlanEdit, *, action: str = "plan.edit") -> int:
    """Do `step` on the draft claimed before, and forget what was undone; returns the draft's revision. Commits."""
    db.session.query(PlanEdit).filter_by(plan_id=plan.id, undone=True).delete()
    db.session.add(step)
    _swap_rows(plan, _seats(step.removed), _seats(step.added))
    _put_rules(plan, [(kind, key, before, after) for kind, key, before, after in step.rules])
    return _done(plan, action, now=step.at, actor=step.by)


def undo(plan: Plan, *, revision: int, now: datetime, actor: str) -> int:
    """Take back the last step; returns the draft's revision. Raises Stale, or Invalid when there is none. Commits."""
    claim(plan, revision)
    query = db.session.query(PlanEdit).filter_by(plan_id=plan.id, undone=False)
    step = query.order_by(PlanEdit.id.desc()).first()
    if step is None:
        raise Invalid("There is nothing to undo.")
    step.undone = True
    _swap_rows(plan, _seats(step.added), _seats(step.removed))
    _put_rules(plan, [(kind, key, after, before) for kind, key, before, after in reversed(step.rules)])
    return _done(plan, "plan.undo", now=now, actor=actor)


def redo(plan: Plan, *, revision: int, now: datetime, actor: str) -> int:
    """Do again what was last undone; otherwise as `undo`."""
    claim(plan, revision)
    query = db.session.query(PlanEdit).filter_by(plan_id=plan.id, undone=True)
    step = query.order_by(PlanEdit.id).first()
    if step is None:
        raise Invalid("There is nothing to redo.")
    step.undone = False
    _swap_rows(plan, _seats(step.removed), _seats(step.added))
    _put_rules(plan, [(kind, key, before, after) for kind, key, before, after in step.rules])
    return _done(plan, "plan.redo", now=now, actor=actor)


def counts(plan: Plan) -> tuple[int, int]:
    """How many steps could be undone, and how many redone."""
    rows = [undone for (undone,) in db.session.query(PlanEdit.undone).filter_by(plan_id=plan.id)]
    return rows.count(False), rows.count(True)


def _done(plan: Plan, action: str, *, now: datetime, actor: str) -> int:
    revision = plan.revision  # read before others may write again: it is this step's, never a later one
    audit.record(at=now, actor=actor, action=action, event_id=plan.event_id, target=f"plan {plan.id}")
    db.session.commit()
    return revision


def _swap_rows(plan: Plan, removed: list[Seat], added: list[Seat]) -> None:
    for seat in removed:
        row = db.session.query(Assignment).filter_by(plan_id=plan.id, **_columns(seat)).one_or_none()
        if row is None:
            raise Stale("The meeting is not where you saw it. The board has been brought up to date.")
        db.session.delete(row)
    db.session.flush()
    db.session.add_all(Assignment(plan_id=plan.id, **_columns(seat)) for seat in added)


def _put_rules(plan: Plan, rules: list[tuple[str, list[str], Any, Any]]) -> None:
    """Turn each rule from what it was into what it is to be; one that was set elsewhere meanwhile is left alone."""
    if not rules:
        return
    event = db.session.get_one(Event, plan.event_id)
    for kind, key, before, after in rules:
        if rule_book.value_of(event, kind, key) != before:
            raise Stale("This rule was changed elsewhere since. Set it where you see it.")
        rule_book.put(event, kind, key, after)
        db.session.flush()
    events.touch(event.id)


def _columns(seat: Seat) -> dict[str, int]:
    return {"company_id": number(seat.company), "table_id": number(seat.table), "round_id": number(seat.round)}


def _seats(rows: list[list[str]]) -> list[Seat]:
    return [Seat(*row) for row in rows]
