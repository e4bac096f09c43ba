"""Every address is shut unless it is on the list, every answer is hardened, every form has its token."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests import builders

# Open to everybody, and why.
PUBLIC = {
    "static": "scripts, styles, pictures",
    "healthz": "the process answers",
    "readyz": "so do its database and queue",
    "metrics": "this machine, or whoever has the token",
    "set_up": "how a tablet comes to trust the server",
    "set_up_qr": "the same",
    "set_up_certificate": "the same",
    "set_up_profile": "the same",
    "components": "404 unless in debug",
    "openapi.spec": "the description of the interface",
    "registration.station_app": "the station's page, the same for everybody; what it shows needs a station's token",
    "registration.station_manifest": "the same",
    "registration.station_worker": "the same",
    "registration.station_reader": "the same",
    "organiser.start": "leads to the sign-in",
    "organiser.sign_in": "the sign-in",
    "organiser.sign_out": "ends a session, if there is one",
}
# Opened by a badge's code, a station's token or a screen's address, each checked by its own door's tests.
BY_CODE = ("attendee.", "api.", "screen.")
# What the desk may write, besides what stations do with their tokens.
OF_THE_DESK = {
    "organiser.account",
    "organiser.print_badges",
    "organiser.reissue_badge",
    "registration.settle",
    "registration.settle_on_page",
    "registration.take_back_settling",
}
# What neither plans nor prepares a plan: the event's frame, its staff, what is printed, the door.
NOT_FOR_PLANNERS = {
    *("organiser.edit_event", "organiser.new_event", "organiser.carry_over", "organiser.trail"),
    *("organiser.staff", "organiser.new_member", "organiser.member", "organiser.member_password"),
    *("organiser.badges", "organiser.badge_layout", "organiser.print_badges", "organiser.reissue_badge"),
    *("registration.stations", "registration.new_station", "registration.station", "registration.act_on_station"),
    *("registration.walk_ins", "registration.settle", "registration.settle_on_page", "registration.take_back_settling"),
    *("registration.hand_in_unsent", "registration.pairing_link"),
}
FILLED = {"slug": "forum", "code": "7KQ2M9XWJ4TPA3HD", "secret": "x" * 22, "key": "x" * 22, "filename": "icon.svg"}


def routes(app, method: str) -> list[tuple[str, str]]:
    """(endpoint, address) of every route that takes `method`, with something in each gap."""
    found = []
    for rule in app.url_map.iter_rules():
        if method in rule.methods and not rule.endpoint.startswith("static"):
            filled = re.sub(r"<(?:(\w+)(?:\((.*?)\))?:)?(\w+)>", _fill, rule.rule)
            found.append((rule.endpoint, filled))
    return sorted(set(found))


def _fill(gap: re.Match[str]) -> str:
    kind, choices, name = gap.groups()
    if kind == "any":
        return choices.split(",")[0].strip()
    return "1" if kind == "int" else FILLED.get(name, "1")


def by_code(endpoint: str) -> bool:
    return endpoint.startswith(BY_CODE)


def shut(answer) -> bool:
    """Whether a stranger was turned away: to the sign-in, or refused."""
    led_away = answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in")
    return led_away or answer.status_code in (400, 401, 403, 404, 405)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_no_address_is_open_that_is_not_on_the_list(app, client, forum, method):
    opened = [
        f"{method} {address} ({endpoint}): {answer.status_code}"
        for endpoint, address in routes(app, method)
        if endpoint not in PUBLIC and not by_code(endpoint)
        if not shut(answer := client.open(address, method=method))
    ]
    assert not opened, "\n".join(opened)


def test_every_answer_is_hardened(app, client, organiser, forum):
    for browser in (client, organiser):
        for _endpoint, address in routes(app, "GET"):
            answer = browser.get(address)
            answer.close()
            policy = answer.headers["Content-Security-Policy"]
            assert "'unsafe" not in policy.replace("'wasm-unsafe-eval'", ""), address
            assert answer.headers["X-Content-Type-Options"] == "nosniff", address
            assert answer.headers["X-Frame-Options"] == "DENY", address
            assert "Cache-Control" in answer.headers, address


def test_no_page_has_script_or_style_of_its_own(app, organiser, forum):
    """The policy would refuse both, and nobody would notice but the person whose button is dead."""
    for _endpoint, address in routes(app, "GET"):
        answer = organiser.get(address)
        page = answer.text if answer.mimetype == "text/html" else ""
        answer.close()
        if page:
            assert not re.search(r"<script(?![^>]*(\bsrc=|application/json))", page), address
            assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", page), address


def test_a_form_without_its_token_is_refused(app, organiser, forum):
    app.config["WTF_CSRF_ENABLED"] = True
    taken = [
        f"{method} {address} ({endpoint}): {answer.status_code}"
        for method in ("POST", "PUT", "PATCH", "DELETE")
        for endpoint, address in routes(app, method)
        if not by_code(endpoint)
        if (answer := organiser.open(address, method=method)).status_code not in (400, 404, 405)
    ]
    assert not taken, "\n".join(taken)


def test_nothing_of_an_event_is_open_to_those_of_another(app, forum):
    other = builders.small_forum("other")
    stranger = builders.signed_in(app, "organiser", events=[other.event])
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        for endpoint, address in routes(app, method):
            if not address.startswith("/events/forum"):
                continue
            assert stranger.open(address, method=method).status_code in (404, 405), f"{method} {endpoint}"
            # Nor by its number, from one's own event: row 1 of every kind is the forum's.
            if re.search("/1(/|$)", address) and endpoint != "organiser.import_progress":  # tells of any token: gone
                own = address.replace("/events/forum", "/events/other")
                assert stranger.open(own, method=method).status_code in (404, 405, 422), f"{method} {endpoint}"


def test_a_desk_writes_only_what_is_the_desks(app, desk, forum):
    passed = {
        endpoint
        for method in ("POST", "PUT", "PATCH", "DELETE")
        for endpoint, address in routes(app, method)
        if endpoint not in PUBLIC and not by_code(endpoint)
        if desk.open(address, method=method).status_code not in (403, 405)
    }
    assert passed == OF_THE_DESK
    for address in ("/staff/new", "/events/forum/import", "/events/new"):
        assert desk.get(address).status_code in (403, 404), address


def test_a_planner_is_shut_out_of_the_frame_the_staff_and_the_door(app, planner, forum):
    refused = set()
    for method in ("GET", "POST"):
        for endpoint, address in routes(app, method):
            if endpoint not in PUBLIC and not by_code(endpoint):  # one of the public ones would sign them out
                answer = planner.open(address, method=method)
                answer.close()
                refused |= {endpoint} if answer.status_code == 403 else set()
    assert refused == NOT_FOR_PLANNERS


def test_a_session_that_is_not_used_ends(organiser):
    assert organiser.get("/events").status_code == 200
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=4, minutes=1), tick=False):
        assert organiser.get("/events").status_code == 302


def test_a_session_ends_after_twelve_hours_however_much_it_is_used(organiser):
    began = datetime.now(UTC)
    for hours in range(1, 12):
        with time_machine.travel(began + timedelta(hours=hours), tick=False):
            organiser.get("/events")
    with time_machine.travel(began + timedelta(hours=24), tick=False):
        assert organiser.get("/events").status_code == 302


def test_a_member_who_was_shut_out_is_out_at_once(app, organiser):
    from eventday.models import Staff, db

    member = db.session.query(Staff).one()
    member.session_epoch += 1
    db.session.commit()
    assert organiser.get("/events").status_code == 302


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(app, client):
    known = {"email": builders.new_member("organiser"), "password": builders.PASSWORD}
    answer = client.post("/sign-in", data=known)
    told = [value for name, value in answer.headers if name == "Set-Cookie" and value.startswith("eventday=")]
    assert told
    assert all("HttpOnly" in value and "SameSite=Lax" in value for value in told)


def test_the_sign_in_leads_to_no_other_site(app, client):
    email = builders.new_member("organiser")
    answer = client.post("/sign-in?next=//evil.example/", data={"email": email, "password": builders.PASSWORD})
    assert answer.headers["Location"] == "/events"


@pytest.mark.parametrize(("lang", "words"), [("zh", "此地址没有内容"), ("en", "There is nothing at this address")])
def test_what_is_not_there_is_told_in_both_languages(client, lang, words):
    answer = client.get(f"/nowhere?lang={lang}")
    assert (answer.status_code, words in answer.text) == (404, True)


@pytest.mark.parametrize(("lang", "words"), [("zh", "没有权限"), ("en", "not open to you")])
def test_what_is_not_allowed_is_told_in_both_languages(desk, forum, lang, words):
    answer = desk.get(f"/staff?lang={lang}")
    assert (answer.status_code, words in answer.text) == (403, True)


@pytest.mark.parametrize(("lang", "words"), [("zh", "系统出了问题"), ("en", "Something went wrong on our side")])
def test_what_broke_is_told_in_both_languages_and_says_nothing_of_the_inside(app, lang, words):
    app.config["TESTING"] = False
    app.add_url_rule("/breaks", "breaks", lambda: 1 // 0)
    answer = app.test_client().get(f"/breaks?lang={lang}")
    assert (answer.status_code, words in answer.text) == (500, True)
    assert "ZeroDivisionError" not in answer.text


@pytest.mark.parametrize(
    ("address", "status"),
    [("companies/99999999999", 404), (f"companies/{'9' * 30}", 404), (f"projects?host={'9' * 30}", 400)],
)
def test_a_number_beyond_what_a_database_counts_to_is_no_fault_of_ours(organiser, forum, address, status):
    assert organiser.get(f"/events/forum/{address}").status_code == status
