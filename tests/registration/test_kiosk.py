"""A kiosk: people check themselves in before the front camera, or with the code beside it on their own phones."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from eventday.models import Presence, db
from eventday.services.door import stations
from tests import live as tools

from .tablet import Tablet

pytestmark = pytest.mark.browser


def test_only_a_kiosk_is_sent_the_code_of_this_minute(app, forum):
    told = {
        role: Tablet(app, forum.event, role, role=role).post("contact", {}).json["here"]
        for role in ("gate", "desk", "lead", "table", "kiosk")
    }
    assert [role for role, here in told.items() if here] == ["kiosk"]


def test_a_badge_before_the_mirror_and_a_phone_before_the_code_both_check_in(
    app, forum, live, client, camera_browser, tmp_path
):
    import qrcode
    from playwright.sync_api import expect

    picture = tmp_path / "badge.png"
    qrcode.make(f"HTTP://LOCALHOST:8000/B/{forum.codes[2]}", border=6).save(picture)
    who = {"name": "Kiosk", "role": "kiosk", "actor": "tests", "secret": app.config["SECRET_KEY"]}
    _, code = stations.add_station(event=forum.event, now=datetime.now(UTC), **who)
    film = tools.film(picture, tmp_path / "badge.mjpeg")
    page = camera_browser(film).new_page(base_url=live.url, viewport={"width": 1024, "height": 768})
    page.goto(f"/station?lang=zh#pair={code}")
    expect(page.locator(".result__name")).to_have_text(forum.delegates[2].name)
    expect(page.locator("#result")).to_have_class(re.compile("result--good"))
    assert page.locator("#result button:visible").count() == 0  # nothing here is for whoever stands before it
    expect(page.locator("#result")).to_be_hidden()
    expect(page.locator("#film")).to_have_class(re.compile("is-mirror"))
    expect(page.locator("#search")).to_be_hidden()

    here = page.locator("#here svg")
    [shown] = tools.until(lambda: zxingcpp.read_barcodes(Image.open(BytesIO(here.screenshot()))))
    mine = forum.delegates[0]
    client.post(f"/B/{forum.codes[0]}/bind", data={"digits": mine.phone[-4:]})
    led = client.get("/" + shown.text.split("/", 3)[3])
    assert led.headers["Location"].endswith(f"/B/{forum.codes[0]}")
    db.session.rollback()
    assert db.session.get(Presence, mine.id).state == "arrived"
