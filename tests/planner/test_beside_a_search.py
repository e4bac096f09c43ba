"""A search may take minutes. The day does not wait for it."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from eventday.models import Company, ForumTable, Job, Participation, Presence, Round, Wish, db, only_reading, writing
from eventday.services.planning import drafts, publishing
from tests import builders
from tests import live as tools

TABLES, ROUNDS, COMPANIES = 6, 14, 40


@pytest.fixture
def serve_options() -> tuple[str, ...]:
    """The server brings its worker along."""
    return ()


@pytest.fixture
def day(forum) -> builders.Forum:
    """The small forum, published; its first round begins in nine minutes, and the last company is not here."""
    now = builders.hold_today(forum, first_in=9)
    plan, _answer = drafts.solve_event(forum.event, now=now, actor="tests", seconds=60)
    publishing.publish(forum.event, plan, revision=0, now=now, actor="tests")
    with writing():
        for delegate in forum.delegates[:3]:
            db.session.get(Presence, delegate.id).state = "arrived"
    return forum


@pytest.fixture
def puzzle(app) -> builders.Forum:
    """A forum at which a search uses all the time it is given: who is away so often, over so many rounds, can be kept
    from idle rounds in more ways than anybody proves in minutes."""
    forum, dice = builders.small_forum("puzzle"), random.Random(1)
    with writing():
        event = forum.event.id
        for i in range(len(forum.rounds), ROUNDS):
            start = forum.rounds[0].start + timedelta(minutes=30 * i)
            end = start + timedelta(minutes=25)
            forum.rounds.append(Round(event_id=event, name=f"第{i + 1}轮", start=start, end=end))
        for i in range(len(forum.hosts), TABLES):
            host = builders.add_company(f"央企{i}集团", kind="soe")
            forum.hosts.append(host)
            db.session.add(Participation(event_id=event, company_id=host.id))
            db.session.add(ForumTable(event_id=event, host_id=host.id, label=f"T{i + 1}", capacity=2))
        db.session.add_all(forum.rounds)
        db.session.flush()
        for i in range(COMPANIES):
            company: Company = builders.add_company(f"上海第{i}精密机械有限公司")
            away = [each for each in forum.rounds if dice.random() < 0.4]
            db.session.add(Participation(event_id=event, company_id=company.id, absent_rounds=away))
            for host in dice.sample(forum.hosts, 4):
                wish = Wish(event_id=event, company_id=company.id, host_id=host.id, interest=dice.randint(1, 5))
                db.session.add(wish)
    return forum


def last_job(kind: str) -> Job:
    """The latest job of this kind as it now stands, taken out of the session: looking at it holds no lock."""
    with only_reading():
        job = db.session.query(Job).filter_by(kind=kind).order_by(Job.id.desc()).populate_existing().first()
        db.session.expunge(job)
    return job


def test_what_the_day_asks_for_is_proposed_while_a_long_search_goes_on(day, puzzle, live, planner):
    planner.post("/events/puzzle/plan/solve", data={"seconds": "300"})
    tools.until(lambda: last_job("solve").state == "running")
    planner.post("/events/forum/day/proposals")
    tools.until(lambda: last_job("repair").ended_at)
    assert last_job("solve").state == "running"
    assert "Accept and publish" in planner.get("/events/forum/day?lang=en").text
