"""The page of all stations keeps itself up to date without taking anything out of the organiser's hands."""

from __future__ import annotations

import pytest

from .station_page import add_station

pytestmark = pytest.mark.browser


def test_what_was_unfolded_stays_unfolded_when_news_come(app, forum, signed_in_page):
    from playwright.sync_api import expect

    add_station(app, forum.event, "North 1")
    page = signed_in_page("organiser", 1024, 768)
    page.clock.install()
    page.goto("/events/forum/stations")
    file = page.get_by_label("File of unsent scans")
    page.get_by_text("A tablet cannot send its scans?").click()
    expect(file).to_be_visible()
    add_station(app, forum.event, "South 2")
    page.clock.fast_forward("00:08")
    expect(page.get_by_role("link", name="South 2")).to_be_visible()
    expect(file).to_be_visible()
    assert page.complaints == []
