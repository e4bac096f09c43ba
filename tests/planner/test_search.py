"""A search from the board: the draft stays until what was found is taken over, and undo brings it back even then."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine

from eventday import create_app
from eventday.models import Job, Plan, db, writing
from eventday.services.forum.events import hold
from eventday.services.planning import drafts, searches
from eventday.services.planning.ids import seats_of
from eventday.services.work import job_runs, jobs, queue
from tests import instances
from tests.builders import NOW, signed_in, small_forum
from tests.live import until

from .test_plan import do_jobs


@pytest.fixture
def draft(forum, planner) -> Plan:
    """A draft of the small forum from which a planner has taken one meeting off the board."""
    plan, _answer = drafts.solve_event(forum.event, now=NOW, actor="tests", seconds=60)
    off = seats_of(plan)[0]._asdict()
    assert planner.post(url(plan, "moves.json"), json=off | {"revision": 0}).status_code == 200
    return plan


def url(plan: Plan, rest: str) -> str:
    return f"/events/forum/plan/{plan.id}/{rest}"


def searched(app, client, plan: Plan) -> Job:
    """A search from the board that has ended."""
    answer = client.post(url(plan, "search"), data={"seconds": "60"})
    assert answer.headers["Location"].endswith(url(plan, "board"))
    do_jobs(app)
    return db.session.query(Job).one()


def test_what_a_search_finds_is_shown_beside_the_draft_and_taken_over_as_one_step(app, planner, draft):
    before = seats_of(draft)
    job = searched(app, planner, draft)
    assert seats_of(draft) == before
    page = planner.get(url(draft, "board?lang=en")).text
    for told in ("Proven best.", "1 company is affected", "1 with 1 · 3 with 2", "<strong>4 with 2</strong>"):
        assert told in page, told
    planner.post(url(draft, f"search/{job.id}/take"), data={"revision": "1"})
    assert len(seats_of(draft)) == len(before) + 1
    page = planner.get(url(draft, "board?lang=en")).text
    assert "Take it over" not in page
    assert page.count('tag--good">✓<') == 4, "every goal is proven again"
    assert [plan.state for plan in db.session.query(Plan).order_by(Plan.id)] == ["draft", "discarded"]
    planner.post(url(draft, "undo.json"), json={"revision": 2})
    assert seats_of(draft) == before


def test_what_is_not_taken_over_is_discarded_and_the_board_stays_as_it_was(app, forum, planner, draft):
    before = seats_of(draft)
    job = searched(app, planner, draft)
    planner.post(url(draft, f"search/{job.id}/leave"))
    assert seats_of(draft) == before
    assert "Take it over" not in planner.get(url(draft, "board?lang=en")).text
    assert [plan.id for plan in drafts.plans_of(forum.event, "draft")] == [draft.id]


def test_what_was_found_is_not_laid_over_a_board_that_has_moved_on(app, planner, draft):
    job = searched(app, planner, draft)
    second = seats_of(draft)[-1]
    planner.post(url(draft, "moves.json"), json=second._asdict() | {"revision": 1})
    assert planner.post(url(draft, f"search/{job.id}/take"), data={"revision": "1"}).status_code == 409
    assert second not in seats_of(draft)
    assert "2 companies are affected" in planner.get(url(draft, "search?lang=en")).text


def test_a_search_that_finds_nothing_better_says_so(app, forum, planner, draft):
    planner.post(url(draft, "undo.json"), json={"revision": 1})
    before = seats_of(draft)
    job = searched(app, planner, draft)
    assert "Nothing better was found" in planner.get(url(draft, "board?lang=en")).text
    planner.post(url(draft, f"search/{job.id}/take"), data={"revision": "2"})
    assert seats_of(draft) == before
    assert "Nothing better was found" not in planner.get(url(draft, "board?lang=en")).text


def test_while_it_works_the_board_tells_value_limit_and_time_and_can_end_it(planner, draft):
    planner.post(url(draft, "search"), data={"seconds": "60"})
    planner.post(url(draft, "search"), data={"seconds": "60"})
    job = db.session.query(Job).one()  # one search at a time
    held = job_runs.claim(job.id, worker="tests 1", now=NOW)
    goals = [{"name": "must", "value": 0, "bound": 0, "proven": True}, {"name": "fair", "value": [0, 4], "bound": None}]
    job_runs.beat(held, now=NOW, progress={"goals": goals, "seconds": 12.3})
    page = planner.get(url(draft, "search?lang=en")).text
    for told in ("12 of at most 60 seconds", "4 with 1", "✓ proven", "Stop here and keep the best so far"):
        assert told in page, told
    planner.post(url(draft, f"search/{job.id}/stop"))
    assert job_runs.should_stop(held)


@pytest.mark.postgres
def test_two_who_ask_at_the_same_moment_start_one_search(tmp_path, postgres):
    with instances.on_postgresql(tmp_path, postgres) as settings:
        app = create_app(settings)
        app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
        with app.app_context(), ThreadPoolExecutor(1) as another:
            event = small_forum().event
            draft, _answer = drafts.solve_event(event, now=NOW, actor="tests", seconds=60)
            asked = {"event": event, "request": searches.request_of(draft, seconds=60, now=NOW), "now": NOW}
            planner, address = signed_in(app, "planner"), url(draft, "search")
            hold(event)  # the first is about to ask when the second one comes
            second = another.submit(planner.post, address, data={"seconds": "60"})
            until(lambda: second.done() or waiting_for_a_row())
            jobs.enqueue_once("solve", by="board", actor="tests", **asked)
            assert second.result().status_code == 302
            assert db.session.query(Job).count() == 1
            db.session.remove()
            db.engine.dispose()
            queue.let_go()


def waiting_for_a_row() -> bool:
    """Whether somebody waits for what another transaction holds."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    with db.engine.connect() as other:
        return bool(other.exec_driver_sql(waiting).scalar())


def test_only_a_search_from_this_board_is_settled_here(app, forum, planner, draft):
    planner.post("/events/forum/plan/solve", data={"seconds": "60"})
    do_jobs(app)
    job = db.session.query(Job).one()
    for what in ("stop", "take", "leave"):
        assert planner.post(url(draft, f"search/{job.id}/{what}"), data={"revision": "1"}).status_code == 404, what
    found = db.session.get_one(Plan, job.result["plan_id"])
    assert (found.state, "decided" in job.result) == ("draft", False)


def test_promises_that_cannot_all_be_kept_are_told_with_the_reason(app, forum, planner, draft):
    with writing():
        forum.tables[0].capacity = 1
    promise = {"what": "pair", "host": f"h{forum.hosts[0].id}", "rule": "must"}
    for revision, company in enumerate(forum.companies[:3], start=1):
        planner.post(url(draft, f"companies/c{company.id}"), data=promise | {"revision": str(revision)})
    job = searched(app, planner, draft)
    told = "Not every promise can be kept:"
    shortage = planner.get(url(draft, "board?lang=en")).text.split(told)[1].split("</div>")[0]
    assert "核工院" in shortage
    assert "3" in shortage
    assert told in planner.get(f"/events/forum/plan/{job.result['plan_id']}?lang=en").text


def test_when_there_is_no_plan_the_board_says_why_and_what_would_do(app, forum, planner, draft):
    with writing():
        forum.tables[0].minimum = 2
    ban = {"what": "pair", "host": f"h{forum.hosts[0].id}", "rule": "never"}
    for revision, company in enumerate(forum.companies, start=1):
        planner.post(url(draft, f"companies/c{company.id}"), data=ban | {"revision": str(revision)})
    job = searched(app, planner, draft)
    page = planner.get(url(draft, "board?lang=en")).text
    assert "There is no plan:" in page
    assert "T1 needs 2 seats taken in Round 1; those who could come take 0." in page
    assert "This would do: " in page
    planner.post(url(draft, f"search/{job.id}/leave"))
    assert "There is no plan:" not in planner.get(url(draft, "board?lang=en")).text


def test_a_search_on_the_day_leaves_what_has_begun_as_it_is(app, forum, draft):
    begun, ahead = (f"r{each.id}" for each in forum.rounds)
    held = [seat for seat in seats_of(draft) if seat.round == begun]
    with time_machine.travel(forum.rounds[0].start + timedelta(minutes=5), tick=False):
        planner = signed_in(app, "planner")
        later = next(seat for seat in seats_of(draft) if seat.round == ahead)
        planner.post(url(draft, "moves.json"), json=later._asdict() | {"revision": 1})
        job = searched(app, planner, draft)
        planner.post(url(draft, f"search/{job.id}/take"), data={"revision": "2"})
    assert [seat for seat in seats_of(draft) if seat.round == begun] == held
    assert later in seats_of(draft)
