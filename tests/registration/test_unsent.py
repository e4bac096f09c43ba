"""The file of a tablet that could not send: handed in by an organiser, recorded once, refused whole when it is none."""

from __future__ import annotations

import io
import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from eventday.models import Delegate, Scan, db
from tests import builders

from .tablet import Tablet, entry


@pytest.fixture
def tablet(app, forum) -> Tablet:
    return Tablet(app, forum.event, "North 1", role="lead")


def hand_in(client, forum, content):
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    url, file = f"/events/{forum.event.slug}/stations/unsent?lang=en", (io.BytesIO(data), "unsent.json")
    return client.post(url, data={"file": file})


def saved(*scans) -> dict:
    return {"eventday": "unsent scans", "scans": list(scans)}


def test_scans_and_walk_ins_of_a_file_are_recorded_once_at_the_time_they_tell(organiser, tablet, forum):
    noon = datetime.now(UTC) - timedelta(hours=3)
    mine = {"station": tablet.id}
    walk_in = {"company": "上海新到科技有限公司", "name": "贺新来", "title": "", "phone": "", "wishes": []}
    known = entry(forum.codes[1])
    tablet.send(known)
    too_long = walk_in | {"name": "曾长名", "company": "新到" * 101}
    scans = [
        {"id": str(uuid.uuid4()), "kind": "in", "at": noon.isoformat(), "walk_in": too_long} | mine,
        entry(forum.codes[0], at=noon.isoformat(), told="accepted") | mine,
        {"id": str(uuid.uuid4()), "kind": "in", "at": noon.isoformat(), "walk_in": walk_in} | mine,
        known | mine,
    ]
    for _ in range(2):
        assert hand_in(organiser, forum, saved(*scans)).status_code == 302
    log = db.session.query(Scan).order_by(Scan.number).all()
    assert [(scan.outcome, scan.station_id) for scan in log] == [("accepted", tablet.id)] * 3
    assert log[1].at == log[2].at == noon
    assert db.session.query(Delegate).filter_by(walk_in=True).one().name == "贺新来"
    page = organiser.get(f"/events/{forum.event.slug}/stations?lang=en").text
    assert "3 scans of the file are in the log" in page
    assert "Entry 1 of the file is no walk-in: 曾长名" in page


def test_a_file_that_is_none_changes_nothing_and_says_what_to_do(organiser, desk, tablet, forum):
    other = builders.small_forum("other")
    stranger = Tablet(tablet.app, other.event, "Elsewhere")
    for content, told in [
        (b"\xff\xfe", "Choose the one named unsent-scans"),
        ({"scans": [1]}, "Choose the one named unsent-scans"),
        (saved(), "Choose the one named unsent-scans"),
        (saved(entry(forum.codes[0])), "Entry 1 of the file does not say which station made it"),
        (saved(entry(forum.codes[0]) | {"station": stranger.id}), "a station that is none of this event"),
        (saved({"station": tablet.id, "walk_in": 3}), "Entry 1 of the file is no walk-in"),
    ]:
        answer = hand_in(organiser, forum, content)
        assert (answer.status_code, told in answer.text) == (422, True)
    assert hand_in(desk, forum, saved(entry(forum.codes[0]) | {"station": tablet.id})).status_code == 403
    assert db.session.query(Scan).count() == 0
