"""What can go wrong with a tablet itself: its browser dies, its clock is wrong, its storage is full or taken away, it
hears nothing for hours, or its server moves to another address. Nothing is lost, and nothing turns green that is not
kept."""

from __future__ import annotations

import os
import re
import signal
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from eventday.models import Scan, db, writing
from eventday.services.door import stations as service
from eventday.services.door.pairing_links import pair_url
from eventday.services.papers import badging
from tests import builders
from tests import live as tools
from tests.wire import SCANS, lose, wired

from .station_page import (
    GREEN,
    MOVABLE_CLOCK,
    RED,
    add_station,
    clock_off,
    kept,
    log,
    open_station,
    put_away,
    type_code,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def tablet(playwright, tmp_path):
    """`tablet()`: a browser with a disk of its own, opened (again); `tablet.kill()` ends it as a flat battery would."""

    from playwright.sync_api import Error

    class Tablet:
        folder = tmp_path / "tablet"
        context = None

        def __call__(self):
            self.context = playwright.chromium.launch_persistent_context(
                self.folder,
                executable_path=tools.CHROMIUM,
                args=tools.CHROMIUM_ARGUMENTS,
                viewport={"width": 1024, "height": 768},
                locale="en-GB",
            )
            self.context.add_init_script(MOVABLE_CLOCK)
            return self.context.pages[0]

        def kill(self) -> None:
            tools.until(lambda: not self._killed())  # until none is left that holds its files
            with suppress(Error):  # it may have noticed by itself that nobody is there any more
                self.context.close()
            (self.folder / "SingletonLock").unlink(missing_ok=True)

        def _killed(self) -> list[int]:
            """The processes that were there and got the signal; one ends the others, perhaps before we come to them."""
            mine = f"--user-data-dir={self.folder}".encode()
            numbers = [int(process.name) for process in Path("/proc").glob("[0-9]*") if mine in _arguments(process)]
            for number in numbers:
                with suppress(ProcessLookupError):
                    os.kill(number, signal.SIGKILL)
            return numbers

    tablet = Tablet()
    yield tablet
    tablet.context.close()


# Fill what storage there is, in smaller and smaller pieces, until nothing more goes in; noise, as all else is packed.
FILL = """async () => {
  const open = indexedDB.open('filler');
  open.onupgradeneeded = () => open.result.createObjectStore('all', { autoIncrement: true });
  const db = await new Promise((done, fail) => {
    open.onsuccess = () => done(open.result);
    open.onerror = () => fail(open.error);
  });
  const noise = new Uint8Array(8_000_000);
  for (let at = 0; at < noise.length; at += 50_000) crypto.getRandomValues(noise.subarray(at, at + 50_000));
  for (let size = noise.length; size >= 16; ) {
    const all = db.transaction('all', 'readwrite', { durability: 'strict' });
    all.objectStore('all').add(noise.slice(0, size));
    const kept = new Promise((done) => { all.oncomplete = () => done(true); all.onabort = () => done(false); });
    if (!(await kept)) size /= 2;
  }
}"""


def _arguments(process: Path) -> list[bytes]:
    try:
        return (process / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return []


def test_a_tablet_killed_reloaded_and_two_hours_off_hands_in_every_scan_at_its_true_time(app, forum, live, tablet):
    from playwright.sync_api import expect

    with wired(live.port) as wire:
        page = tablet()
        page.goto(f"{wire.url}/healthz")
        clock_off(page, hours=2)
        open_station(page, wire.url, add_station(app, forum.event)[1])
        expect(page.locator("#notices")).to_contain_text("This tablet's clock is 120 min off")
        page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
        wire.cut()
        for code in forum.codes[:2]:
            type_code(page, code)
            expect(page.locator("#result")).to_have_class(GREEN)
        expect(page.locator("#queue-state")).to_have_text(re.compile("2 not sent, since"))
        tablet.kill()

        page = tablet()
        page.goto(f"{wire.url}/station?lang=en")
        expect(page.locator("#queue-state")).to_have_text(re.compile("2 not sent, since"))
        clock_off(page)  # somebody has put the clock right
        type_code(page, forum.codes[2])
        expect(page.locator("#result")).to_have_class(GREEN)
        made = datetime.now(UTC)
        # The page is loaded again while the batch is on its way, and the answer is lost.
        reloaded = threading.Event()
        under_way = wire.once(SCANS, lambda call: reloaded.wait(120) and lose(call))
        tools.until(under_way.is_set)
        page.reload()
        reloaded.set()
        expect(page.locator("#queue-state")).to_have_text("All sent")
        assert log() == [("in", "accepted")] * 3
        for scan in db.session.query(Scan):
            assert abs(scan.at - made) < timedelta(minutes=30)


def test_what_changes_while_offline_is_told_and_full_or_taken_storage_turns_nothing_green(app, forum, live, new_page):
    from playwright.sync_api import expect

    page = new_page(1024, 768)
    developer, quota = page.context.new_cdp_session(page), {"origin": live.url}
    open_station(page, live.url, add_station(app, forum.event)[1])
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    result, notices, search = page.locator("#result"), page.locator("#notices"), page.locator("#search")
    page.context.set_offline(True)
    with writing():
        late = builders.add_delegate(forum.event, forum.companies[0], "迟到者")
        fresh = late.badges[0].code
        revoked, new_code = forum.codes[0], forum.codes[0][::-1]
        badging.reissue(forum.event, forum.delegates[0].id, code=new_code, now=datetime.now(UTC), actor="tests")
    type_code(page, fresh)
    expect(result).to_have_class(RED)
    type_code(page, revoked)
    expect(result).to_have_class(GREEN)
    search.fill(forum.delegates[0].name)
    expect(page.locator("#found .tag")).to_contain_text("in since")
    page.context.set_offline(False)
    expect(notices).to_contain_text(f"{forum.delegates[0].name}: the server says “Badge was replaced”")
    expect(notices).to_contain_text("迟到者: the server says “Welcome”")
    search.fill(forum.delegates[0].name)
    expect(page.locator("#found .tag")).to_have_text("expected")
    search.fill("迟到者")
    expect(page.locator("#found .tag")).to_contain_text("in since")
    assert log() == [("in", "accepted"), ("in", "revoked")]
    put_away(page)
    for name in (forum.delegates[0].name, "迟到者"):
        notices.locator("p", has_text=name).get_by_role("button", name="Seen").click()
        expect(notices).not_to_contain_text(name)

    page.context.set_offline(True)
    type_code(page, forum.codes[1])
    expect(result).to_have_class(GREEN)
    developer.send("Storage.overrideQuotaForOrigin", quota | {"quotaSize": 20_000_000})
    page.evaluate(FILL)
    before = len(log())
    type_code(page, forum.codes[2])
    expect(result).to_have_class(RED)
    expect(result.locator(".result__outcome")).to_have_text("Not saved")
    expect(result.locator(".result__sent")).to_have_text("")
    expect(notices).to_contain_text("This tablet cannot store anything now")
    # What was typed of a walk-in is still needed, and stays.
    put_away(page)
    page.locator("#walk-in-open").click()
    page.locator("#walk-in-company").fill("上海新到科技有限公司")
    page.locator("#walk-in-name").fill("贺新来")
    page.locator("#walk-in button.button--primary").click()
    expect(result).to_be_visible()
    expect(result.locator(".result__outcome")).to_have_text("Not saved")
    expect(page.locator("#walk-in-name")).to_be_visible()
    expect(page.locator("#walk-in-name")).to_have_value("贺新来")
    page.reload()
    expect(notices).to_contain_text("This tablet cannot store anything now")
    expect(page.locator("#queue-state")).to_have_text(re.compile("1 not sent"))
    page.context.set_offline(False)  # what waits leaves it all the same
    expect(page.locator("#queue-state")).to_have_text("All sent")
    tools.until(lambda: log()[before:] == [("in", "accepted")])
    expect(page.locator("#made .people__sent").first).to_have_text("Confirmed")
    expect(notices).to_contain_text("This tablet cannot store anything now")
    developer.send("Storage.overrideQuotaForOrigin", quota)
    expect(notices).not_to_contain_text("cannot store")
    type_code(page, forum.codes[2])
    expect(result).to_have_class(GREEN)
    tools.until(lambda: len(log()) == before + 2)

    page.context.set_offline(True)
    type_code(page, forum.codes[3])
    expect(page.locator("#queue-state")).to_have_text(re.compile("1 not sent"))
    developer.send("Storage.clearDataForOrigin", quota | {"storageTypes": "indexeddb"})
    expect(notices).to_contain_text("The browser has closed this station's storage")
    type_code(page, forum.codes[3])
    expect(result).to_have_class(RED)
    put_away(page)
    page.get_by_role("button", name="Load again").click()
    lost = "The browser has thrown away what this station kept. 1 scans had not been sent"
    expect(notices).to_contain_text(lost)
    page.reload()
    expect(notices).to_contain_text(lost)  # until somebody has seen it
    notices.get_by_role("button", name="Seen").click()
    page.reload()
    expect(page.locator("#unpaired")).to_be_visible()
    expect(notices).not_to_contain_text(lost)


def test_hours_without_contact_lock_it_and_a_new_address_is_reached_by_one_scan_with_all_that_waits(
    app, settings, forum, live, new_page
):
    from playwright.sync_api import expect

    page = new_page(1024, 768)
    page.add_init_script(MOVABLE_CLOCK)
    station, code = add_station(app, forum.event)
    open_station(page, live.url, code)
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    result, notices = page.locator("#result"), page.locator("#notices")
    live.kill()
    type_code(page, forum.codes[0])
    expect(result).to_have_class(GREEN)
    clock_off(page, hours=11)
    type_code(page, forum.codes[0])
    expect(result.locator(".result__outcome")).to_have_text("Already in")
    expect(notices).to_contain_text(f"{live.url} has not answered for 66")
    clock_off(page, hours=13)
    expect(notices).to_contain_text("No contact for 12 hours: this station has locked itself")
    tools.until(lambda: kept(page, "people") == [])
    tools.until(lambda: forum.delegates[0].name not in str(kept(page, "made")))
    type_code(page, forum.codes[1])
    page.locator("#search").fill(forum.delegates[0].name)
    expect(page.locator("#found")).to_contain_text("Nobody is found")
    expect(page.locator("#queue-state")).to_have_text(re.compile("2 not sent"))

    with tools.serving(settings) as moved:
        with writing():
            row = db.session.get(service.Station, station.id)
            code = service.pair_again(row, now=datetime.now(UTC), actor="tests")
            link = pair_url(moved.url, code, row)
        type_code(page, link.rsplit(".", 1)[0] + ".of-a-stranger")
        expect(notices).to_contain_text("which is not this station's server")
        type_code(page, link)
        page.wait_for_url(f"{moved.url}/station*")
        expect(page.locator("#queue-state")).to_have_text("All sent")
        expect(page.locator("#station-name")).to_have_text("North 1")
        assert "#" not in page.url
        assert log() == [("in", "accepted"), ("in", "already")]
        db.session.rollback()
        assert all(abs(scan.at - datetime.now(UTC)) < timedelta(minutes=5) for scan in db.session.query(Scan))
