"""Jobs: long work asked for by a door and done in a worker process (services.job_runs is the worker's side).

A job's row says everything that a page needs: state (queued, running, done, failed, cancelled), progress while it
runs, result or error afterwards.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import current_app

from ...models import WORKING, Event, Job, db
from ...rules.errors import NotFound, sentence
from ..forum.events import hold
from .queue import send

# kind -> "module:function", loaded in the worker when such a job is due. The function is called inside an application
# context as `run(job_id, report, cancelled)` and returns the job's result, a dict that JSON can hold:
#   report(dict)   replaces the job's progress; cheap, and safe in any thread
#   cancelled()    whether to stop and return the best so far; the same
# A DomainError that it raises becomes the job's error, in words that people read; commits are its own affair.
KINDS: dict[str, str] = {
    "solve": "eventday.services.planning.solving:solve",
    "repair": "eventday.services.planning.solving:repair",
    "scenario": "eventday.services.planning.solving:scenario",
}

# Kinds that somebody waits for within seconds: a worker that is at another kind of job does them beside it.
HURRIED = frozenset({"repair"})
LOST = sentence("The program that worked on this ended %(attempts)s times before it was done. Please try again.")
BROKEN = sentence("Something went wrong on our side, and it was noted in the log. Nothing was half done.")


def enqueue(kind: str, *, event_id: int, request: dict[str, Any], now: datetime, actor: str) -> Job:
    """A new job of `kind` for a worker; commits. Raises KeyError for a kind that is not in KINDS."""
    if kind not in KINDS:
        raise KeyError(kind)
    job = Job(event_id=event_id, kind=kind, request=request, created_at=now, created_by=actor)
    db.session.add(job)
    db.session.commit()
    hand_over(job.id)
    return job


def enqueue_once(kind: str, *, by: str, event: Event, request: dict[str, Any], now: datetime, actor: str) -> Job:
    """The job of `kind` at work for `event` that was asked the same under `by`, or else a new one; commits.

    A button pressed twice, or by two planners at once, asks once. What was told to stop is not waited for.
    """
    hold(event)  # whoever asks at the same moment waits here, and then finds this one's job
    same = Job.event_id == event.id, Job.kind == kind, Job.state.in_(WORKING), Job.cancel_requested.is_(False)
    for job in db.session.query(Job).filter(*same).order_by(Job.id):
        if job.request.get(by) == request.get(by):
            db.session.commit()
            return job
    return enqueue(kind, event_id=event.id, request=request, now=now, actor=actor)


def hand_over(job_id: int) -> None:
    """Send a committed job to the queue. Where the queue is down the job stays queued; workers look for such jobs."""
    try:
        send(job_id)
    except Exception:
        current_app.logger.exception("job %s could not be sent; it waits for the next look", job_id)


def find_job(event_id: int, job_id: int) -> Job:
    """The job with this number, of this event; raises NotFound."""
    job = db.session.query(Job).filter_by(id=job_id, event_id=event_id).one_or_none()
    if job is None:
        raise NotFound("There is no such task.")
    return job


def cancel(job_id: int) -> Job:
    """Ask a job to stop: one that waits is cancelled at once, one that runs returns its best so far; commits."""
    job = db.session.get(Job, job_id, populate_existing=True, with_for_update=True)
    if job is None:
        raise NotFound("There is no such task.")
    if job.working:
        job.cancel_requested = True
    if job.state == "queued":
        job.state = "cancelled"
    db.session.commit()
    return job


def error_of(job: Job) -> tuple[str, dict[str, Any]]:
    """What went wrong with a failed job: the sentence, untranslated, and its parameters."""
    return job.error, dict(job.result.get("error_params", {}))
