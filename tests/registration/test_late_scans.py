"""What arrives late, or is taken back: presence stays what the log says, and two who let one in are told so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from eventday.models import Conflict, Presence, db

from .tablet import Tablet, entry

START = datetime.now(UTC) - timedelta(hours=2)


def at(minutes: int) -> str:
    return (START + timedelta(minutes=minutes)).isoformat()


@pytest.fixture
def gates(app, forum) -> list[Tablet]:
    return [Tablet(app, forum.event, f"Gate {letter}", role="gate") for letter in "ABC"]


def where(forum) -> tuple[str, str | None]:
    """The state of the first delegate, and the station that tells it."""
    db.session.expire_all()
    row = db.session.get(Presence, forum.delegates[0].id)
    return row.state, row.station.name if row.station else None


def test_who_was_seen_inside_after_an_out_that_arrives_late_is_inside(gates, forum):
    (a, b, c), code = gates, forum.codes[0]
    a.scan(code, at=at(0))
    assert b.scan(code, at=at(50), told="already")["outcome"] == "already"
    assert c.scan(code, "out", at=at(40), told="accepted")["outcome"] == "accepted"
    assert where(forum) == ("arrived", "Gate B")
    again = a.scan(code, at=at(55), told="already")
    assert (again["outcome"], again["first"]["device"]) == ("already", "Gate B")
    assert c.scan(code, "out", at=at(60))["outcome"] == "accepted"
    assert where(forum) == ("left", "Gate C")


def test_one_of_two_admissions_is_taken_back_and_the_other_stands_until_it_is_too(gates, forum):
    (a, b, c), code = gates, forum.codes[0]
    ours, theirs = (entry(code, at=at(minute), told="accepted") for minute in (0, 1))
    assert [a.send(ours)[0]["outcome"], b.send(theirs)[0]["outcome"]] == ["accepted", "already"]
    assert a.scan(None, "undo", undoes=ours["id"])["outcome"] == "undone"
    assert where(forum) == ("arrived", "Gate B")
    assert c.scan(code, at=at(2), told="already")["first"]["device"] == "Gate B"
    assert b.scan(None, "undo", undoes=theirs["id"])["outcome"] == "undone"
    assert b.scan(None, "undo", undoes=theirs["id"])["outcome"] == "nothing_to_undo"
    assert where(forum) == ("expected", None)
    assert c.scan(code)["outcome"] == "accepted"


def test_a_mistake_that_is_taken_back_leaves_nobody_inside_who_was_only_told_already(gates, forum):
    (a, b, _c), code = gates, forum.codes[0]
    ours = entry(code)
    a.send(ours)
    assert [b.scan(code)["outcome"], a.scan(code)["outcome"]] == ["already", "already"]
    a.scan(None, "undo", undoes=ours["id"])
    assert where(forum) == ("expected", None)
    assert b.scan(code)["outcome"] == "accepted"


def test_who_was_let_in_because_the_answer_was_lost_is_inside_though_the_first_took_it_back(gates, forum):
    (a, b, _c), code = gates, forum.codes[0]
    ours, theirs = entry(code), entry(code)
    a.send(ours)
    assert b.send(theirs)[0]["outcome"] == "already"  # this answer is lost; B says welcome by itself
    a.scan(None, "undo", undoes=ours["id"])
    assert b.send(theirs | {"told": "accepted"}, theirs | {"told": "accepted"})[0]["outcome"] == "already"
    assert where(forum) == ("arrived", "Gate B")
    assert b.scan(None, "undo", undoes=theirs["id"])["outcome"] == "undone"
    assert where(forum) == ("expected", None)


def test_who_has_left_by_the_time_that_a_second_admission_arrives_is_a_conflict_all_the_same(gates, forum):
    (a, b, c), code = gates, forum.codes[0]
    first, second = entry(code, at=at(0)), entry(code, at=at(10), told="accepted")
    a.send(first)
    c.scan(code, "out", at=at(40))
    answer = b.send(second)[0]
    assert (answer["outcome"], answer["first"]["device"]) == ("already", "Gate A")
    assert where(forum) == ("left", "Gate C")
    row = db.session.query(Conflict).one()
    assert (row.first_scan_id, row.second_scan_id) == (first["id"], second["id"])
    assert b.scan(code, at=at(50), told="accepted")["outcome"] == "accepted"  # came again: no second one
    assert db.session.query(Conflict).count() == 1
