"""The day as a planner lives it in a browser: who is missing, what is proposed, whose phones change and whose not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from eventday.models import Participation, Presence, Station, Wish, db, writing
from eventday.services.planning import drafts, publishing
from tests import builders
from tests import live as tools

pytestmark = pytest.mark.browser


@pytest.fixture
def serve_options() -> tuple[str, ...]:
    """The server brings its worker along."""
    return ()


@pytest.fixture
def day(forum) -> builders.Forum:
    """Eight companies with two meetings each, at two tables of four; the first round begins in nine minutes.

    Those in places 0 to 4 are here, 5 to 7 are not, and a company that nobody expected waits at the desk (place 8).
    """
    now = builders.hold_today(forum, first_in=9)
    with writing():
        for table in forum.tables:
            table.capacity = 4
        for name in ("申维", "弘锋", "昱信", "铂源", "新来"):
            company = builders.add_company(f"上海{name}科技有限公司", short_name=name)
            forum.companies.append(company)
            forum.delegates.append(builders.add_delegate(forum.event, company, f"{name}的人"))
            db.session.add(Participation(event_id=forum.event.id, company_id=company.id, walk_in=name == "新来"))
            if name != "新来":
                _wish(forum, company.id, 3)
    plan, _answer = drafts.solve_event(forum.event, now=now, actor="tests", seconds=60)
    publishing.publish(forum.event, plan, revision=0, now=now, actor="tests")
    with writing():
        _wish(forum, forum.companies[8].id, 5)
        for place in (0, 1, 2, 3, 4, 8):
            db.session.get(Presence, forum.delegates[place].id).state = "arrived"
    return forum


def _wish(forum: builders.Forum, company_id: int, interest: int) -> None:
    for host in forum.hosts:
        db.session.add(Wish(event_id=forum.event.id, company_id=company_id, host_id=host.id, interest=interest))


def shown(phone: Page) -> str:
    """Everything that a phone's page says, but for the minutes that run and the version that it names at its foot."""
    return phone.evaluate("""() => {
        const day = document.querySelector('.day').cloneNode(true);
        day.querySelectorAll('[data-left], [data-stage], .foot, script').forEach(part => part.remove());
        return day.textContent.replace(/\\s+/g, ' ');
    }""")


def listen(phone: Page) -> None:
    """Let the phone ask for news now, as it does every few seconds, and wait for the answer."""
    with phone.expect_response(lambda answer: answer.url.endswith(".json")):
        phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_three_no_shows_and_a_walk_in_are_settled_and_only_their_phones_change(day, live, signed_in_page, new_page):
    codes, names = day.codes, [company.short_name for company in day.companies]
    page = signed_in_page("planner", 1440, 900)
    phones = [new_page(360, 740) for _ in codes]
    for phone, code in zip(phones, codes, strict=True):
        phone.goto(f"{live.url}/B/{code}")
    before = [shown(phone) for phone in phones]

    page.goto("/events/forum/day")
    troubles = page.locator(".troubles")
    for name in names[5:8]:
        expect(troubles).to_contain_text(f"{name} is not here yet")
    expect(troubles).to_contain_text(f"{names[8]} came unannounced")
    proposal = page.locator(".proposals > li").first
    expect(proposal.get_by_role("button", name="Accept and publish")).to_be_visible(timeout=120_000)
    expect(proposal.get_by_role("heading")).to_contain_text("0 moved")
    affected = set(proposal.locator(".changes strong").all_text_contents())
    assert affected == set(names[5:9])
    tools.axe(page)
    # What somebody has opened stays open, and what has the focus keeps it, while the page goes on asking.
    proposal.locator("summary").click()
    for _ in range(2):
        with page.expect_response(lambda answer: "/day/now" in answer.url):
            pass
    expect(proposal.locator("summary")).to_be_focused()

    # A button that is pressed stays until it is let go, whatever is heard of meanwhile.
    accept = proposal.get_by_role("button", name="Accept and publish")
    expect(page.locator(".searching")).to_have_count(0)
    with page.expect_response(lambda answer: "/day/now" in answer.url and answer.status == 200) as heard:
        accept.hover()
        page.mouse.down()
        with writing():
            silent = {"created_at": builders.NOW, "last_seen_at": datetime.now(UTC) - timedelta(minutes=3)}
            db.session.add(Station(event_id=day.event.id, name="North gate", **silent))
    heard.value.finished()
    page.evaluate("() => new Promise(requestAnimationFrame)")
    page.mouse.up()
    expect(page.get_by_text("Version 2 is published")).to_be_visible()

    for phone, was, name in zip(phones, before, names, strict=True):
        listen(phone)
        if name in affected:
            expect(phone.locator(".changes")).to_contain_text("Your schedule changed")
        else:
            assert shown(phone) == was, name
    assert not page.complaints


def test_what_the_planner_hears_is_noted_and_noticed(day, live, signed_in_page, new_page):
    names, codes = [company.short_name for company in day.companies], day.codes
    host, link = day.hosts[0].short_name, day.tables[1].label
    page = signed_in_page("planner", 360, 740)
    phone = new_page(360, 740)
    phone.goto(f"{live.url}/B/{codes[0]}")
    page.goto("/events/forum/day")
    troubles = page.locator(".troubles")

    def hear(summary: str, button: str, **fields: str) -> None:
        page.get_by_text(summary, exact=True).click()
        form = page.locator("details[open] form", has=page.get_by_role("button", name=button, exact=True))
        for name, value in fields.items():
            field = form.locator(f"[name={name}]")
            if field.evaluate("each => each.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)
        with page.expect_navigation():  # the page before may say "Noted." too
            form.get_by_role("button", name=button, exact=True).click()
        expect(page.get_by_text("Noted.")).to_be_visible()

    hear("Somebody comes later", "Note", company=names[5], until="23:59")
    expect(troubles).to_contain_text(f"{names[5]} comes at 23:59 and misses")
    hear("Somebody does not come, or comes after all", "Does not come", company=names[6])
    expect(troubles).to_contain_text(f"{names[6]} will not come")
    hear("A video link", "Note", table=f"{link} · {day.hosts[1].short_name}", state="down")
    expect(troubles).to_contain_text(f"The video link of table {link}")
    hear(
        "A table moves, closes or opens", "Move", table=f"{day.tables[1].label} · {day.hosts[1].short_name}", room="B9"
    )
    listen(phone)
    expect(phone.locator(".day")).to_contain_text("B9")
    hear("A table moves, closes or opens", "Close for the rest of the day", table=f"{link} · {day.hosts[1].short_name}")
    expect(troubles).to_contain_text(f"Table {link}")
    expect(troubles).to_contain_text("is closed")
    hear("Somebody comes later", "Note", company=f"{host} (host)", until="23:59")
    expect(troubles).to_contain_text(f"The host {host} comes at 23:59")
    hear("Somebody does not come, or comes after all", "Does not come", company=f"{host} (host)")
    expect(troubles).to_contain_text(f"The host {host} is gone")
    with writing():
        db.session.get(Presence, day.delegates[0].id).state = "left"
    expect(troubles).to_contain_text(f"{names[0]} has left")
    later = (day.rounds[0].start + timedelta(minutes=10)).astimezone(day.event.zone)
    hear("A round overruns", "Shift", minutes="10")
    expect(page.locator("#round-1")).to_contain_text(f"{later:%H:%M}–")
    tools.axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.goto("/events/forum/day?lang=zh")
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        tools.axe(page)
