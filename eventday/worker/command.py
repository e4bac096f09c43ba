"""`worker`: takes queued jobs, as many workers as wanted, on as many machines as wanted."""

from __future__ import annotations

from datetime import UTC, datetime

import click
from flask import Flask
from huey import Huey, crontab

from .. import create_app
from ..models import db, migrating
from ..services.phones import privacy
from ..services.planning import solving, today
from ..services.work.ending import end_with
from ..services.work.job_runs import recover
from ..services.work.queue import make_queue, task_on
from ..settings import load_settings
from ..web import logs
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
    logs.configure()
    queue = prepared_queue(create_app(settings, with_doors=False), settings.queue_url)
    if beside:
        end_with(beside)
    click.echo(f"worker {own_name()} takes jobs")
    queue.create_consumer(
        workers=processes,
        worker_type="process",  # a solver that crashes or runs out of memory takes nothing else with it
        max_delay=0.1,  # on the day somebody waits; a look at an empty queue takes a twentieth of a millisecond
        health_check_interval=RESTART_WITHIN,
    ).run()


def prepared_queue(app: Flask, url: str) -> Huey:
    """The queue at `url`, with all that a worker does: jobs, a look for lost ones every minute, and an end to personal
    data every hour; and while a forum is near, the optimiser loaded. All of it at its start too."""
    queue = make_queue(url)

    def look_for_lost_jobs() -> None:
        with app.app_context():
            for job_id in recover(now=datetime.now(UTC), is_gone=is_gone):
                app.logger.warning("job %s waits again: its worker died, or it was never sent", job_id)
            db.session.remove()

    def end_retention() -> None:
        with app.app_context():
            if erased := privacy.end_retention(now=datetime.now(UTC)):
                app.logger.warning("%s people were erased: their events keep personal data no longer", erased)
            db.session.remove()

    def make_ready() -> None:
        with app.app_context():
            if today.any_forum_near(datetime.now(UTC)):
                solving.make_ready()
            db.session.remove()

    queue.on_startup("make_ready")(make_ready)
    queue.periodic_task(crontab())(make_ready)
    queue.on_startup("end_retention")(end_retention)
    queue.periodic_task(crontab(minute="5"))(end_retention)
    queue.on_startup("look_for_lost_jobs")(look_for_lost_jobs)
    queue.periodic_task(crontab())(look_for_lost_jobs)
    task_on(queue, lambda job_id: perform(app, job_id, own_name()))
    return queue
