"""Many stations at once, on both databases: one badge is accepted once, whatever the hurry."""

from __future__ import annotations

import threading
from collections import Counter
from contextvars import Context

import pytest

from eventday import create_app
from eventday.models import Presence, Scan, db, promise_only_to_read
from tests import builders

from .tablet import Tablet, entry

STATIONS, BADGES = 16, 200


@pytest.fixture
def hall(any_database):
    """The application, a small forum with more people, and 16 stations."""
    app = create_app(any_database)
    promise_only_to_read(True)
    app.config.update(TESTING=True, RATELIMIT_ENABLED=False)
    with app.app_context():
        forum = builders.small_forum()
        forum.delegates += [
            builders.add_delegate(forum.event, forum.companies[0], f"来宾{number}") for number in range(BADGES - 4)
        ]
        db.session.commit()
        tablets = [Tablet(app, forum.event, f"Station {number}", role="gate") for number in range(STATIONS)]
        yield app, forum, tablets
        db.session.remove()
        db.engine.dispose()


def all_at_once(app, tablets, work) -> list:
    """What `work(tablet)` gives, each in a thread of its own, let go together."""
    barrier, results = threading.Barrier(len(tablets)), [None] * len(tablets)

    def run(index: int) -> None:
        client = app.test_client()
        barrier.wait()
        results[index] = work(tablets[index], client)

    db.session.commit()
    db.session.remove()
    threads = [threading.Thread(target=Context().run, args=(run, index)) for index in range(len(tablets))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def hand_in(tablet, client, scans) -> list[dict]:
    headers = {"Authorization": f"Bearer {tablet.token}"}
    answer = client.post("/api/v1/scans", json={"scans": scans}, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json["results"]


def test_of_16_stations_exactly_one_is_told_accepted_and_the_others_who_was_first(hall):
    app, forum, tablets = hall
    code = forum.codes[0]
    results = [each[0] for each in all_at_once(app, tablets, lambda tablet, c: hand_in(tablet, c, [entry(code)]))]
    assert Counter(result["outcome"] for result in results) == {"accepted": 1, "already": STATIONS - 1}
    winner = next(tablet.name for tablet, result in zip(tablets, results, strict=True) if not result["first"])
    assert {result["first"]["device"] for result in results if result["first"]} == {winner}
    assert db.session.query(Scan).count() == STATIONS


def test_of_16_stations_that_scan_everybody_in_different_order_each_badge_is_accepted_once(hall):
    app, forum, tablets = hall
    codes = forum.codes

    def work(tablet, client):
        turn = tablets.index(tablet) * 3
        mine = codes[turn:] + codes[:turn] if tablets.index(tablet) % 2 else codes[::-1]
        halves = mine[: len(mine) // 2], mine[len(mine) // 2 :]
        return [
            (code, result)
            for half in halves
            for code, result in zip(half, hand_in(tablet, client, [entry(code) for code in half]), strict=True)
        ]

    assert len(codes) == BADGES
    answers = [pair for pairs in all_at_once(app, tablets, work) for pair in pairs]
    accepted = Counter(code for code, result in answers if result["outcome"] == "accepted")
    assert accepted == dict.fromkeys(codes, 1)
    assert len(answers) == db.session.query(Scan).count() == STATIONS * len(codes)
    assert db.session.query(Presence).filter_by(state="arrived").count() == len(codes)


def test_500_scans_go_in_at_once(hall):
    app, forum, tablets = hall
    scans = [entry(forum.codes[number % BADGES], ("in", "in", "out")[number // BADGES]) for number in range(500)]
    results = hand_in(tablets[0], app.test_client(), scans)
    outcomes = [result["outcome"] for result in results]
    assert outcomes == ["accepted"] * BADGES + ["already"] * BADGES + ["accepted"] * (500 - 2 * BADGES)
    assert {result["first"]["device"] for result in results if result["first"]} == {tablets[0].name}
    assert db.session.query(Scan).count() == 500
    assert db.session.query(Presence).filter_by(state="left").count() == 500 - 2 * BADGES


def test_one_id_sent_over_16_connections_at_once_is_recorded_once_and_answered_alike(hall):
    app, forum, tablets = hall
    scans = [entry(forum.codes[0]), entry("no badge"), entry(forum.codes[1])]
    results = all_at_once(app, tablets, lambda _tablet, client: hand_in(tablets[0], client, scans))
    assert all(each == results[0] for each in results)
    assert [each["outcome"] for each in results[0]] == ["accepted", "unknown", "accepted"]
    assert db.session.query(Scan).count() == 3
