"""A hardware scanner types wherever the cursor stands; what it typed into a form is a scan and no part of a name."""

from __future__ import annotations

import pytest

from .station_page import add_station, logged, open_station, put_away

pytestmark = pytest.mark.browser

# The keys of a scanner, all at once, wherever the cursor stands.
BURST = """code => {
  const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  [...code, 'Enter'].forEach(press);
}"""


def test_a_badge_scanned_while_a_walk_in_is_typed_is_a_scan_and_a_code_typed_short_is_told_apart(
    app, forum, live, new_page
):
    from playwright.sync_api import expect

    _, code = add_station(app, forum.event)
    page = new_page(1024, 768)
    open_station(page, live.url, code)
    page.locator("#walk-in-open").click()
    page.locator("#walk-in-company").fill("新到公司")
    told = page.locator(".result__name")
    name, phone = page.locator("#walk-in-name"), page.locator("#walk-in-phone")

    name.press_sequentially(f"李HTTPS://FORUM.EXAMPLE/B/{forum.codes[0]}")
    name.press("Enter")
    expect(told).to_have_text(forum.delegates[0].name)
    expect(name).to_have_value("李")

    put_away(page)
    whole = f"HTTPS://FORUM.EXAMPLE/B/{forum.codes[1]}"
    phone.fill(f"1380{whole}"[:40])  # the field takes no more
    page.evaluate(BURST, whole)
    expect(told).to_have_text(forum.delegates[1].name)
    expect(phone).to_have_value("1380")

    put_away(page)
    page.locator("label:has(input[value='5'])").first.click()  # the cursor stands on what was tapped last
    page.evaluate(BURST, f"HTTPS://FORUM.EXAMPLE/B/{forum.codes[2]}")
    expect(told).to_have_text(forum.delegates[2].name)
    expect(page.locator("#walk-in")).to_be_visible()
    logged(*[("in", "accepted")] * 3)

    page.locator("#search").fill(forum.codes[3][:-1])
    expect(page.locator("#found")).to_have_text(
        "A badge code has 16 characters; these are 15. Compare it with the badge."
    )
