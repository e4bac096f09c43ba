"""A receiver's page tells when the guest arrives; a remote delegate comes in by the table's video link."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine

from eventday.models import Presence, Scan, Station, TableVisit, db
from tests.registration.tablet import Tablet

from .plans import publish

LINK = "https://meeting.example.com/t1"


@pytest.fixture
def guest(forum):
    """The second delegate, whom the first receives."""
    forum.delegates[1].receiver_id = forum.delegates[0].id
    db.session.commit()
    return forum.delegates[1]


def test_the_receivers_page_is_told_at_its_next_question_and_says_who_to_the_bound_phone_alone(
    app, client, forum, guest
):
    address = f"/B/{forum.codes[0]}"
    before = client.get(f"{address}.json")
    unchanged = client.get(f"{address}.json", headers={"If-None-Match": before.headers["ETag"]})
    assert unchanged.status_code == 304
    assert "guest" not in client.get(f"{address}?lang=en").text
    Tablet(app, forum.event).scan(forum.codes[1])
    assert client.get(f"{address}.json", headers={"If-None-Match": before.headers["ETag"]}).status_code == 200
    page = client.get(f"{address}?lang=en").text
    assert "Your guest has arrived" in page
    assert guest.name not in page
    client.post(f"{address}/bind", data={"digits": forum.delegates[0].phone[-4:]})
    bound = client.get(f"{address}?lang=en").text
    assert guest.name in bound
    assert guest.phone not in bound
    assert "Your guest has arrived" not in client.get(f"/B/{forum.codes[2]}?lang=en").text


@pytest.fixture
def remote(forum):
    """The first delegate, remote, with a meeting at the first table in the first round, and its address."""
    forum.delegates[0].remote, forum.tables[0].video_url = True, LINK
    publish(forum, (0, 0, 0))
    return f"/B/{forum.codes[0]}/video/{forum.tables[0].id}/{forum.rounds[0].id}"


def at(moment: datetime) -> time_machine.travel:
    return time_machine.travel(moment, tick=False)


def test_opening_the_video_link_checks_a_remote_delegate_in_and_the_meeting_is_held(client, forum, remote):
    me = forum.delegates[0]
    with at(forum.rounds[0].start - timedelta(minutes=5)):
        assert remote in client.get(f"/B/{forum.codes[0]}?lang=en").text
        assert client.head(remote).status_code == 204
        assert db.session.query(Scan).count() == 0
        for _ in range(3):
            led = client.get(remote)
            assert (led.status_code, led.headers["Location"]) == (302, LINK)
    assert db.session.get(Presence, me.id).state == "arrived"
    assert [visit.delegate_id for visit in db.session.query(TableVisit)] == [me.id]
    assert [scan.outcome for scan in db.session.query(Scan)] == ["accepted", "accepted"]
    assert db.session.query(Station).one().has_tablet is False


def test_opened_before_or_after_its_time_or_by_somebody_on_the_spot_it_only_leads_on(client, forum, remote):
    for moment in (forum.rounds[0].start - timedelta(hours=1), forum.rounds[0].end):
        with at(moment):
            assert client.get(remote).headers["Location"] == LINK
    forum.delegates[0].remote = False
    with at(forum.rounds[0].start):
        assert client.get(remote).headers["Location"] == LINK
    assert db.session.query(Scan).count() == 0
    assert client.get(remote.replace(f"/video/{forum.tables[0].id}", "/video/99")).status_code == 404
