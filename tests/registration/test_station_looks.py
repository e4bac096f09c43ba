"""What the station's page looks like when texts are long and screens are small: nothing that matters leaves it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from eventday.models import Participation, Station, db, writing
from eventday.services.door import stations
from tests import builders
from tests import live as tools

from .station_page import GREEN, add_station, log, open_station, type_code
from .tablet import Tablet

pytestmark = pytest.mark.browser

SIZES = ((1024, 768), (768, 1024), (360, 740))
LONG = {
    "zh": "中国（上海）自由贸易试验区临港新片区高端装备制造与人工智能联合创新研究发展集团股份有限公司"
    "智能系统工程技术分公司华东区",
    "en": "Shanghai International Advanced Manufacturing and Artificial Intelligence Joint Innovation Research "
    "Holdings Co. Limited",
}

# What must be on the screen whatever else there is, and whether anything can be scrolled sideways.
SEEN = """() => {
  const result = document.getElementById("result");
  const parts = [".result__outcome", ".result__name", ".result__acts", ".result__sent"];
  const outside = parts.filter((part) => {
    const { top, bottom, left, right, height } = result.querySelector(part).getBoundingClientRect();
    return !height || top < 0 || left < 0 || bottom > innerHeight || right > innerWidth;
  });
  return { outside, wide: result.scrollWidth > result.clientWidth, high: result.scrollHeight > result.clientHeight };
}"""


@pytest.mark.parametrize("lang", LONG)
def test_a_result_shows_who_what_undo_and_whether_it_is_sent_however_long_the_names(app, forum, live, new_page, lang):
    from playwright.sync_api import expect

    with writing():
        company = builders.add_company(LONG[lang])
        db.session.add(Participation(event_id=forum.event.id, company_id=company.id))
        first, *_ = (builders.add_delegate(forum.event, company, f"{LONG[lang][:-1]}{number}") for number in range(6))
        badge = first.badge.code
    _, code = add_station(app, forum.event)
    page = new_page(*SIZES[0], lang)
    open_station(page, live.url, code, lang=lang)
    page.context.set_offline(True)
    type_code(page, badge)
    expect(page.locator("#result")).to_have_class(GREEN)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(SEEN) == {"outside": [], "wide": False, "high": False}, (width, height)
    page.set_viewport_size({"width": 360, "height": 740})
    page.locator(".result__acts").get_by_role("button").first.click()
    expect(page.locator("#result")).to_have_attribute("data-outcome", "undone")


# A camera whose plug can be pulled, and which then is another app's.
PLUG = """() => {
  navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("", "NotReadableError"); };
  const [track] = document.getElementById("film").srcObject.getVideoTracks();
  track.stop();
  track.dispatchEvent(new Event("ended"));
}"""


def told_of(station_id: int) -> str:
    """What the server was told that keeps a station from working."""
    db.session.rollback()
    return db.session.get(Station, station_id).troubles


def test_the_camera_takes_the_badge_beside_another_code_and_says_why_when_it_stops(
    app, forum, live, camera_browser, tmp_path
):
    import qrcode
    from PIL import Image
    from playwright.sync_api import expect

    both = Image.new("L", (1000, 500), 255)
    for text, left in (("https://u.wechat.com/example", 0), (f"HTTPS://FORUM.EXAMPLE/B/{forum.codes[2]}", 500)):
        both.paste(qrcode.make(text, border=6).convert("L").resize((500, 500)), (left, 0))
    both.save(tmp_path / "both.png")
    station, code = add_station(app, forum.event)
    page = camera_browser(tools.film(tmp_path / "both.png", tmp_path / "both.mjpeg")).new_page(base_url=live.url)
    page.goto(f"/station?lang=en#pair={code}")
    tools.until(lambda: log()[:1] == [("in", "accepted")])
    page.evaluate(PLUG)
    expect(page.locator("#camera-words")).to_have_text("Another app uses the camera. Close it, then try again.")
    expect(page.locator("#retry")).to_be_visible()
    assert ("in", "unknown") not in log()
    tools.until(lambda: told_of(station.id) == "camera")


def test_many_conflicts_are_one_line_that_unfolds_and_a_kiosk_shows_neither_them_nor_anybodys_name(
    app, forum, live, new_page
):
    from playwright.sync_api import expect

    south, north = Tablet(app, forum.event, "South"), Tablet(app, forum.event, "North")
    for badge in forum.codes:
        south.scan(badge)
        north.scan(badge, told="accepted")
    station, code = add_station(app, forum.event)
    page = new_page(1024, 768)
    open_station(page, live.url, code)
    notices, fold = page.locator("#notices"), page.locator("#notices summary")
    expect(fold).to_have_text("Let in twice: 4. An organiser or a lead settles it.")
    lines = notices.get_by_text("was let in twice: South and North")
    expect(lines.first).to_be_hidden()
    fold.click()
    expect(lines.first).to_be_visible()
    assert page.locator(".viewfinder").bounding_box()["y"] < 768 / 2
    fold.click()
    expect(lines.first).to_be_hidden()
    with writing():
        db.session.get(Station, station.id).role = "kiosk"
    expect(page.locator("body")).to_have_attribute("data-role", "kiosk")
    expect(notices).to_be_hidden()
    closed = page.get_by_text("Nobody can be checked in here now. Please ask at the check-in desk.")
    expect(closed).to_be_hidden()
    with writing():
        stations.lock_station(db.session.get(Station, station.id), True, now=datetime.now(UTC), actor="tests")
    expect(closed).to_be_visible()
    expect(notices).to_be_hidden()
