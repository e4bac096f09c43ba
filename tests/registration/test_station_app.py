"""The station app in a real Chromium against the real server: paired, scanning, offline, wiped."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest

from eventday.models import Delegate, db, writing
from eventday.services.door import stations
from tests import live as tools

from .station_page import GREEN, add_station, kept, log, logged, open_station, put_away, type_code
from .tablet import Tablet

pytestmark = pytest.mark.browser


@pytest.fixture
def pair(app, forum, live, new_page):
    """`pair(role, …)`: a page on which the station app is paired; `page.station_id` is its row."""

    def open_page(role: str = "desk", *, width: int = 1024, height: int = 768, lang: str = "en", **more):
        station, code = add_station(app, forum.event, role=role, **more)
        page = new_page(width, height, lang)
        open_station(page, live.url, code, lang=lang)
        page.station_id = station.id
        return page

    return open_page


def test_a_hardware_scanner_checks_in_and_a_duplicate_says_when_and_where(pair, forum):
    from playwright.sync_api import expect

    page = pair()
    result = page.locator("#result")
    type_code(page, f"HTTP://X/B/{forum.codes[0]}")
    expect(result).to_have_class(GREEN)
    expect(result.locator(".result__name")).to_have_text("尹磊国")
    expect(result.locator(".result__sent")).to_have_text("Confirmed")
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.result__name')).fontSize)") >= 48
    type_code(page, forum.codes[0])
    expect(result).to_have_class(re.compile("result--warn"))
    expect(result.locator(".result__more")).to_have_text(re.compile(r"\d\d:\d\d · North 1"))
    type_code(page, "0" * 16)
    expect(result).to_have_class(re.compile("result--bad"))
    logged(("in", "accepted"), ("in", "already"), ("in", "unknown"))
    assert page.complaints == []


def test_people_are_found_by_pinyin_and_checked_in_with_one_tap_and_taken_back(app, pair, forum):
    from playwright.sync_api import expect

    with writing():
        gate = Tablet(app, forum.event, "Gate", role="gate")
    page = pair(role="desk")
    for typed in ("shan", "sgj", "单", "朗捷", "0102"):
        page.locator("#search").fill(typed)
        expect(page.locator("#found li")).to_have_count(1)
        expect(page.locator("#found strong")).to_have_text("单国嘉")
    # The finger is on the button while the tablet hears who has come meanwhile.
    page.get_by_role("button", name="Check in 单国嘉").hover()
    page.mouse.down()
    assert gate.scan(forum.codes[0])["outcome"] == "accepted"
    expect(page.locator("#counts strong").first).to_have_text("1")
    page.mouse.up()
    expect(page.locator("#result")).to_have_class(GREEN)
    page.locator("#result").get_by_role("button", name="Undo").click()
    expect(page.locator("#result")).to_have_attribute("data-outcome", "undone")
    logged(("in", "accepted"), ("in", "accepted"), ("undo", "undone"))


def test_without_a_connection_everything_works_and_is_handed_in_afterwards(pair, forum):
    from playwright.sync_api import expect

    page = pair()
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    type_code(page, forum.codes[0])
    result = page.locator("#result")
    expect(result).to_have_class(GREEN)
    expect(result.locator(".result__sent")).to_have_text("Saved here, not sent yet")
    expect(page.locator("#queue-state")).to_have_text(re.compile("1 not sent, since"))
    page.reload()  # the browser was closed and opened again, in airplane mode
    expect(page.locator("#station-name")).to_have_text("North 1")
    expect(page.locator("#queue-state")).to_have_text(re.compile("1 not sent, since"))
    type_code(page, forum.codes[0])
    expect(result).to_have_class(re.compile("result--warn"))
    assert log() == []
    page.context.set_offline(False)
    logged(("in", "accepted"), ("in", "already"))
    expect(page.locator("#queue-state")).to_have_text("All sent")


def test_a_revoked_station_wipes_itself_and_keeps_what_was_not_sent(pair, app, forum, organiser):
    from playwright.sync_api import expect

    page = pair()
    page.context.set_offline(True)
    type_code(page, forum.codes[1])
    expect(page.locator("#queue-state")).to_have_text(re.compile("1 not sent"))
    with writing():  # the server writes at the same time: take the lock before reading
        row = db.session.get(stations.Station, page.station_id)
        stations.revoke_station(row, now=datetime.now(UTC), actor="tests")
    page.context.set_offline(False)
    expect(page.locator("#unpaired")).to_be_visible()
    expect(page.locator("#notices")).to_contain_text("This station was revoked")
    expect(page.locator("#notices")).to_contain_text("1 unsent scans are kept here")
    assert "单国嘉" not in page.content()
    put_away(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save them as a file").click()
    for _ in range(2):
        with download.value.path().open("rb") as file:
            assert organiser.post(f"/events/{forum.event.slug}/stations/unsent", data={"file": file}).status_code == 302
        assert log() == [("in", "accepted")]
    with writing():
        row = db.session.get(stations.Station, page.station_id)
        code = stations.pair_again(row, now=datetime.now(UTC), actor="tests")
    page.locator("#pair-link").fill(f"{page.url.split('/station')[0]}/station#pair={code}")
    page.get_by_role("button", name="Pair", exact=True).click()
    expect(page.locator("#queue-state")).to_have_text("All sent")
    assert log() == [("in", "accepted")]


def test_a_table_knows_who_has_come_also_without_a_connection_and_after_a_restart(pair, forum):
    from playwright.sync_api import expect

    page = pair(role="table", table_id=forum.tables[0].id)
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    outcome = page.locator(".result__outcome")
    type_code(page, forum.codes[0])
    expect(outcome).to_have_text("Free seat")
    type_code(page, forum.codes[0])
    expect(outcome).to_have_text("Already at this table")
    page.context.set_offline(False)
    logged(("table", "accepted"), ("table", "already"))
    expect(page.locator("#queue-state")).to_have_text("All sent")
    expect(page.locator("#notices")).to_be_empty()
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("#link-state")).to_have_class(re.compile("is-offline"))
    type_code(page, forum.codes[0])
    expect(outcome).to_have_text("Already at this table")


def test_a_gate_keeps_no_titles_no_digits_and_no_codes(pair, forum):
    page = pair(role="gate")
    told = json.dumps(kept(page, "people"), ensure_ascii=False)
    assert "尹磊国" in told
    for secret in ("总经理", '"0100"', "last4", *forum.codes, *(person.phone for person in db.session.query(Delegate))):
        assert secret not in told
    assert page.get_by_role("searchbox", name="Name, pinyin, company, or a typed code", exact=True).is_visible()


def test_the_camera_reads_a_real_badge_also_after_a_restart_without_a_server(
    app, forum, live, camera_browser, tmp_path
):
    import qrcode
    from playwright.sync_api import expect

    picture = tmp_path / "badge.png"
    qrcode.make(f"HTTP://LOCALHOST:8000/B/{forum.codes[2]}", border=6).save(picture)
    _, code = add_station(app, forum.event, "Camera", role="gate")
    page = camera_browser(tools.film(picture, tmp_path / "clean.mjpeg")).new_page(base_url=live.url)
    page.goto(f"/station?lang=en#pair={code}")
    expect(page.locator("#result")).to_have_class(GREEN)
    expect(page.locator(".result__name")).to_have_text("单国嘉")
    tools.until(lambda: log()[:1] == [("in", "accepted")])
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    live.kill()
    page.reload()
    expect(page.locator("#result")).to_have_attribute("data-outcome", "already")
    expect(page.locator("#queue-state")).to_have_text(re.compile(r"\d not sent, since"))


def test_a_badge_that_is_dim_tilted_small_or_moving_is_read(app, forum, live, camera_browser, tmp_path):
    import qrcode

    film = tmp_path / "hall.mjpeg"
    with film.open("wb") as out:
        for code, (name, filters) in zip(forum.codes, tools.DEGRADED.items(), strict=True):
            picture = tmp_path / f"{name}.png"
            qrcode.make(f"HTTPS://FORUM.EXAMPLE/B/{code}", border=6).save(picture)
            out.write(tools.film(picture, tmp_path / f"{name}.mjpeg", filters=filters).read_bytes())
    _, code = add_station(app, forum.event, "Camera", role="gate")
    page = camera_browser(film).new_page(base_url=live.url)
    page.add_init_script("delete globalThis.OffscreenCanvas")  # an older tablet, which reads on the page's own thread
    page.goto(f"/station?lang=en#pair={code}")
    tools.until(lambda: log().count(("in", "accepted")) == 4)
