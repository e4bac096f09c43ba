"""The planner's work in a real browser: mouse, finger, keyboard; two planners; swap, publish, difference, rollback."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from eventday.models import Plan, db, writing
from eventday.services.planning import drafts
from tests import builders
from tests import live as tools

pytestmark = pytest.mark.browser


@pytest.fixture
def serve_options() -> tuple[str, ...]:
    """The server brings its worker along."""
    return ()


@pytest.fixture
def draft(forum) -> Plan:
    """A draft in which the first host has one seat a round, so that two companies go without; rounds are ahead."""
    now = builders.hold_today(forum, first_in=60)
    with writing():
        forum.tables[0].capacity = 1
    plan, _answer = drafts.solve_event(forum.event, now=now, actor="tests", seconds=60)
    db.session.commit()
    return plan


TWICE_BACK = """board => {
  board.focus();
  const back = () => new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true });
  for (const key of [back(), back()]) board.dispatchEvent(key);
}"""


LOCK_AND_BACK = """lock => {
  lock.click();
  const back = new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true });
  document.querySelector('.board-wrap').dispatchEvent(back);
}"""


# What does not fit the paper; there nobody can scroll to it.
CUT_OFF = """() => [...document.querySelectorAll('html, .table-wrap, .board-wrap')]
  .filter(each => each.scrollWidth > each.clientWidth + 1).map(each => each.className)"""


def drag(page: Page, chip: Locator, cell: Locator) -> None:
    """Lift with the mouse and hold over the cell."""
    chip.scroll_into_view_if_needed()
    start, end = chip.bounding_box(), cell.bounding_box()
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(start["x"] + 30, start["y"] + 30, steps=3)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 10, steps=4)


def drag_with_a_finger(page: Page, chip: Locator, cell: Locator) -> None:
    """Hold a chip, carry it over the cell, let go: touches as the browser gets them from a screen."""
    start, end = chip.bounding_box(), cell.bounding_box()
    x, y = start["x"] + 12, start["y"] + 12
    to_x, to_y = end["x"] + end["width"] / 2, end["y"] + 12
    touch = page.context.new_cdp_session(page)

    def send(kind: str, *points: tuple[float, float]) -> None:
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    send("touchStart", (x, y))
    expect(page.locator(".board__chip.is-lifted")).to_have_count(1)
    for part in range(1, 6):
        send("touchMove", (x + (to_x - x) * part / 5, y + (to_y - y) * part / 5))
    expect(cell).to_have_class("is-may is-over")
    send("touchEnd")


def put_off_the_board(page: Page, chip: Locator, *, below: int = 2) -> None:
    """With the keyboard: lift, walk down past the last table, which is `below` rows away, put down."""
    chip.focus()
    page.wait_for_load_state()  # keys are heard once the board's script has run
    page.keyboard.press("Space")
    expect(page.locator(".board__verdict").first).to_be_visible()
    for _ in range(below):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#board-status")).to_have_text("Put down.")


def test_the_board_refuses_tells_why_and_obeys_mouse_finger_keyboard_and_two_planners(forum, draft, signed_in_page):
    board = f"/events/forum/plan/{draft.id}/board"
    first, second = signed_in_page("planner", 1024, 1000), signed_in_page("planner", 1024, 768)
    tablet = signed_in_page("planner", 1024, 768, has_touch=True)
    for page in (first, second):
        page.goto(board)
    tools.axe(first)
    status = first.locator("#board-status")
    full = f'[data-cell="t{forum.tables[0].id} r{forum.rounds[0].id}"]'
    cell = first.locator(full)

    drag(first, first.locator(".tray .board__chip").first, cell)
    expect(cell).to_have_class("is-no is-over")
    tools.axe(first)
    first.mouse.up()
    expect(status).to_contain_text("not here")

    # The second planner holds a chip in the hand while the first changes the board: the drop is refused, and shown.
    held = second.locator(f'[data-cell="t{forum.tables[1].id} r{forum.rounds[0].id}"] .board__chip').first
    held.focus()
    second.keyboard.press("Space")
    expect(second.locator(".board__verdict").first).to_be_visible()
    chip = cell.locator(".board__chip")
    name = chip.locator(".board__name").inner_text()
    put_off_the_board(first, chip)
    expect(cell.locator(".board__chip")).to_have_count(0)
    second.keyboard.press("ArrowDown")
    second.keyboard.press("Enter")
    expect(second.locator("#board-status")).to_contain_text("Somebody else changed this draft first")
    expect(second.locator(f"{full} .board__chip")).to_have_count(0)
    expect(second.locator(".tray")).to_contain_text(name)
    second.locator('[data-step="undo"]').click()
    expect(cell).to_contain_text(name)
    second.locator('[data-step="redo"]').click()
    expect(cell.locator(".board__chip")).to_have_count(0)

    # In the view by company a finger takes the wish that was left over back into the round.
    tablet.goto(f"{board}?by=company")
    row = tablet.locator("tr", has=tablet.get_by_role("button", name=name, exact=True))
    wish = row.locator('[data-cell="off"] .board__chip', has_text="核工院")
    drag_with_a_finger(tablet, wish, row.locator(f'[data-cell="r{forum.rounds[0].id}"]'))
    expect(tablet.locator("#board-status")).to_have_text("Put down.")
    expect(cell).to_contain_text(name)
    tools.axe(tablet)

    # A lock is set where it is seen, and undone like a move.
    cell.locator(".board__chip").click()
    first.get_by_role("button", name="Lock", exact=True).first.click()
    expect(first.get_by_role("button", name="Release", exact=True)).to_have_count(1)
    tools.axe(first)
    first.keyboard.press("Escape")
    expect(first.locator(".chip--locked")).to_have_count(1)
    first.locator('[data-step="undo"]').click()
    expect(first.locator(".chip--locked")).to_have_count(0)

    # Set and taken back before the server has answered, one after the other.
    revision = int(first.locator("#grid").get_attribute("data-revision"))
    cell.locator(".board__chip").click()
    first.get_by_role("button", name="Lock", exact=True).first.evaluate(LOCK_AND_BACK)
    expect(first.locator("#grid")).to_have_attribute("data-revision", str(revision + 2))
    expect(first.locator(".chip--locked")).to_have_count(0)

    first.fill("#find", "hc")
    expect(first.locator(".board__chip.is-found").first).to_be_visible()
    first.fill("#find", "")
    first.select_option("#show-only", label="with unmet wishes")
    expect(first.locator(".tray .board__chip.is-dim")).to_have_count(0)
    expect(first.locator("td .board__chip.is-dim").first).to_be_visible()

    # A key pressed twice takes two steps back, one after the other, and the keyboard stays on the board.
    first.locator(".board-wrap").evaluate(TWICE_BACK)
    expect(first.locator('[data-step="undo"]')).to_be_disabled()
    expect(first.locator(".board-wrap")).to_be_focused()
    assert not first.complaints + tablet.complaints


def test_a_swap_is_applied_versions_are_published_compared_and_rolled_back(forum, draft, signed_in_page):
    page = signed_in_page("planner", 1440, 900)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"/events/forum/plan/{draft.id}/board")
    left_over = page.locator(".tray .board__chip").first
    name = left_over.locator(".board__name").inner_text()
    left_over.click()
    page.get_by_role("button", name="Explain").first.click()
    expect(page.get_by_text("Cheapest swap")).to_be_visible()
    tools.axe(page)
    page.get_by_role("button", name="Apply to the draft").click()
    expect(page.get_by_text("The swap is on the draft")).to_be_visible()
    expect(page.locator(f'tr:has([data-cell^="t{forum.tables[0].id} "])')).to_contain_text(name)

    page.get_by_role("link", name="Publish …").click()
    expect(page.get_by_text("This is the first version")).to_be_visible()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Version 1 is published")).to_be_visible()
    tools.axe(page)

    page.get_by_role("button", name="Edit a copy").click()
    seat = page.locator(f'[data-cell="t{forum.tables[1].id} r{forum.rounds[1].id}"] .board__chip').first
    dropped = seat.locator(".board__name").inner_text()
    put_off_the_board(page, seat, below=1)
    page.get_by_role("link", name="Publish …").click()
    expect(page.get_by_text("1 company is affected")).to_be_visible()
    change = page.get_by_role("row", name=dropped)
    expect(change).to_contain_text("gone")
    tools.axe(page)
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Version 2 is published")).to_be_visible()
    old = page.url
    page.goto(f"{old}/publish")
    assert page.url == old, "a published plan is not offered for publishing"

    page.goto("/events/forum/plan")
    page.get_by_role("row", name="Version 1").get_by_role("button", name="Go back to it").click()
    expect(page.get_by_text("Version 3 is published")).to_be_visible()
    page.goto(f"{page.url}/diff")
    expect(page.get_by_role("row", name=dropped)).to_contain_text("new")
    for path in ("plan", "plan?lang=zh", "exports", "plan/1?by=company", "plan/compare?plan=1&plan=2"):
        page.goto(f"/events/forum/{path}")
        tools.axe(page)
    page.set_viewport_size({"width": 718, "height": 1000})  # A4 less its margins
    page.emulate_media(media="print")
    for path in ("plan/1", "plan/1?by=company", "plan/1/board", "plan/compare?plan=1&plan=2"):
        page.goto(f"/events/forum/{path}")
        assert page.evaluate(CUT_OFF) == [], path
        tools.axe(page)
    assert not page.complaints


def test_a_search_ends_in_the_list_of_drafts_or_at_the_board_it_was_started_from(forum, draft, signed_in_page):
    page = signed_in_page("planner", 360, 740)
    page.goto("/events/forum/plan")
    page.get_by_role("button", name="Solve", exact=True).click()
    expect(page.get_by_role("link", name=f"Draft {draft.id + 1}", exact=True).first).to_be_visible(timeout=60_000)
    expect(page.get_by_text("proven best").first).to_be_visible()
    tools.axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

    # What is missing on the board is found again; the board stays as it was until that is taken over.
    page.goto(f"/events/forum/plan/{draft.id}/board")
    seated = page.locator("td .board__chip")
    meetings = seated.count()
    last_table = page.locator(f'[data-cell="t{forum.tables[1].id} r{forum.rounds[0].id}"]')
    put_off_the_board(page, last_table.locator(".board__chip").first, below=1)
    expect(seated).to_have_count(meetings - 1)
    page.get_by_role("button", name="Solve again, keeping locks").click()
    expect(page.get_by_role("button", name="Take it over")).to_be_visible(timeout=60_000)
    expect(page.locator("#search")).to_contain_text("1 company is affected")
    expect(seated).to_have_count(meetings - 1)
    page.locator("#search summary").click()
    tools.axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Take it over").click()
    expect(page.get_by_text("What was found is on the board")).to_be_visible()
    expect(seated).to_have_count(meetings)
    page.wait_for_load_state()
    page.get_by_role("button", name="Undo").click()
    expect(seated).to_have_count(meetings - 1)
    assert not page.complaints
