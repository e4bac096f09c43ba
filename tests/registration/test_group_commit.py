"""Stations that hand in at one moment share a transaction, and each is told its own."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from contextvars import Context
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event as sqlalchemy_event

from eventday.models import Scan, db
from eventday.models.turns import turn
from eventday.services.door.group_commit import GroupCommit
from tests import builders
from tests.live import until

from .tablet import Tablet, entry


def started(work, *arguments) -> threading.Thread:
    thread = threading.Thread(target=Context().run, args=(work, *arguments))
    thread.start()
    return thread


class Ledger:
    """A store whose first transaction takes until `open` is set; it refuses `poison`, and with it the transaction."""

    def __init__(self) -> None:
        self.open, self.groups, self.told = threading.Event(), [], {}
        self.commits = GroupCommit(self._commit)

    def _commit(self, works):
        self.groups.append(list(works))
        if len(self.groups) == 1:
            assert self.open.wait(120)
        if "poison" in works:
            raise ValueError("poison")
        return [KeyError(work) if work == "refused" else f"{work} written" for work in works]

    def hand_in(self, work: str) -> None:
        try:
            self.told[work] = self.commits.submit(work)
        except Exception as error:
            self.told[work] = error

    def all_of(self, *works: str) -> dict:
        """What the first, and those who come while it is being written, are told."""
        threads = [started(self.hand_in, works[0])]
        until(lambda: self.groups)
        for number, work in enumerate(works[1:], 1):
            threads.append(started(self.hand_in, work))
            until(lambda number=number: len(self.commits._waiting) == number)
        assert not self.told
        self.open.set()
        for thread in threads:
            thread.join(120)
        return self.told


def test_who_comes_while_one_is_written_shares_the_next_transaction():
    ledger = Ledger()
    assert ledger.all_of("a", "b", "c", "d") == {work: f"{work} written" for work in "abcd"}
    assert ledger.groups == [["a"], ["b", "c", "d"]]
    ledger.hand_in("e")
    assert ledger.groups[-1] == ["e"]


def test_what_cannot_be_written_costs_the_others_nothing():
    told = Ledger().all_of("a", "b", "poison", "refused")
    assert (told["a"], told["b"]) == ("a written", "b written")
    assert isinstance(told["poison"], ValueError)
    assert isinstance(told["refused"], KeyError)


def test_without_a_turn_each_is_told_why_and_the_next_is_heard():
    turns = [OSError("the disk is full"), None]

    @contextmanager
    def turn():
        if error := turns.pop(0):
            raise error
        yield

    commits = GroupCommit(lambda works: [f"{work} written" for work in works], turn)
    with pytest.raises(OSError, match="the disk is full"):
        commits.submit("a")
    assert commits.submit("b") == "b written"


def test_where_no_place_to_wait_can_be_had_a_badge_is_let_in_all_the_same(app, forum):
    place = Path(f"{db.engine.url.database}-turn")
    place.unlink(missing_ok=True)
    place.mkdir()  # no file can be opened there, as in a folder that takes none
    assert Tablet(app, forum.event, "A").scan(forum.codes[0])["outcome"] == "accepted"


def test_stations_of_two_events_one_of_them_revoked_meanwhile_share_one_transaction(app, forum):
    other = builders.small_forum("other")
    tablets = [Tablet(app, forum.event, "A"), Tablet(app, forum.event, "B"), Tablet(app, other.event, "C")]
    revoked = Tablet(app, forum.event, "D")
    for tablet in (*tablets, revoked):
        tablet.scan("no badge")  # each is known to the server from here on
    code = forum.codes[0]
    told, begun = {}, []

    def hand_in(tablet) -> None:
        answer = FlaskClient(app).post("/api/v1/scans", json={"scans": [entry(code)]}, headers=tablet.headers)
        told[tablet.name] = answer.json["results"][0]["outcome"] if answer.status_code == 200 else answer.json["error"]

    sqlalchemy_event.listen(db.engine, "begin", begun.append)
    db.session.rollback()
    with turn():  # as another process would that writes just now
        threads = [started(hand_in, tablets[0])]
        group = until(lambda: _group_of(app))
        until(lambda: group._led)
        for number, tablet in enumerate([*tablets[1:], revoked], 1):
            threads.append(started(hand_in, tablet))
            until(lambda number=number: len(group._waiting) == 1 + number)
        answer = builders.signed_in(app, "organiser").post(f"/events/forum/stations/{revoked.id}/revoke")
        assert answer.status_code in (200, 302)
        assert not told
        begun.clear()
    for thread in threads:
        thread.join(120)
    assert told == {"A": "accepted", "B": "already", "C": "wrong_event", "D": "revoked"}
    assert len(begun) == 2  # that of all who came until it was this process's turn, and the one in which D is told why
    assert db.session.query(Scan).filter(Scan.outcome != "unknown").count() == 3


def _group_of(app):
    from eventday.services.door.checkin import _groups

    with app.app_context():
        return _groups.get(db.engine)
