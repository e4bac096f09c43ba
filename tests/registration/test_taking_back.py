"""Undo on the tablet in a real Chromium: what the server found is told, whoever was quicker; locked is locked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from eventday.models import Scan, Station, db, writing
from eventday.services.door import stations

from .station_page import GREEN, add_station, log, logged, open_station, put_away, type_code
from .tablet import Tablet, entry

pytestmark = pytest.mark.browser


def test_an_undo_that_comes_too_late_says_so_two_taps_are_one_and_a_locked_tablet_takes_nothing_back(
    app, forum, live, new_page
):
    from playwright.sync_api import expect

    with writing():
        lead, gate = (Tablet(app, forum.event, role.title(), role=role) for role in ("lead", "gate"))
    station, code = add_station(app, forum.event)
    page = new_page(1024, 768)
    open_station(page, live.url, code)
    result, made = page.locator("#result"), page.locator("#made li")
    outcome, sent = result.locator(".result__outcome"), result.locator(".result__sent")
    type_code(page, forum.codes[0])
    expect(sent).to_have_text("Confirmed")
    put_away(page)
    # A lead was quicker, and another gate has let them in since: nothing is taken back here, and that is what is told.
    with writing():
        [here] = lead.send(entry(None, "undo", undoes=_last(station.id)))
        again = gate.scan(forum.codes[0])
    assert (here["outcome"], again["outcome"]) == ("undone", "accepted")
    made.first.get_by_role("button", name="Undo").click()
    expect(outcome).to_have_text("Nothing to take back")
    expect(result.locator(".result__name")).to_have_text(forum.delegates[0].name)
    expect(sent).to_have_text("Confirmed")
    before = [("in", "accepted"), ("undo", "undone"), ("in", "accepted"), ("undo", "nothing_to_undo")]
    logged(*before)

    # A tap that comes twice takes back once, and its second half does not put the answer away.
    type_code(page, forum.codes[1])
    expect(sent).to_have_text("Confirmed")
    result.get_by_role("button", name="Undo").dblclick(delay=20)
    expect(outcome).to_have_text("Taken back")
    expect(result).to_be_visible()
    logged(*before, ("in", "accepted"), ("undo", "undone"))

    type_code(page, forum.codes[2])
    expect(result).to_have_class(GREEN)
    expect(sent).to_have_text("Confirmed")
    with writing():
        stations.lock_station(db.session.get_one(Station, station.id), True, now=datetime.now(UTC), actor="tests")
    expect(page.locator("#notices")).to_contain_text("An organiser has locked this station")
    # On the list, which stays: the result puts itself away, and could do so under the finger.
    put_away(page)
    made.first.get_by_role("button", name="Undo").click()
    expect(outcome).to_have_text("Not saved")
    expect(result.locator(".result__detail")).to_have_text("An organiser has locked this station.")
    type_code(page, forum.codes[3])
    expect(outcome).to_have_text("Not saved")
    assert log() == [*before, ("in", "accepted"), ("undo", "undone"), ("in", "accepted")]

    # Whoever stands on the screen of a tablet that is revoked is wiped with all others.
    with writing():
        stations.lock_station(db.session.get_one(Station, station.id), False, now=datetime.now(UTC), actor="tests")
    expect(page.locator("#notices")).to_be_empty()
    type_code(page, forum.codes[2])
    expect(outcome).to_have_text("Already in")
    with writing():
        stations.revoke_station(db.session.get_one(Station, station.id), now=datetime.now(UTC), actor="tests")
    expect(page.locator("#unpaired")).to_be_visible()
    expect(result).to_be_hidden()
    assert forum.delegates[2].name not in page.content()
    # What it had asked for while locked (403) or revoked (401) is all that may have gone wrong.
    assert all("403" in each or "401" in each for each in page.complaints)


def _last(station_id: int) -> str:
    """The id of the last scan of a station."""
    return db.session.query(Scan).filter_by(station_id=station_id).order_by(Scan.number.desc()).first().id
