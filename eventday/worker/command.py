"""`worker`: takes queued jobs, as many workers as wanted, on as many machines as wanted."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from datetime import UTC, datetime

import click
from flask import Flask
from huey import Huey, crontab

from .. import create_app
from ..models import db, migrating
from ..services.job_runs import recover
from ..services.queue import make_queue, task_on
from ..settings import load_settings
from .identity import is_gone, own_name
from .running import perform

RESTART_WITHIN = 1  # seconds until a worker process that died is replaced


@click.command("worker")
@click.option("--processes", type=click.IntRange(1, 64), default=1, show_default=True, help="Jobs done at a time.")
@click.option("--beside", type=int, hidden=True, help="End when the process with this number does.")
def command(processes: int, beside: int | None) -> None:
    """Do what is queued: solves, repairs, imports."""
    settings = load_settings()
    migrating.upgrade(settings.database_url)
    logging.getLogger("huey").setLevel(logging.WARNING)
    queue = prepared_queue(create_app(settings), settings.queue_url)
    if beside:
        threading.Thread(target=_end_with, args=(beside,), daemon=True).start()
    click.echo(f"worker {own_name()} takes jobs")
    queue.create_consumer(
        workers=processes,
        worker_type="process",  # a solver that crashes or runs out of memory takes nothing else with it
        max_delay=0.5,
        health_check_interval=RESTART_WITHIN,
    ).run()


def prepared_queue(app: Flask, url: str) -> Huey:
    """The queue at `url`, with all that a worker does: jobs, and a look for lost ones at its start and every minute."""
    queue = make_queue(url)

    def look_for_lost_jobs() -> None:
        with app.app_context():
            for job_id in recover(now=datetime.now(UTC), is_gone=is_gone):
                app.logger.warning("job %s waits again: its worker died, or it was never sent", job_id)
            db.session.remove()

    queue.on_startup("look_for_lost_jobs")(look_for_lost_jobs)
    queue.periodic_task(crontab())(look_for_lost_jobs)
    task_on(queue, lambda job_id: perform(app, job_id, own_name()))
    return queue


def _end_with(process: int) -> None:
    """The server that started this worker may be killed; then its worker must not linger."""
    while os.getppid() == process:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)
