"""One job, from claim to end. The work runs in a thread; the main thread watches over it.

So the database hears of progress at a steady pace however often the work reports it, a solver deep in its own code
cannot keep a signal waiting, and the heartbeat goes on. A search may take minutes; the main thread also begins what the
day asks for meanwhile.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from flask import Flask
from sqlalchemy.exc import OperationalError

from ..models import db
from ..rules.errors import DomainError
from ..services.work import job_runs, jobs

LOOK_EVERY = 0.2  # seconds between looks at progress and at the wish to cancel
BEAT_EVERY = 2.0  # seconds between heartbeats of a job that has nothing to report


def perform(app: Flask, job_id: int, worker: str) -> None:
    """Do the job, if it is still to be done."""
    with app.app_context():
        held = job_runs.claim(job_id, worker=worker, now=datetime.now(UTC))
        if held is None:
            return
        work = Work(app, held)
        try:
            _watch(work, held)
            _tell(work, held)
        except job_runs.ClaimLost as lost:
            app.logger.warning("%s", lost)
        except (KeyboardInterrupt, SystemExit):
            db.session.rollback()
            job_runs.give_back(held)
            raise
        finally:
            work.stop.set()


class Work:
    """The thread that does a job, and what it last reported."""

    def __init__(self, app: Flask, held: job_runs.Claim) -> None:
        self.app, self.held = app, held
        self.stop = threading.Event()
        self.news: dict[str, Any] | None = None
        self.result: dict[str, Any] | None = None
        self.error: BaseException | None = None
        self.thread = threading.Thread(target=self._run, name=f"job {held.job_id}", daemon=True)

    def _run(self) -> None:
        with self.app.app_context():
            try:
                self.result = _function(self.held.kind)(self.held.job_id, self._report, self.stop.is_set)
            except BaseException as error:
                self.error = error
            finally:
                db.session.remove()

    def _report(self, progress: dict[str, Any]) -> None:
        self.news = progress


def _function(kind: str) -> Callable[..., dict[str, Any]]:
    module, _, name = jobs.KINDS[kind].partition(":")
    function: Callable[..., dict[str, Any]] = getattr(import_module(module), name)
    return function


def _watch(work: Work, held: job_runs.Claim) -> None:
    """Pass on progress and the wish to cancel until the work has ended."""
    work.thread.start()
    beaten, told = time.monotonic(), None
    while work.thread.is_alive():
        work.thread.join(LOOK_EVERY)
        news = work.news
        try:
            if news is not told or time.monotonic() - beaten > BEAT_EVERY:
                stop = job_runs.beat(held, now=datetime.now(UTC), progress=news)
                beaten, told = time.monotonic(), news
            else:
                stop = job_runs.should_stop(held)
            if held.kind not in jobs.HURRIED:
                _do_beside(work.app, held.worker)
        except OperationalError:  # a long import holds SQLite's one write lock, or the database is away for a moment
            db.session.rollback()
            continue
        if stop:
            work.stop.set()


def _do_beside(app: Flask, worker: str) -> None:
    """Begin what cannot wait for the job at hand, each in a thread of its own. Begun twice it is claimed once."""
    for job_id in job_runs.hurried():
        threading.Thread(target=perform, args=(app, job_id, worker), name=f"beside: {job_id}", daemon=True).start()


def _tell(work: Work, held: job_runs.Claim) -> None:
    """Write down how the work ended."""
    now = datetime.now(UTC)
    if work.error is None:
        job_runs.succeed(held, work.result or {}, now=now)
    elif isinstance(work.error, DomainError):
        job_runs.fail(held, work.error.message, work.error.params, now=now)
    else:
        work.app.logger.error("job %s (%s) broke", held.job_id, held.kind, exc_info=work.error)
        job_runs.fail(held, jobs.BROKEN, {}, now=now)
