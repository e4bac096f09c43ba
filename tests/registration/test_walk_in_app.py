"""Walk-ins in the station app in a real Chromium: online with a badge to print, and offline until handed in."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from eventday.models import Badge, Delegate, Wish, db
from eventday.services.door import stations
from tests import live as tools

pytestmark = pytest.mark.browser


@pytest.fixture
def desk_page(app, forum, live, new_page):
    """`desk_page(width, height, lang)`: a page on which the station app is paired as a desk; printing is counted."""
    from playwright.sync_api import expect

    def open_desk(width: int = 1024, height: int = 768, lang: str = "en"):
        _, code = stations.add_station(
            event=forum.event, name="Desk 1", now=datetime.now(UTC), actor="tests", secret=app.config["SECRET_KEY"]
        )
        db.session.commit()
        page = new_page(width, height, lang, base_url=live.url)
        page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; };")
        page.goto(f"/station?lang={lang}#pair={code}")
        expect(page.locator("#counts .count")).to_have_count(2)
        return page

    return open_desk


def register(page, forum, name: str = "贺新来") -> None:
    page.locator("#walk-in-open").click()
    page.locator("#walk-in-company").fill("上海新到科技有限公司")
    page.locator("#walk-in-name").fill(name)
    page.locator(f"label:has(input[name='host-{forum.hosts[0].id}'][value='5'])").click()
    page.locator("#walk-in button.button--primary").click()


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
    assert walk_ins() == [("贺新来", 1)]
    page.locator("#result").get_by_role("button", name="Print badge").click()
    tools.until(lambda: page.evaluate("window.printed") == 1)
    paper = tmp_path / "badge.pdf"
    page.pdf(path=paper, prefer_css_page_size=True)
    [sheet] = pypdf.PdfReader(paper).pages
    assert [round(float(side) / 72 * 25.4) for side in sheet.mediabox[2:]] == [90, 54]
    printed = re.sub(r"\s", "", sheet.extract_text())
    assert "贺新来" in printed
    assert db.session.query(Badge).join(Delegate).filter(Delegate.walk_in).one().code in printed
    assert page.complaints == []


def test_a_walk_in_without_a_connection_is_kept_and_handed_in_afterwards(desk_page, forum):
    from playwright.sync_api import expect

    page = desk_page(360, 740, "zh")
    page.context.set_offline(True)
    register(page, forum)
    expect(page.locator("#result")).to_have_class(re.compile("result--good"))
    expect(page.locator("#made strong").first).to_have_text("贺新来")
    assert walk_ins() == []
    page.context.set_offline(False)
    tools.until(lambda: walk_ins() == [("贺新来", 1)])
    expect(page.locator("#made .people__sent").first).to_have_text("已确认")
