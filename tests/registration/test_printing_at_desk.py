"""Paper for the chest and a code for the phone, in a real Chromium with a wire that loses and delays: nobody's badge is
replaced unawares, two taps are one, and what comes late is not put before the next guest."""

from __future__ import annotations

import re
import threading

import pytest

from eventday.models import Badge, db, writing
from tests import builders
from tests import live as tools
from tests.wire import SCANS, Call, lose, wired

from .station_page import add_station, open_station, put_away, type_code

pytestmark = pytest.mark.browser

BADGES, CODES = "/api/v1/badges", "/api/v1/phone-codes"


def badges(person) -> int:
    """How many badges somebody has had; just one of them is live."""
    db.session.rollback()
    assert db.session.query(Badge).filter_by(delegate_id=person.id, revoked_at=None).count() == 1
    return db.session.query(Badge).filter_by(delegate_id=person.id).count()


def test_a_lost_print_is_the_same_badge_two_taps_are_one_and_what_comes_late_waits(app, forum, live, new_page):
    from playwright.sync_api import expect

    page = new_page(1024, 768)
    page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; };")
    result, notices = page.locator("#result"), page.locator("#notices")
    names = [person.name for person in forum.delegates]
    with writing():
        company = forum.delegates[0].company
        colleagues = [builders.add_delegate(forum.event, company, f"同行者{number}") for number in range(9)]

    def printed(times: int) -> None:
        tools.until(lambda: page.evaluate("window.printed") == times)

    def press(word: str, name: str, **more) -> None:
        put_away(page)
        page.locator("#search").fill(name)
        page.get_by_role("button", name=f"{word} {name}").click(**more)

    let_go = threading.Event()

    def hold(call: Call):
        let_go.wait(60)
        return call.forward()

    def notice(name: str):
        return notices.locator("p", has_text=name)

    with wired(live.port) as wire:
        open_station(page, wire.url, add_station(app, forum.event)[1])
        page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
        lost = wire.once(BADGES, lose)
        press("Print badge", names[0])
        expect(notice(names[0])).to_contain_text(
            "nobody answered, so a new badge may exist and the one worn be refused"
        )
        assert (lost.is_set(), badges(forum.delegates[0])) == (True, 2)
        page.reload()
        expect(page.locator("#link-state")).to_have_class(re.compile("is-online"))
        notice(names[0]).get_by_role("button", name="Print badge").click()
        printed(1)
        expect(notices).to_be_empty()
        assert badges(forum.delegates[0]) == 2
        assert page.locator(".paper__code").text_content() == _spaced(forum.delegates[0].badge.code)

        press("Print badge", names[1], click_count=2, delay=10)
        printed(2)
        asked = [call for call in wire.calls if call.path == BADGES]
        assert (len(asked), badges(forum.delegates[1])) == (3, 2)

        for path, word, said in (
            (BADGES, "Print badge", "can be printed now"),
            (CODES, "Code for a phone", "The code for the phone of"),
        ):
            let_go.clear()
            held = wire.once(path, hold)
            press(word, names[2])
            tools.until(held.is_set)
            type_code(page, forum.codes[3])
            expect(result.locator(".result__name")).to_have_text(names[3])
            let_go.set()
            expect(notice(names[2])).to_contain_text(said)
            expect(result.locator(".result__name")).to_have_text(names[3])
            assert page.evaluate("window.printed") == 2 + (path == CODES)
            put_away(page)
            notice(names[2]).get_by_role("button").click()
            expect(notices).to_be_empty()
            printed(3)
        expect(result).to_have_attribute("data-outcome", "note")
        expect(result.locator(".result__detail")).to_contain_text(names[2])

        # Of a delegation that takes long nobody is shown any more once the next guest's badge was scanned.
        let_go.clear()
        type_code(page, forum.codes[0])
        expect(result.locator(".result__sent")).to_have_text("Confirmed")
        wire.once(SCANS, hold)
        page.get_by_role("button", name="Check in all 9").click()
        expect(page.locator("#made")).to_contain_text(colleagues[0].name)
        type_code(page, forum.codes[1])
        expect(page.locator("#made li")).to_have_count(13)
        let_go.set()
        expect(page.locator("#queue-state")).to_have_text("All sent")
        expect(page.locator("#made .is-sent")).to_have_count(13)
        expect(result.locator(".result__name")).to_have_text(names[1])


def _spaced(code: str) -> str:
    return re.sub(r"(.{4})(?=.)", r"\1 ", code)
