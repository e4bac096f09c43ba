"""Searches started from a board: the draft stays as it is until a planner takes over what was found, or lets it go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ...models import Event, Job, Plan, db
from ...rules.errors import NotFound, Stale
from ...rules.plan_diff import Change
from . import drafts, editing
from .publishing import changes_between


@dataclass(frozen=True)
class Search:
    """A search from a board on which nothing is decided yet. `found` is the plan it ended with, if it has one."""

    job: Job
    found: Plan | None
    changes: list[Change]


def request_of(plan: Plan, *, seconds: int, now: datetime) -> dict[str, Any]:
    """What the job of a search from this draft is asked."""
    return {"seconds": seconds, "now": now.isoformat(), "board": plan.id}


def search_of(plan: Plan) -> Search | None:
    """The latest search from this draft, until somebody has decided what becomes of it."""
    query = db.session.query(Job).filter_by(event_id=plan.event_id, kind="solve")
    job = query.filter(Job.request["board"].as_integer() == plan.id).order_by(Job.id.desc()).first()
    if job is None or plan.state != "draft" or job.result.get("decided"):
        return None
    found = _found_by(job)
    if job.result.get("plan_id") and found is None:
        return None  # it went its own way: published, or discarded from the list of drafts
    return Search(job, found, changes_between(plan, found) if found else [])


def _found_by(job: Job) -> Plan | None:
    query = db.session.query(Plan).filter_by(event_id=job.event_id, state="draft")
    return query.filter_by(id=job.result.get("plan_id")).one_or_none()


def of_board(plan: Plan, job: Job) -> Job:
    """`job`, if it is a search from this draft; raises NotFound for any other."""
    if job.request.get("board") != plan.id:
        raise NotFound("There is no such task.")
    return job


def take_over(event: Event, plan: Plan, job: Job, *, revision: int, now: datetime, actor: str) -> None:
    """Put what the search found on the board, as a step that undo takes back.

    Raises Stale when it is gone or the draft is not at `revision`, Invalid when it breaks a rule by now. Commits.
    """
    found = _found_by(job)
    if found is not None:
        drafts.hold(found)  # else somebody might publish it just now, and have the live version discarded
    if found is None or found.state != "draft":
        raise Stale("What the search found was discarded or published meanwhile. Search again.")
    found.state = "discarded"
    _decided(job)
    editing.lay_anew(event, plan, found, revision=revision, now=now, actor=actor)


def let_go(job: Job, *, now: datetime, actor: str) -> None:
    """Leave the draft as it is; what was found is discarded. Commits."""
    found = _found_by(job)
    _decided(job)
    if found is not None:
        drafts.discard(found, now=now, actor=actor)
    db.session.commit()


def _decided(job: Job) -> None:
    job.result = job.result | {"decided": True}
