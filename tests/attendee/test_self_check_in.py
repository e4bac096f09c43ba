"""Checking oneself in by the code on the hall's screen, which changes every minute."""

from datetime import timedelta

import time_machine

from eventday.models import Presence, Scan, db
from eventday.rules.rotating_code import code_at
from tests.builders import NOW, small_forum


def test_a_bound_phone_checks_itself_in_by_the_code_on_the_screen(app, bound, forum):
    phone, address = bound(0)
    forum.event.screen_key = "the key of this screen"
    with time_machine.travel(NOW, tick=False):
        forum.event.scene = "arrivals"
        code = code_at(app.config["EVENTDAY"].secret_key, forum.event.id, NOW)
        answer = phone.get(f"/HERE/{forum.event.id}/{code}")
        assert answer.headers["Location"] == address
        assert "You are checked in." in phone.get(address).text
        phone.get(f"/here/{forum.event.id}/{code.lower()}")
        assert "You were checked in already." in phone.get(address).text
    assert db.session.get(Presence, forum.delegates[0].id).state == "arrived"
    assert [scan.outcome for scan in db.session.query(Scan).order_by(Scan.number)] == ["accepted", "already"]


def test_a_photo_of_the_code_is_of_no_use_later_or_elsewhere(app, bound, forum):
    phone, _ = bound(0)
    other = small_forum("other")
    secret = app.config["EVENTDAY"].secret_key
    with time_machine.travel(NOW, tick=False):
        for event, at in ((forum.event, NOW - timedelta(minutes=2)), (other.event, NOW)):
            answer = phone.get(f"/HERE/{forum.event.id}/{code_at(secret, event.id, at)}")
            assert answer.status_code == 403
            assert "changes every minute" in answer.text
    assert db.session.query(Scan).count() == 0


def test_a_phone_of_nobodys_is_told_how_to_check_in(app, client, forum):
    with time_machine.travel(NOW, tick=False):
        code = code_at(app.config["EVENTDAY"].secret_key, forum.event.id, NOW)
        assert "whose phone this is" in client.get(f"/HERE/{forum.event.id}/{code}?lang=en").text
    assert db.session.query(Scan).count() == 0
