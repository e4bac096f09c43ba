"""Repair proposals: what could be done about the day's disruptions, from least disturbance to the best day."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import solver

from ...models import Event, Job, Plan, db
from ...rules.board import Seat
from ...rules.errors import Invalid, Stale
from ...rules.plan_diff import affected, difference
from .answers import assignments, read_instance
from .disruptions import look
from .drafts import add_draft, find_plan, live_plan, objective_of
from .publishing import publish
from .situation import Situation

# A planner waits for this in front of a queue of people; what is not proven by then is offered unproven.
SECONDS = 2.5


def propose(
    event: Event,
    *,
    now: datetime,
    seconds: float = SECONDS,
    report: Callable[[dict[str, Any]], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> dict[str, Any]:
    """The Pareto list for the situation at `now`, as a document: what each proposal changes and is worth.

    `report` is told the document as it grows, so that nobody waits for the last proposal to read the first. Raises
    Invalid when nothing is published. Nothing is written; no transaction stays open while it works.
    """
    day = look(event, now=now)
    if day.plan is None:
        raise Invalid("Nothing is published yet, so there is nothing to mend.")
    plan_id, signature, document, seats = day.plan.id, day.signature, day.document, day.seats
    goals, hosts = objective_of(event), _hosts(day)
    db.session.rollback()
    published = solver.Solution("feasible", assignments(seats))
    began = time.monotonic()

    def told(found: list[solver.Solution]) -> dict[str, Any]:
        return {
            "plan_id": plan_id,
            "signature": signature,
            "seconds": round(time.monotonic() - began, 3),
            "proposals": [_proposal(each, seats, hosts) for each in found if each.found],
            "problems": [problem.to_json() for each in found if not each.found for problem in each.problems],
        }

    return told(
        solver.pareto(
            read_instance(document),
            published,
            seconds=seconds,
            objective=goals,
            progress=(lambda found: report(told(found))) if report else None,
            cancel=cancelled,
        )
    )


def _hosts(day: Situation) -> dict[str, str]:
    return {table["id"]: table["host"] for table in day.document["tables"]}


def _proposal(solution: solver.Solution, before: list[Seat], hosts: dict[str, str]) -> dict[str, Any]:
    after = [Seat(*each) for each in solution.assignments]
    changes = difference(before, after, lambda table: hosts[table])
    kinds = [change.kind for change in changes]
    return {
        "solution": solution.to_json(),
        "moved": kinds.count("moved"),
        "new": kinds.count("new"),
        "gone": kinds.count("gone"),
        "companies": affected(changes),
        "changes": [[change.company, change.host, change.old, change.new] for change in changes],
    }


def accept(event: Event, job: Job, index: int, *, now: datetime, actor: str) -> Plan:
    """Publish proposal `index` of `job` as the next version.

    Raises Stale when a version came out since, and Invalid when the day has moved on so far that it breaks a rule.
    """
    told = job.result or job.progress  # the first proposals can be taken while others are still being worked out
    proposals = told.get("proposals", ())
    if not 0 <= index < len(proposals):
        raise Invalid("There is no such proposal.")
    live = live_plan(event.id)
    if live is None or live.id != told["plan_id"]:
        raise Stale("Another version was published meanwhile. Look at the new proposals.")
    base = find_plan(event, told["plan_id"])
    document = look(event, now=now).document
    answer = proposals[index]["solution"]
    draft = add_draft(event.id, document, answer, now=now, actor=actor, based_on_id=base.id)
    return publish(event, draft, revision=None, now=now, actor=actor, document=document)
