"""What a volunteer sees on the tablet in the hour of arrivals and at a breakout table, in a real Chromium."""

from __future__ import annotations

import re

import pytest

from eventday.models import Assignment, Conflict, Plan, Presence, db, writing
from tests import builders

from .station_page import add_station, logged, open_station, put_away, type_code
from .tablet import Tablet

pytestmark = pytest.mark.browser


def told(page, outcome: str, name: str | re.Pattern[str], more: str | re.Pattern[str] = "") -> None:
    """What the result says."""
    from playwright.sync_api import expect

    expect(page.locator("#result")).to_have_attribute("data-outcome", outcome)
    expect(page.locator(".result__name")).to_have_text(name)
    expect(page.locator(".result__more")).to_have_text(more)


def _inside() -> set[str]:
    """The names of those who are in."""
    db.session.rollback()
    return {one.delegate.name for one in db.session.query(Presence).filter_by(state="arrived")}


def test_a_desk_checks_in_some_of_a_delegation_hears_of_guests_gives_a_code_and_stays_silent(
    app, forum, live, new_page
):
    from playwright.sync_api import expect

    first, guest, host, _ = forum.delegates
    with writing():
        names = ("欧阳晓雯", "贺建国", *(f"同行者{number}" for number in range(8)))
        colleague, other, *more = (builders.add_delegate(forum.event, first.company, name) for name in names)
        guest.role, host.role = "vip", "host"
        guest.receiver_id = host.receiver_id = first.id
    gate = Tablet(app, forum.event, "Gate", role="gate")
    _, code = add_station(app, forum.event)
    page = new_page(1024, 768)
    open_station(page, live.url, code)
    page.locator("#sound").click()
    type_code(page, forum.codes[0])
    told(page, "accepted", first.name)
    # Whoever of them has come: the names that are tapped, however many there are; two taps are one.
    buttons = page.locator(".result__delegation button")
    expect(buttons).to_have_text([*names, "Check in all 10"])
    for tapped in (0, 1, 9, 1):
        buttons.nth(tapped).click()
    expect(buttons.last).to_have_text("Check in these 2")
    buttons.last.dblclick(delay=20)
    told(page, "accepted", more[-1].name)
    logged(*[("in", "accepted")] * 3)
    assert _inside() == {first.name, colleague.name, more[-1].name}
    expect(buttons).to_have_text([other.name, *(each.name for each in more[:-1]), "Check in all 8"])
    buttons.last.press("Enter")  # a key is no second tap, however soon it comes
    told(page, "accepted", more[-2].name)
    logged(*[("in", "accepted")] * 11)

    assert gate.scan(guest.badge.code)["outcome"] == "accepted"
    arrived = f"{guest.name} 总经理, 恒优 has arrived · received by {first.name}"
    expect(page.locator("#notices")).to_contain_text(arrived)
    put_away(page)
    page.locator("#notices").get_by_role("button", name="Seen").click()
    expect(page.locator("#notices")).to_be_empty()

    # Whoever scans a guest is told who receives them also where the server cannot say it.
    page.context.set_offline(True)
    type_code(page, host.badge.code)
    told(page, "accepted", host.name, f"received by {first.name}")
    page.context.set_offline(False)
    logged(*[("in", "accepted")] * 13)
    put_away(page)

    page.locator("#search").fill(other.name)
    page.get_by_role("button", name=f"Code for a phone {other.name}").click()
    told(page, "note", re.compile(r"^\d{3} \d{3}$"), re.compile("within 30 min"))
    digits = page.locator(".result__name").text_content()
    bound = app.test_client().post(f"/B/{other.badge.code}/bind", data={"digits": digits})
    assert bound.status_code == 302
    page.reload()
    expect(page.locator("#station-name")).to_have_text("North 1")
    expect(page.locator("#sound")).to_have_attribute("aria-pressed", "false")
    # Loaded again, it tells of the guest whom nobody has seen yet, and not of the other once more.
    expect(page.locator("#notices")).to_contain_text(host.name)
    expect(page.locator("#notices")).not_to_contain_text(guest.name)
    assert all("ERR_INTERNET_DISCONNECTED" in each for each in page.complaints)


def test_a_lead_says_what_it_was_that_somebody_was_let_in_twice(app, forum, live, new_page):
    from playwright.sync_api import expect

    for name in ("Gate A", "Gate B"):
        Tablet(app, forum.event, name, role="gate").scan(forum.codes[0], told="accepted")
    page = new_page(360, 740)
    open_station(page, live.url, add_station(app, forum.event, role="lead")[1])
    notices = page.locator("#notices")
    notices.locator("summary").click()
    expect(notices).to_contain_text(f"{forum.delegates[0].name} was let in twice: Gate A and Gate B. What was it?")
    notices.get_by_role("button", name="The same person, scanned twice").click()
    expect(notices).to_contain_text("Noted: The same person, scanned twice.")
    expect(notices.locator("summary")).to_have_count(0)
    db.session.rollback()
    assert db.session.query(Conflict).one().verdict == "same"


def test_a_table_says_right_wrong_and_where_instead_a_free_seat_and_none(app, forum, live, new_page):
    from playwright.sync_api import expect

    now = builders.hold_today(forum, first_in=5)
    with writing():
        plan = Plan(event_id=forum.event.id, state="published", version=1, created_at=now)
        for company, table, slot in ((0, 0, 0), (1, 1, 0), (3, 1, 1)):
            here = {"table_id": forum.tables[table].id, "round_id": forum.rounds[slot].id}
            plan.assignments.append(Assignment(company_id=forum.companies[company].id, **here))
        db.session.add(plan)
    _, code = add_station(app, forum.event, "T1", role="table", table_id=forum.tables[0].id)
    page = new_page(360, 740)
    open_station(page, live.url, code)
    names, elsewhere = [person.name for person in forum.delegates], re.compile(r"^Yours is T2 · B2会议室 · \d\d:\d\d$")
    for number, outcome, more in (
        (0, "accepted", ""),
        (1, "wrong_table", elsewhere),
        (2, "accepted", ""),
        (3, "wrong_table", elsewhere),
    ):
        type_code(page, forum.codes[number])
        told(page, outcome, names[number], more)
    expect(page.locator("#result button")).to_have_count(0)  # no seat is left
    expect(page.locator("#made .tag")).to_have_text(["Not this table", "Free seat", "Not this table", "Right table"])
    logged(("table", "accepted"), ("table", "wrong_table"), ("table", "accepted"), ("table", "wrong_table"))
