"""The page on a phone of its own: WeChat's browser, a small screen, no script, no network, a plan that changes."""

import re

import pytest
from playwright.sync_api import expect

from eventday.models import Need, db
from tests.builders import add_delegate
from tests.live import until

from .plans import programme, publish

pytestmark = pytest.mark.browser

WECHAT = (
    "Mozilla/5.0 (Linux; Android 12; HONOR 50) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/107.0.5304.141 Mobile Safari/537.36 XWEB/5169 MMWEBSDK/20230604 MicroMessenger/8.0.38.2400 "
    "WeChat/arm64 NetType/WIFI Language/zh_CN"
)


@pytest.fixture
def phone(live, forum, new_page):
    """`phone(lang, **options)`: a small phone at the first delegate's page."""

    def open_phone(lang="en", **options):
        page = new_page(360, 640, lang, **({"user_agent": WECHAT, "is_mobile": True} | options))
        page.goto(f"{live.url}/B/{forum.codes[0]}")
        return page

    return open_phone


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_fits_a_small_phone_in_wechat_and_hides_nothing_from_anyone(phone, forum, axe, lang):
    programme(forum)
    publish(forum, (0, 0, 0))
    publish(forum, (0, 1, 0), (0, 0, 1), version=2)
    page = phone(lang)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    axe(page)
    page.click(".me__qr")
    assert page.locator("#qr svg").bounding_box()["width"] > 300
    axe(page)
    assert page.complaints == []


def test_the_large_code_stays_lit_and_in_place_until_it_is_closed(phone, forum):
    publish(forum, (0, 0, 0))
    page = phone()
    page.evaluate(
        """() => {
            const request = WakeLock.prototype.request;
            window.locks = [];
            WakeLock.prototype.request = async function (kind) {
                const lock = await request.call(this, kind);
                window.locks.push(lock);
                return lock;
            };
        }"""
    )
    page.click(".me__qr")
    page.wait_for_function("window.locks.length === 1 && !window.locks[0].released")
    publish(forum, (0, 1, 1), version=2)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # as when the phone is looked at again
    page.wait_for_selector(".changes", state="attached")  # the page behind it is a newer one
    assert page.locator("#qr svg").bounding_box()["width"] == 360
    page.click("#qr >> text=Close")
    page.wait_for_function("window.locks.every(lock => lock.released)")
    assert page.evaluate("window.locks.length") == 1
    assert page.locator("#qr").is_hidden()


def test_the_schedule_is_readable_without_script(phone, forum):
    publish(forum, (0, 0, 0))
    text = phone(java_script_enabled=False).inner_text("main")
    assert re.search(r"T1 · B1会议室\s+Round 1 · 14:30–14:55", text)


def test_on_a_slow_network_the_day_is_readable_before_any_script_and_all_of_it_weighs_little(live, forum, new_page):
    programme(forum)
    publish(forum, (0, 0, 0), (0, 1, 1))
    page = new_page(360, 640, "zh", user_agent=WECHAT, is_mobile=True)
    wire, weights, held = page.context.new_cdp_session(page), [], []
    wire.send("Network.enable")
    slow_3g = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
    wire.send("Network.emulateNetworkConditions", slow_3g)
    wire.on("Network.loadingFinished", lambda told: weights.append(told["encodedDataLength"]))
    page.route("**/attendee-*.js", lambda route: held.append(route))  # the script is still on its way
    page.goto(f"{live.url}/B/{forum.codes[0]}", wait_until="commit")
    page.wait_for_selector(".timeline__mine >> text=B1会议室")
    expect(page.locator(".timeline__mine:visible")).to_have_count(2)
    until(lambda: page.evaluate("true") and held)  # asked for by now, and heard of here
    held[0].continue_()
    until(lambda: page.evaluate("navigator.serviceWorker.ready.then(Boolean)"))
    until(lambda: page.evaluate("true") and len(weights) >= 3)  # page, style, script, and what they ask for
    page.wait_for_load_state("networkidle")
    assert sum(weights) < 50_000
    assert page.complaints == []


def test_a_new_plan_appears_by_itself_and_only_on_the_phone_that_it_concerns(live, forum, new_page):
    publish(forum, (0, 0, 0), (1, 0, 0))
    mine, other = new_page(360, 640), new_page(360, 640)
    mine.clock.install()
    for page, code in zip((mine, other), forum.codes, strict=False):
        page.goto(f"{live.url}/B/{code}")
    mine.get_by_text("Add to my calendar").focus()
    publish(forum, (0, 1, 1), (1, 0, 0), version=2)
    mine.clock.fast_forward("00:12")
    mine.wait_for_selector(".changes >> text=T2")
    expect(mine.get_by_text("Add to my calendar")).to_be_focused()
    mine.click("text=I have read this")
    mine.wait_for_selector(".changes", state="detached")
    other.reload()
    assert other.locator(".changes").count() == 0


def test_after_the_first_visit_the_page_is_there_without_network(phone, forum):
    publish(forum, (0, 0, 0))
    page = phone()
    until(lambda: page.evaluate("caches.match(location.pathname, {ignoreVary: true}).then(Boolean)"))
    until(lambda: page.evaluate("caches.match(document.querySelector('script[src]').src).then(Boolean)"))
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("main")).to_contain_text("B1会议室")
    page.wait_for_selector("text=No connection.")
    page.context.set_offline(False)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_selector("text=No connection.", state="hidden")


def test_a_replaced_badge_leaves_nothing_on_the_phone(phone, forum):
    publish(forum, (0, 0, 0))
    page = phone()
    until(lambda: page.evaluate("caches.match(location.pathname, {ignoreVary: true}).then(Boolean)"))
    forum.delegates[0].badge.revoked_at = forum.event.created_at
    publish(forum, (1, 0, 0), version=2)
    page.reload()
    expect(page.locator("main")).to_contain_text("opens no page")
    until(lambda: not page.evaluate("caches.match(location.pathname, {ignoreVary: true}).then(Boolean)"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_pages_of_a_bound_phone_fit_it_and_are_accessible(live, forum, new_page, axe, lang):
    host = add_delegate(forum.event, forum.hosts[0], "李建", role="host", phone="+8613800000200")
    db.session.add(Need(event_id=forum.event.id, host_id=forum.hosts[0].id, title="智能巡检机器人"))
    db.session.commit()
    page = new_page(360, 640, lang, user_agent=WECHAT, is_mobile=True)

    def look(code, *names):
        for name in names:
            page.goto(f"{live.url}/B/{code}/{name}")
            assert page.url.endswith(name)
            assert page.evaluate("document.documentElement.scrollWidth") == 360, name
            axe(page)

    for code, digits in ((forum.codes[0], "0100"), (host.badge.code, "0200")):
        page.goto(f"{live.url}/B/{code}/bind")
        axe(page)
        page.fill("#digits", digits)
        page.press("#digits", "Enter")
        page.wait_for_url(f"**/B/{code}")
        if code == forum.codes[0]:
            look(code, "wishes", "contacts", "privacy")
            page.click(f"a[href$='{code}']")  # the way back
            page.click("a[href$=wishes]")
            page.locator("fieldset.card").first.locator("input[value='4']").check()
            page.locator("main form button").last.click()
            page.wait_for_selector("[role=status]")
            publish(forum, (0, 0, 0), (1, 0, 1))
            look(code, "wishes", "outcomes")
    look(host.badge.code, "visitors")
    if lang == "en":
        until(lambda: kept(page, host.badge.code))  # the page itself, for times without network
        assert all("visitors" not in address for address in kept(page, host.badge.code))  # but nobody else's
        code = host.badge.code
        page.goto(f"{live.url}/B/{code}/privacy")
        page.click("text=Erase me")
        page.check("[name=sure]")
        page.click("button.button--danger")
        page.wait_for_selector("text=You are erased")
        until(lambda: kept(page, code) == [])
    assert page.complaints == []


def kept(page, code: str) -> list[str]:
    """The addresses of which the phone keeps copies, of the pages of one badge."""
    return page.evaluate(
        """async code => {
            const caches_ = await Promise.all((await caches.keys()).map(name => caches.open(name)));
            const requests = await Promise.all(caches_.map(cache => cache.keys()));
            return requests.flat().map(request => request.url).filter(url => url.includes(code));
        }""",
        code,
    )
