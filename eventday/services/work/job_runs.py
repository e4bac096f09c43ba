"""A worker's side of jobs: claim one, keep its row alive, end it, and find those whose worker died.

A worker that was thought dead may come back. So every write after the claim names the claim (worker and attempt), and
a claim that somebody else has taken since writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from ...models import Job, db, only_reading
from .jobs import HURRIED, LOST, hand_over
from .queue import waiting

MOST_ATTEMPTS = 3
# A worker beats every two seconds; one that has been silent for so long is dead, or as good as dead.
SILENT_AFTER = timedelta(seconds=60)


class ClaimLost(Exception):
    """The job was given to another worker, because this one was thought dead."""


@dataclass(frozen=True)
class Claim:
    """The right to work on a job, held by `worker` at its `attempt`."""

    job_id: int
    kind: str
    worker: str
    attempt: int


def claim(job_id: int, *, worker: str, now: datetime) -> Claim | None:
    """Take a queued job for `worker`; None when somebody has it already, or it was cancelled. Commits."""
    statement = (
        update(Job)
        .where(Job.id == job_id, Job.state == "queued")
        .values(state="running", worker=worker, attempts=Job.attempts + 1, heartbeat_at=now, progress={})
    )
    taken = db.session.execute(statement).rowcount  # type: ignore[attr-defined]
    db.session.commit()
    if not taken:
        return None
    job = db.session.get_one(Job, job_id, populate_existing=True)
    held = Claim(job_id, job.kind, worker, job.attempts)
    db.session.rollback()
    return held


def hurried() -> list[int]:
    """Numbers of queued jobs that should not wait for another kind of job to end, oldest first."""
    with only_reading():
        queued = db.session.query(Job.id).filter(Job.state == "queued", Job.kind.in_(HURRIED))
        return [number for (number,) in queued.order_by(Job.id)]


def beat(held: Claim, *, now: datetime, progress: dict[str, Any] | None = None) -> bool:
    """Say that the work goes on; returns whether it should stop. Raises ClaimLost. Commits."""
    values: dict[str, Any] = {"heartbeat_at": now}
    if progress is not None:
        values["progress"] = progress
    _write(held, **values)
    return should_stop(held)


def should_stop(held: Claim) -> bool:
    """Whether somebody has asked for this job to be cancelled."""
    with only_reading():
        return bool(db.session.query(Job.cancel_requested).filter_by(id=held.job_id).scalar())


def succeed(held: Claim, result: dict[str, Any], *, now: datetime) -> None:
    """The work is done, or was cancelled and gave the best so far. Raises ClaimLost. Commits."""
    _write(held, state="cancelled" if should_stop(held) else "done", result=result, ended_at=now)


def fail(held: Claim, message: str, params: dict[str, Any], *, now: datetime) -> None:
    """The work cannot be done; `message` (untranslated) says why. Raises ClaimLost. Commits."""
    _write(held, state="failed", error=message, result={"error_params": params}, ended_at=now)


def give_back(held: Claim) -> None:
    """The worker stops in good order: the job waits for another one, and this attempt does not count. Commits."""
    _write(held, state="queued", worker="", attempts=held.attempt - 1)
    hand_over(held.job_id)


def _write(held: Claim, **values: Any) -> None:
    mine = (Job.id == held.job_id, Job.state == "running", Job.worker == held.worker, Job.attempts == held.attempt)
    written = db.session.execute(update(Job).where(*mine).values(**values)).rowcount  # type: ignore[attr-defined]
    db.session.commit()
    if not written:
        raise ClaimLost(f"job {held.job_id} is no longer {held.worker}'s")


def recover(*, now: datetime, is_gone: Callable[[str], bool]) -> list[int]:
    """Requeue jobs whose worker died (at most MOST_ATTEMPTS in all, then they fail); returns their numbers. Commits.

    `is_gone(worker)` is True for a worker that the caller knows to be dead; silence tells of the others. Jobs that
    wait though the queue is empty (it was down when they were asked for) are sent again too.
    """
    again: list[int] = []
    for job in db.session.query(Job).filter_by(state="running").with_for_update(skip_locked=True):
        silent = job.heartbeat_at is None or now - job.heartbeat_at > SILENT_AFTER
        if not (silent or is_gone(job.worker)):
            continue
        if job.cancel_requested:
            job.state, job.ended_at = "cancelled", now
        elif job.attempts >= MOST_ATTEMPTS:
            job.state, job.error, job.ended_at = "failed", LOST, now
            job.result = {"error_params": {"attempts": job.attempts}}
        else:
            job.state, job.worker = "queued", ""
            again.append(job.id)
    if not waiting():
        again += [number for (number,) in db.session.query(Job.id).filter_by(state="queued") if number not in again]
    db.session.commit()
    for number in again:
        hand_over(number)
    return again
