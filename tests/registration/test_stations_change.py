"""A tablet that becomes another station, is opened twice, or may keep nothing: it knows what it may, takes scans in one
place, and says what it cannot do."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest

from eventday.models import Station, db, writing
from eventday.services.door import stations
from tests import live as tools

from .station_page import GREEN, UNHURRIED, add_station, kept, log, logged, open_station, put_away, type_code

pytestmark = pytest.mark.browser

# A browser that is told to keep nothing for this page, as a private window may be.
KEEPS_NOTHING = """Object.defineProperty(window, 'indexedDB', {
  get() { return { open() { throw new DOMException('The operation is insecure.', 'SecurityError'); } }; },
})"""

# As in a page without HTTPS.
WITHOUT_LOCKS = "Object.defineProperty(navigator, 'locks', { value: undefined })"


def change(page, station: int, role: str) -> None:
    """An organiser gives the station another role, and the tablet hears of it."""
    from playwright.sync_api import expect

    with writing():
        row = db.session.get_one(Station, station)
        stations.change_station(
            row, name=row.name, role=role, gate="", table_id=None, now=datetime.now(UTC), actor="tests"
        )
    expect(page.locator("body")).to_have_attribute("data-role", role)


def knows_digits(page) -> list[bool]:
    return ["last4" in person or "title" in person for person in kept(page, "people")]


def test_another_role_knows_what_it_may_and_lets_people_in_and_what_is_refused_stays_until_it_is_saved_and_seen(
    app, forum, live, new_page
):
    from playwright.sync_api import expect

    page = new_page(1024, 768)
    station, code = add_station(app, forum.event)
    open_station(page, live.url, code)
    digits = kept(page, "people")[0]["last4"]
    search, found, out = page.locator("#search"), page.locator("#found"), page.locator("[data-mode=out]")
    search.fill(digits)
    expect(found.locator("strong")).to_have_text(forum.delegates[0].name)

    change(page, station.id, "gate")
    tools.until(lambda: knows_digits(page) == [False] * 4)
    search.fill(digits + " ")
    expect(found).to_contain_text("Nobody is found")
    out.click()
    page.reload()
    expect(out).to_have_attribute("aria-pressed", "true")

    change(page, station.id, "kiosk")
    type_code(page, forum.codes[0])
    expect(page.locator("#result")).to_have_class(GREEN)
    expect(page.locator(".result__outcome")).to_have_text("Welcome")
    logged(("in", "accepted"))
    put_away(page)

    change(page, station.id, "desk")
    expect(page.locator("[data-mode=in]")).to_have_attribute("aria-pressed", "true")
    tools.until(lambda: knows_digits(page) == [True] * 4)

    page.locator("#walk-in-open").click()
    page.locator("#walk-in-company").evaluate("field => field.removeAttribute('maxlength')")
    page.locator("#walk-in-company").fill("新到" * 101)
    page.locator("#walk-in-name").fill("贺新来")
    page.locator("#walk-in-phone").fill("13800138000")
    page.locator("#walk-in button.button--primary").click()
    notice = page.locator("#notices p", has_text="The server did not take this")
    expect(notice).to_contain_text(re.compile("贺新来.*新到新到.*13800138000"))
    page.reload()
    with page.expect_download() as saving:
        notice.get_by_role("button", name="Save them as a file").click()
    [scan] = json.loads(saving.value.path().read_text())["scans"]
    assert (scan["walk_in"]["phone"], scan["station"]) == ("13800138000", station.id)
    saved = page.locator("#notices p", has_text="It is in the file now")
    expect(saved).to_contain_text("13800138000")
    saved.get_by_role("button", name="Seen").click()
    expect(page.locator("#notices")).not_to_contain_text("贺新来")
    tools.until(lambda: "13800138000" not in str(kept(page, "made") + kept(page, "outbox")))
    assert log() == [("in", "accepted")]


@pytest.mark.parametrize("locks", [True, False])
def test_one_tab_at_a_time_takes_scans(app, forum, live, new_page, locks):
    from playwright.sync_api import expect

    first = new_page(1024, 768)
    if not locks:
        first.context.add_init_script(WITHOUT_LOCKS)
    open_station(first, live.url, add_station(app, forum.event)[1])
    second = first.context.new_page()
    second.add_init_script(UNHURRIED)
    second.goto(f"{live.url}/station?lang=en")
    elsewhere = "This station is open in another tab or window"
    expect(second.locator("#notices")).to_contain_text(elsewhere)
    type_code(second, forum.codes[0])
    second.get_by_role("button", name="Go on here").click()
    expect(second.locator("#station-name")).to_have_text("North 1")
    expect(first.locator("#notices")).to_contain_text(elsewhere)
    type_code(first, forum.codes[0])
    type_code(second, forum.codes[1])
    expect(second.locator("#result")).to_have_class(GREEN)
    logged(("in", "accepted"))
    assert [row["name"] for row in kept(second, "made")] == [forum.delegates[1].name]
    second.close()
    expect(first.locator("#station-name")).to_have_text("North 1")  # by itself, as nobody else is there any more
    expect(first.locator("#notices")).not_to_contain_text(elsewhere)


def test_a_browser_that_keeps_nothing_takes_nobody(app, forum, live, new_page):
    from playwright.sync_api import expect

    shut = new_page(1024, 768)
    shut.add_init_script(KEEPS_NOTHING)
    shut.goto(f"{live.url}/station?lang=en#pair={add_station(app, forum.event, 'Second')[1]}")
    expect(shut.locator("#notices")).to_contain_text("no scan would be safe here")
    expect(shut.get_by_role("button", name="Load again")).to_be_visible()
    type_code(shut, forum.codes[2])
    expect(shut.locator("#result")).to_be_hidden()
    assert shut.complaints == []
