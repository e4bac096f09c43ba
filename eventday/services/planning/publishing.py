"""Publishing: a draft becomes a numbered, frozen version, the old one steps back, all in one transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError

from ...models import Event, ForumTable, Plan, db
from ...rules.board import Seat
from ...rules.errors import Invalid, Stale
from ...rules.plan_diff import Change, difference
from .. import audit
from ..forum import events
from .answers import binds_as_much, judged
from .drafts import add_draft, hold, objective_of
from .ids import host_id, seats_of, table_id
from .instance import event_instance
from .today import as_of


def publish(
    event: Event,
    plan: Plan,
    *,
    revision: int | None,
    now: datetime,
    actor: str,
    document: dict[str, Any] | None = None,
) -> Plan:
    """Make draft `plan` the live version; returns it with its number.

    `revision` is the draft as the planner saw it. `document` is the question that it answers, where that is not the
    event's own (a repair knows who has not come). Raises Stale when it was changed since or somebody published first,
    Invalid when it breaks a rule as the rules stand now. Nothing is written then.
    """
    hold(plan)  # whoever moves a meeting meanwhile waits, and is told that this is no draft any more
    if plan.state != "draft":
        raise Stale("This plan is no draft any more. Look at the versions.")
    if revision is not None and revision != plan.revision:
        raise Stale("The draft was changed since you opened it. Look at it again, then publish.")
    seats = seats_of(plan)
    document = document or as_of(event, event_instance(event), seats, now=now)
    same = binds_as_much(document, plan.instance)
    plan.solution = judged(document, seats, objective_of(event), plan.solution if same else None) | _record(plan, same)
    plan.instance = document
    try:
        _step_back(event.id)
        plan.state = "published"
        plan.version = (db.session.query(func.max(Plan.version)).filter_by(event_id=event.id).scalar() or 0) + 1
        plan.published_at, plan.published_by = now, actor
        db.session.flush()
        events.touch(event.id)
        target = f"version {plan.version}"
        audit.record(at=now, actor=actor, action="plan.publish", event_id=event.id, target=target, meetings=len(seats))
        db.session.commit()
    except IntegrityError as error:
        db.session.rollback()
        raise Stale("Somebody else has just published a version. Look at it, then publish again.") from error
    return plan


def _record(plan: Plan, same: bool) -> dict[str, Any]:
    """How the plan came about stays with it: the seed and the search of an untouched answer."""
    kept = ("seed", "seconds", "solver") if same and plan.revision == 0 else ("seed",)
    return {key: plan.solution[key] for key in kept if key in plan.solution}


def _step_back(event_id: int) -> None:
    """The live version is superseded first, since the database itself allows only one."""
    db.session.query(Plan).filter_by(event_id=event_id, state="published").update({Plan.state: "superseded"})
    db.session.flush()


def roll_back_to(event: Event, plan: Plan, *, now: datetime, actor: str) -> Plan:
    """An earlier version again, as a new version; history stays as it was."""
    if plan.version is None or plan.state == "published":
        raise Invalid("Choose an earlier version.")
    answer = plan.solution | {"assignments": [seat._asdict() for seat in seats_of(plan)]}
    again = add_draft(event.id, plan.instance, answer, now=now, actor=actor, based_on_id=plan.id)
    return publish(event, again, revision=None, now=now, actor=actor)


def changes_between(old: Plan | None, new: Plan) -> list[Change]:
    """The difference of two plans of one event."""
    hosts = _hosts_of_tables(new) | (_hosts_of_tables(old) if old else {})
    before: list[Seat] = seats_of(old) if old else []
    return difference(before, seats_of(new), lambda table: hosts[table])


def _hosts_of_tables(plan: Plan) -> dict[str, str]:
    """Which host receives at which table: as the plan knew it, and at tables that came later as it is now."""
    rows = db.session.query(ForumTable.id, ForumTable.host_id).filter_by(event_id=plan.event_id)
    known = {table["id"]: table["host"] for table in plan.instance.get("tables", ())}
    return {table_id(table): host_id(host) for table, host in rows} | known
