"""Jobs are done by a worker process, tell how far they are, stop when asked, and outlive the worker."""

import os
import secrets
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from flask import current_app

from eventday import create_app
from eventday.models import Job, db, only_reading
from eventday.rules.errors import NotFound
from eventday.services.work import job_runs, jobs, queue
from eventday.settings import Settings
from tests import builders, instances
from tests import live as live_tools

from . import work


class Worker(live_tools.Process):
    """`python -m eventday worker` that knows the jobs of tests/operations/work.py too."""

    module = "tests.operations.work"


@pytest.fixture(
    scope="module",
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres), "redis"],
)
def site(request, tmp_path_factory, migrated_file) -> Iterator[Settings]:
    """An instance on either database with the queue that follows it, and one with its queue in a real Redis."""
    folder = tmp_path_factory.mktemp(f"jobs-{request.param}")
    if request.param == "postgresql":
        with instances.on_postgresql(folder, request.getfixturevalue("postgres")) as settings:
            yield settings
    elif request.param == "redis":
        with live_tools.redis_server(folder) as url:
            yield instances.on_sqlite(folder, migrated_file, EVENTDAY_QUEUE_URL=url)
    else:
        yield instances.on_sqlite(folder, migrated_file)


@pytest.fixture(scope="module")
def running(site) -> Iterator[Worker]:
    """A worker for all tests of the module; some of them end it (see `worker`)."""
    started = Worker(site, "worker")
    yield started
    started.kill()


@contextmanager
def opened(settings: Settings) -> Iterator[builders.Forum]:
    """The application on `settings`, with a forum of this test's own and the kinds of job of work.py."""
    with pytest.MonkeyPatch.context() as kinds, create_app(settings).app_context():
        kinds.setattr(jobs, "KINDS", jobs.KINDS | work.KINDS)
        yield builders.small_forum(f"forum-{secrets.token_hex(3)}")
        db.session.remove()
        db.engine.dispose()
        queue.let_go()


@pytest.fixture
def house(site) -> Iterator[builders.Forum]:
    with opened(site) as forum:
        yield forum


@pytest.fixture
def new_house(any_database) -> Iterator[builders.Forum]:
    """Where no job was ever asked for."""
    with opened(any_database) as forum:
        yield forum


@pytest.fixture
def worker(house, running) -> Worker:
    """The worker, running."""
    running.keep()
    return running


@pytest.fixture
def gate(tmp_path):
    """A file that is not there yet: a job that counts waits for it, so that nobody has to hurry to find it counting."""
    return tmp_path / "gate"


def ask(forum, kind: str, **request) -> int:
    return jobs.enqueue(kind, event_id=forum.event.id, request=request, now=builders.NOW, actor="tests").id


def seen(job_id: int) -> Job:
    """The job as it now stands, taken out of the session so that looking at it holds no lock."""
    with only_reading():
        job = db.session.get_one(Job, job_id, populate_existing=True)
        db.session.expunge(job)
    return job


def ended(job_id: int) -> Job:
    live_tools.until(lambda: not seen(job_id).working, every=0.2)
    return seen(job_id)


def under_way(job_id: int) -> Job:
    live_tools.until(lambda: seen(job_id).progress.get("counted", 0) > 2, every=0.1)
    return seen(job_id)


def test_a_job_tells_how_far_it_is_and_what_came_of_it(house, worker, gate):
    job_id = ask(house, "count", to=10, gate=str(gate))
    assert 2 < under_way(job_id).progress["counted"] <= 5
    gate.touch()
    job = ended(job_id)
    assert (job.state, job.result, job.attempts) == ("done", {"counted": 10}, 1)


def test_a_job_that_is_cancelled_gives_the_best_so_far(house, worker, gate):
    job_id = ask(house, "count", to=10, gate=str(gate))
    under_way(job_id)
    jobs.cancel(job_id)
    job = ended(job_id)
    assert job.state == "cancelled"
    assert 2 < job.result["counted"] <= 5


def test_a_job_that_waits_is_cancelled_at_once_and_never_begun(new_house):
    job_id = ask(new_house, "count", to=3)
    assert jobs.cancel(job_id).state == "cancelled"
    assert job_runs.claim(job_id, worker="somebody", now=builders.NOW) is None


def test_a_job_that_a_rule_refuses_fails_in_words_for_people(house, worker):
    job = ended(ask(house, "refuse"))
    assert job.state == "failed"
    assert jobs.error_of(job) == ("%(name)s has no table.", {"name": "SNERDI"})


def test_a_job_with_a_bug_fails_the_log_says_why_and_the_worker_goes_on(house, worker):
    job = ended(ask(house, "break_down"))
    assert jobs.error_of(job) == (jobs.BROKEN, {})
    assert "ZeroDivisionError" in worker.said()
    assert ended(ask(house, "count", to=2)).state == "done"


def test_a_job_whose_process_was_killed_is_done_by_the_next(house, worker, gate):
    job_id = ask(house, "count", to=10, gate=str(gate))
    os.kill(int(under_way(job_id).worker.split("/")[1]), signal.SIGKILL)
    gate.touch()
    job = ended(job_id)
    assert (job.state, job.result, job.attempts) == ("done", {"counted": 10}, 2)


def test_a_job_is_done_after_the_whole_machine_was_cut_off(house, worker, gate):
    job_id = ask(house, "count", to=10, gate=str(gate))
    under_way(job_id)
    worker.kill()
    assert seen(job_id).state == "running"
    gate.touch()
    worker.start()
    assert ended(job_id).state == "done"


def test_a_worker_that_stops_in_good_order_hands_its_job_on_uncounted(house, worker, gate):
    job_id = ask(house, "count", to=10, gate=str(gate))
    under_way(job_id)
    worker.stop()
    assert (seen(job_id).state, seen(job_id).attempts) == ("queued", 0)
    jobs.cancel(job_id)


def test_a_job_that_kills_its_worker_every_time_fails_in_the_end(house):
    job_id = ask(house, "count", to=1)
    for attempt in range(1, job_runs.MOST_ATTEMPTS + 1):
        assert job_runs.claim(job_id, worker="dead", now=builders.NOW).attempt == attempt
        job_runs.recover(now=builders.NOW, is_gone=lambda worker: worker == "dead")
    assert jobs.error_of(seen(job_id)) == (jobs.LOST, {"attempts": 3})


def test_a_worker_that_was_thought_dead_writes_nothing_when_it_comes_back(house):
    job_id = ask(house, "count", to=1)
    slow = job_runs.claim(job_id, worker="slow", now=builders.NOW)
    job_runs.recover(now=builders.NOW + 2 * job_runs.SILENT_AFTER, is_gone=lambda _: False)
    job_runs.claim(job_id, worker="other", now=builders.NOW)
    with pytest.raises(job_runs.ClaimLost):
        job_runs.succeed(slow, {"stale": True}, now=builders.NOW)
    assert (seen(job_id).state, seen(job_id).result) == ("running", {})


def test_a_job_asked_for_while_the_queue_was_down_is_found_and_sent(new_house, monkeypatch):
    with monkeypatch.context() as down:
        gone = replace(current_app.config["EVENTDAY"], queue_url="sqlite:////nowhere/queue.db")
        down.setitem(current_app.config, "EVENTDAY", gone)
        assert not queue.queue_answers()
        job_id = ask(new_house, "count", to=1)
    assert queue.queue_answers()
    assert job_runs.recover(now=builders.NOW, is_gone=lambda _: False) == [job_id]


def test_a_job_of_another_event_is_not_found(house):
    job_id = ask(house, "count", to=1)
    other = builders.small_forum("other")
    with pytest.raises(NotFound):
        jobs.find_job(other.event.id, job_id)
