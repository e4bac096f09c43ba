"""What a worker does for a planner: solve, mend, try a scenario. The request tells the moment and the actor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from typing import Any

from ...models import Event, Job, Plan, db
from . import drafts, repairs, scenarios

Report = Callable[[dict[str, Any]], None]
Cancelled = Callable[[], bool]


def make_ready() -> None:
    """Load the optimiser before anybody waits for it, which takes half a second of a processor."""
    import_module("solver.repairs")


class GoalBoard:
    """Gathers the optimiser's progress into one picture: every goal with its value and bound so far."""

    def __init__(self, goals: tuple[str, ...], report: Report) -> None:
        self.goals: dict[str, dict[str, Any]] = {name: {"name": name, "value": None, "bound": None} for name in goals}
        self.report = report

    def __call__(self, step: Any) -> None:
        told = step.to_json()
        self.goals.setdefault(told["goal"], {"name": told["goal"]}).update(
            value=told["value"],
            bound=told["bound"],
            proven=told["value"] is not None and told["value"] == told["bound"],
        )
        self.report({"goals": list(self.goals.values()), "seconds": told["seconds"]})


def _asked(job_id: int) -> tuple[Job, Event, datetime]:
    job = db.session.get_one(Job, job_id)
    return job, db.session.get_one(Event, job.event_id), datetime.fromisoformat(job.request["now"])


def solve(job_id: int, report: Report, cancelled: Cancelled) -> dict[str, Any]:
    """A new draft, found from the `board` that the request may name. Cancelled, it keeps the best plan so far."""
    job, event, now = _asked(job_id)
    board = GoalBoard(drafts.objective_of(event), report)
    plan, answer = drafts.solve_event(
        event,
        now=now,
        actor=job.created_by,
        seconds=float(job.request["seconds"]),
        progress=board,
        cancel=cancelled,
        base=db.session.get(Plan, job.request.get("board", 0)),
    )
    return _told(plan.id if plan else None, answer)


def repair(job_id: int, report: Report, cancelled: Cancelled) -> dict[str, Any]:
    """Proposals for the day as it stood when they were asked for."""
    job, event, now = _asked(job_id)
    return repairs.propose(event, now=now, report=report, cancelled=cancelled) | {"asked_for": job.request["signature"]}


def scenario(job_id: int, report: Report, cancelled: Cancelled) -> dict[str, Any]:
    """A what-if, solved and kept beside the drafts."""
    job, event, now = _asked(job_id)
    plan, answer = scenarios.try_out(
        event,
        job.request["changes"],
        name=job.request.get("name", ""),
        now=now,
        actor=job.created_by,
        seconds=float(job.request["seconds"]),
        progress=GoalBoard(drafts.objective_of(event), report),
        cancel=cancelled,
    )
    return _told(plan.id if plan else None, answer)


def _told(plan_id: int | None, answer: dict[str, Any]) -> dict[str, Any]:
    kept = ("status", "goals", "problems", "seconds")
    return {"plan_id": plan_id} | {key: answer[key] for key in kept if key in answer}
