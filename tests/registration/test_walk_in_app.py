"""Walk-ins in the station app in a real Chromium: online with a badge to print, and offline until handed in."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from eventday.models import Badge, Delegate, Presence, Station, TableVisit, Wish, db, writing
from eventday.services.door import stations
from tests import live as tools

from .station_page import add_station, kept, open_station, put_away
from .tablet import Tablet

pytestmark = pytest.mark.browser


@pytest.fixture
def desk_page(app, forum, live, new_page):
    """`desk_page(width, height, lang)`: a page on which the station app is paired as a desk; printing is counted."""

    def open_desk(width: int = 1024, height: int = 768, lang: str = "en", role: str = "desk"):
        _, code = add_station(app, forum.event, "Desk 1", role=role)
        page = new_page(width, height, lang)
        page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; };")
        open_station(page, live.url, code, lang=lang)
        return page

    return open_desk


def register(page, forum, name: str = "贺新来") -> None:
    page.locator("#walk-in-open").click()
    page.locator("#walk-in-company").fill("上海新到科技有限公司")
    page.locator("#walk-in-name").fill(name)
    page.locator(f"label:has(input[name='host-{forum.hosts[0].id}'][value='5'])").click()
    page.locator("#walk-in button.button--primary").click()


def where(delegate_id: int) -> str:
    db.session.rollback()
    return db.session.get(Presence, delegate_id).state


def known(page, delegate_id: int) -> dict:
    """What the tablet itself knows of somebody."""
    return next(one for one in kept(page, "people") if one["id"] == delegate_id)


def visits() -> int:
    db.session.rollback()
    return db.session.query(TableVisit).count()


def walk_ins() -> list[tuple[str, int]]:
    db.session.rollback()
    people = db.session.query(Delegate).filter_by(walk_in=True).order_by(Delegate.id)
    return [(one.name, db.session.query(Wish).filter_by(company_id=one.company_id).count()) for one in people]


def test_a_walk_in_is_registered_wished_for_and_gets_a_badge_of_the_exact_size(desk_page, forum, axe, tmp_path):
    import pypdf
    from playwright.sync_api import expect

    page = desk_page()
    page.locator("#walk-in-open").click()
    axe(page)
    page.locator("#walk-in-close").click()
    register(page, forum)
    expect(page.locator("#result")).to_have_class(re.compile("result--good"))
    expect(page.locator(".result__name")).to_have_text("贺新来")
    tools.until(lambda: walk_ins() == [("贺新来", 1)])
    page.locator("#result").get_by_role("button", name="Print badge").click()
    tools.until(lambda: page.evaluate("window.printed") == 1)
    paper = tmp_path / "badge.pdf"
    page.pdf(path=paper, prefer_css_page_size=True)
    [sheet] = pypdf.PdfReader(paper).pages
    assert [round(float(side) / 72 * 25.4) for side in sheet.mediabox[2:]] == [90, 54]
    printed = re.sub(r"\s", "", sheet.extract_text())
    db.session.rollback()
    assert "贺新来" in printed
    assert db.session.query(Badge).join(Delegate).filter(Delegate.walk_in).one().code in printed
    assert page.complaints == []

    # One that the server cannot take is not left standing as welcome, nor told as confirmed.
    put_away(page)
    register(page, forum, "\x7f贺")
    expect(page.locator(".result__name")).to_have_text("\x7f贺")
    expect(page.locator("#result")).to_have_attribute("data-outcome", "invalid")
    expect(page.locator(".result__sent")).to_have_text("")
    expect(page.locator("#notices")).to_contain_text("The server did not take this: \x7f贺")

    # While an organiser has locked the station it takes nobody, and what was typed stays in the form.
    with writing():
        stations.lock_station(db.session.query(Station).one(), True, now=datetime.now(UTC), actor="tests")
    expect(page.locator("#notices")).to_contain_text("An organiser has locked this station")
    put_away(page)
    register(page, forum, "后来者")
    expect(page.locator("#walk-in-name")).to_be_visible()
    expect(page.locator("#walk-in-name")).to_have_value("后来者")
    assert kept(page, "outbox") == []


def test_a_walk_in_made_offline_is_handed_in_and_a_lead_finds_who_they_are_with_one_tap(app, desk_page, forum, axe):
    from playwright.sync_api import expect

    someone = forum.delegates[1]
    with writing():
        gate = Tablet(app, forum.event, "Gate", role="gate")
    page = desk_page(360, 740, "zh", role="lead")
    page.context.set_offline(True)
    register(page, forum, someone.name)
    expect(page.locator("#result")).to_have_class(re.compile("result--good"))
    expect(page.locator("#made strong").first).to_have_text(someone.name)
    assert walk_ins() == []
    # By company: found like everybody else, though the server has not heard of them.
    page.locator("#search").fill("新到")
    expect(page.locator("#found li")).to_have_count(1)
    expect(page.locator("#found")).to_contain_text("已存本机，尚未上传")
    page.context.set_offline(False)
    tools.until(lambda: walk_ins() == [(someone.name, 1)])
    expect(page.locator("#made .people__sent").first).to_have_text("已确认")

    put_away(page)
    page.locator("#settle-open").click()
    expect(page.locator(".settle__match strong")).to_have_text(someone.name)
    axe(page)
    page.locator(".settle__match button").click()
    expect(page.locator("#settle")).to_be_hidden()
    db.session.rollback()
    assert db.session.query(Delegate).filter_by(walk_in=True).one().merged_into_id == someone.id
    # The badge that the walk-in never got is worth nothing; the one in the box is, also on this tablet.
    tools.until(lambda: known(page, someone.id)["state"] == "arrived")
    page.locator("#search").fill(forum.codes[1])
    page.keyboard.press("Enter")
    expect(page.locator("#result")).to_have_attribute("data-outcome", "already")
    # A lead takes back what another station did, found by name.
    tools.until(lambda: gate.scan(forum.codes[2])["outcome"] == "accepted")
    put_away(page)
    page.locator("#search").fill("單國")
    undo = page.locator("#found").get_by_role("button", name=re.compile("撤销"))
    expect(undo).to_be_visible()
    undo.click()
    tools.until(lambda: where(forum.delegates[2].id) == "expected")
    # Also that somebody came to a table, which another station recorded.
    with writing():
        at_table = Tablet(app, forum.event, "Table", role="table", table_id=forum.tables[0].id)
    tools.until(lambda: at_table.scan(forum.codes[3], "table", table=forum.tables[0].id)["outcome"] == "accepted")
    put_away(page)
    page.locator("#search").fill(forum.delegates[3].name)
    undo = page.locator("#found").get_by_role("button", name=re.compile(f"撤销入座 {forum.tables[0].label}"))
    expect(undo).to_have_count(1)
    undo.click()
    expect(page.locator(".result__outcome")).to_have_text("已撤销")
    expect(page.locator(".result__name")).to_have_text(forum.delegates[3].name)
    tools.until(lambda: visits() == 0)
    page.locator("#search").fill(forum.delegates[3].name)
    expect(undo).to_have_count(0)
    assert page.complaints == [] or all("ERR_INTERNET_DISCONNECTED" in each for each in page.complaints)
