"""The board and the day in a real browser: refused drags, the keyboard, two planners, proposals accepted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from eventday.models import Plan, Presence, db, writing
from eventday.services.planning import drafts, publishing
from eventday.services.staffing import staff
from tests import live
from tests.builders import PASSWORD

pytestmark = pytest.mark.browser
expect.set_options(timeout=30_000)  # a machine may be busy; no speed is claimed here


@pytest.fixture
def draft(forum) -> Plan:
    """A draft in which the first host has one seat a round; the rounds are shortly ahead."""
    now = datetime.now(UTC)
    with writing():
        forum.tables[0].capacity = 1
        for i, each in enumerate(forum.rounds):
            each.start = now + timedelta(minutes=6 + 30 * i)
            each.end = each.start + timedelta(minutes=25)
        forum.event.date = (now + timedelta(hours=8)).date()
    staff.add_member(email="planner@example.com", role="planner", password=PASSWORD, now=now, actor="tests")
    plan, _answer = drafts.solve_event(forum.event, now=now, actor="tests", seconds=10)
    return plan


@pytest.fixture
def server(settings, draft):
    db.session.commit()
    with live.serving(settings) as running:
        yield running


def sign_in(browser, server, width: int = 1024) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 768}, locale="en-GB").new_page()
    page.goto(f"{server.url}/sign-in?lang=en")
    page.fill("#email", "planner@example.com")
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url("**/events")
    return page


def drag(page: Page, chip, cell) -> None:
    start, end = chip.bounding_box(), cell.bounding_box()
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(start["x"] + 30, start["y"] + 30, steps=3)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 10, steps=4)


def test_the_board_refuses_tells_why_and_obeys_mouse_keyboard_and_two_planners(forum, draft, server, browser):
    board = f"{server.url}/events/forum/plan/{draft.id}/board"
    first, second = sign_in(browser, server), sign_in(browser, server)
    for page in (first, second):
        page.goto(board)
    live.axe(first)
    status = first.locator("#board-status")
    full = first.locator(f'[data-cell="t{forum.tables[0].id} r{forum.rounds[0].id}"]')

    drag(first, first.locator(".tray .board__chip").first, full)
    expect(full).to_have_class("is-no is-over")
    live.axe(first)
    first.mouse.up()
    expect(status).to_contain_text("not here")

    # With the keyboard: lift what sits in the first cell and put it off the board.
    chip = full.locator(".board__chip")
    name = chip.locator(".board__name").inner_text()
    chip.focus()
    first.keyboard.press("Space")
    expect(first.locator(".board__verdict").first).to_be_visible()
    for _ in range(2):
        first.keyboard.press("ArrowDown")
    first.keyboard.press("Enter")
    expect(status).to_have_text("Put down.")
    expect(full.locator(".board__chip")).to_have_count(0)

    # The other planner's page hears of it by itself, and a write on the old revision would be refused.
    expect(second.locator(f'[data-cell="t{forum.tables[0].id} r{forum.rounds[0].id}"] .board__chip')).to_have_count(0)
    second.locator('[data-step="undo"]').click()
    expect(first.locator(f'[data-cell="t{forum.tables[0].id} r{forum.rounds[0].id}"]')).to_contain_text(name)

    first.fill("#find", "hc")
    expect(first.locator(".board__chip.is-found").first).to_be_visible()


def test_no_shows_become_proposals_and_one_is_accepted(forum, draft, server, browser):
    now = datetime.now(UTC)
    publishing.publish(forum.event, draft, revision=0, now=now, actor="tests")
    with writing():
        for delegate in forum.delegates[:2]:
            db.session.get(Presence, delegate.id).state = "arrived"
    page = sign_in(browser, server, width=1440)
    page.goto(f"{server.url}/events/forum/day?lang=en")
    expect(page.get_by_text("is not here yet").first).to_be_visible()
    accept = page.get_by_role("button", name="Accept and publish").first
    expect(accept).to_be_visible(timeout=60_000)
    live.axe(page)
    accept.click()
    expect(page.get_by_text("Version 2 is published")).to_be_visible()


def test_pages_are_clean_for_everybody(draft, server, browser):
    page = sign_in(browser, server)
    for path in (
        "plan",
        "plan/1",
        "plan/1?by=company",
        "plan/1/publish",
        "plan/1/board?by=company",
        "plan/compare?plan=1",
    ):
        page.goto(f"{server.url}/events/forum/{path}")
        live.axe(page)
