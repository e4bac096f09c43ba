"""The job queue. It follows the database: huey's SQLite store beside SQLite, inside PostgreSQL otherwise; Redis by URL.

The queue only carries the numbers of jobs; what a job is, and how far it has come, is in its row (services.jobs).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from flask import current_app

if TYPE_CHECKING:  # it brings the clients of every store it knows: loaded by whoever first uses a queue
    from huey import Huey
    from huey.api import TaskWrapper

NAME = "eventday"
TASK = "perform"
ANSWERS_WITHIN = 3  # seconds
_senders: dict[str, TaskWrapper] = {}


def is_embedded(url: str) -> bool:
    """Whether the queue is a file of this machine, so that the server has to bring its own worker."""
    return url.startswith("sqlite:")


def make_queue(url: str) -> Huey:
    """The queue at `url` (sqlite:///…, postgresql://…, redis://…). Raises ValueError for any other kind of address."""
    from huey import PostgresHuey, RedisHuey, SqliteHuey

    kind = url.partition(":")[0].split("+")[0]
    if kind == "sqlite":
        return SqliteHuey(NAME, filename=str(_queue_file(url)), fsync=True, results=False)
    if kind in ("postgresql", "postgres"):
        dsn = "postgresql:" + url.partition(":")[2]
        return PostgresHuey(NAME, dsn=dsn, table_prefix="queue", results=False, connect_timeout=ANSWERS_WITHIN)
    if kind in ("redis", "rediss"):
        return RedisHuey(NAME, url=url, results=False)
    raise ValueError(f"EVENTDAY_QUEUE_URL begins with sqlite:///, postgresql:// or redis://, not with {kind}:")


def task_on(queue: Huey, perform: Callable[[int], None]) -> TaskWrapper:
    """The one task that `queue` knows: `perform` the job with a number."""

    def perform_it(job_id: int) -> None:  # huey knows a task by its module too, so sender and worker share this one
        perform(job_id)

    return queue.task(name=TASK)(perform_it)


def _sender(url: str) -> TaskWrapper:
    """Puts numbers of jobs into the queue at `url`; the worker, not we, knows how to perform them."""

    def perform(job_id: int) -> None:
        raise RuntimeError(f"job {job_id} was taken by a process that is no worker")

    if url not in _senders:
        _senders[url] = task_on(make_queue(url), perform)
    return _senders[url]


def let_go() -> None:
    """Close every connection to a queue; the next use opens its own."""
    while _senders:
        _senders.popitem()[1].huey.storage.close()


def send(job_id: int) -> None:
    """Hand the job to whichever worker is free first. Sending twice does no harm: a job is claimed once."""
    _sender(current_app.config["EVENTDAY"].queue_url)(job_id)


def waiting() -> int:
    """How many jobs wait in the queue."""
    return int(_sender(current_app.config["EVENTDAY"].queue_url).huey.pending_count())


def queue_answers() -> bool:
    """Whether the queue's store can be reached."""
    url = current_app.config["EVENTDAY"].queue_url
    try:
        # A file that was deleted under us would answer for ever from the handle that we hold.
        return waiting() >= 0 and (not is_embedded(url) or _queue_file(url).exists())
    except Exception:
        let_go()  # the connection may be broken; begin afresh next time
        return False


def _queue_file(url: str) -> Path:
    return Path(url.partition("///")[2])
