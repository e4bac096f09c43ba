"""The page behind the code on a badge."""

import re

import pytest

from eventday.models import Badge, db
from tests.builders import NOW, add_delegate, small_forum

from .plans import programme, publish


def test_before_publication_the_programme_is_there_and_the_schedule_is_announced(page, forum):
    programme(forum)
    text = page(0)
    assert "Your schedule will be here when it is published." in text
    assert "Opening address" in text
    assert "核工院" not in text


def test_a_draft_is_nobodys_business(page, forum):
    publish(forum, (0, 0, 0)).state = "draft"
    assert forum.hosts[0].name not in page(0)


def test_table_room_time_and_host_are_told_in_both_languages(page, forum):
    publish(forum, (0, 0, 0))
    forum.hosts[0].name_en, forum.tables[0].room_en = "Nuclear Institute", "Room B1"
    assert all(part in page(0, "zh") for part in ("T1", "B1会议室", "14:30–14:55", forum.hosts[0].name))
    assert all(part in page(0, "en") for part in ("T1", "Room B1", "14:30–14:55", "Nuclear Institute"))


def test_rooms_of_the_programme_and_the_date_are_told_in_the_readers_language(page, forum):
    programme(forum)
    assert "主会场" in page(0, "zh")
    assert "2025年6月18日星期三" in page(0, "zh")
    english = page(0, "en")
    assert "Main hall" in english
    assert "主会场" not in english
    assert "Wednesday, 18 June 2025" in english


def test_nothing_of_anybody_else_and_no_telephone_is_on_the_page(page, client, forum):
    publish(forum, (0, 0, 0), (1, 0, 0), (2, 1, 0))
    forum.delegates[0].email = "yin@example.com"
    for text in (page(0), client.get(f"/B/{forum.codes[0]}.json").text):
        assert forum.delegates[0].name in text
        assert not any(other.name in text for other in forum.delegates[1:])
        assert not any(other.name in text for other in forum.companies[1:])
        assert forum.hosts[1].name not in text
        assert "1900000010" not in text
        assert "yin@example.com" not in text


def test_a_shared_link_is_announced_by_the_event_and_never_by_the_person(page, client, forum):
    forum.event.venue = "宝山区会议中心"
    told = dict(re.findall(r'<meta (?:property|name)="(og:\w+|description)" content="([^"]*)"', page(0, "zh")))
    assert told["og:title"] == forum.event.name
    assert told["og:description"] == told["description"] == "2025年6月18日星期三 · 宝山区会议中心"
    told["title"] = re.search("<title>(.*)</title>", page(0, "zh"))[1]
    assert not any(forum.delegates[0].name in words or forum.companies[0].name in words for words in told.values())
    with client.get(told["og:image"].partition("localhost")[2]) as picture:
        assert picture.mimetype == "image/png"


def test_the_language_follows_the_browser(client, forum):
    address = f"/B/{forum.codes[0]}"
    assert '<html lang="en">' in client.get(address, headers={"Accept-Language": "en-GB"}).text
    assert '<html lang="zh-Hans">' in client.get(address, headers={"Accept-Language": "zh-CN"}).text


@pytest.mark.parametrize("spelling", [str.lower, lambda code: code.replace("0", "o").replace("1", "l")])
@pytest.mark.parametrize("ending", ["", ".json", ".ics"])
def test_a_code_typed_by_hand_leads_to_the_same_page(client, forum, spelling, ending):
    for prefix in ("/B/", "/b/"):
        answer = client.get(f"{prefix}{spelling(forum.codes[0])}{ending}")
        while answer.status_code == 302:
            answer = client.get(answer.headers["Location"])
        assert answer.status_code == 200
        assert ending == ".ics" or forum.delegates[0].name in answer.text


def test_unknown_revoked_and_unreadable_codes_get_the_same_helpful_page(client, forum):
    revoked = forum.codes[1]
    db.session.query(Badge).filter_by(code=revoked).one().revoked_at = NOW
    answers = [client.get(f"/B/{code}?lang=en") for code in ("0" * 16, revoked, "nonsense")]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len({re.sub(r'/B/[^"?]*', "", answer.text) for answer in answers}) == 1
    assert "registration desk" in answers[0].text
    assert client.get("/B/0000000000000000.json").json["error"] == "unknown_badge"


def test_a_reissued_badge_opens_the_page_and_the_old_one_does_not(client, forum):
    old = forum.delegates[0].badge
    old.revoked_at = NOW
    db.session.flush()
    db.session.add(Badge(event_id=old.event_id, delegate_id=old.delegate_id, code="7KQ2M9XWJ4TPA3HD", issued_at=NOW))
    assert client.get(f"/B/{old.code}").status_code == 404
    assert forum.delegates[0].name in client.get("/B/7KQ2M9XWJ4TPA3HD").text


def test_the_poll_says_304_until_something_of_this_day_changes(client, forum):
    publish(forum, (0, 0, 0), (1, 0, 0))
    addresses = [f"/B/{code}.json" for code in forum.codes[:2]]
    tags = [client.get(address).headers["ETag"] for address in addresses]
    publish(forum, (0, 1, 1), (1, 0, 0), version=1 + 1)
    forum.event.revision += 1
    moved = client.get(addresses[0], headers={"If-None-Match": tags[0]})
    assert moved.status_code == 200
    assert [meeting["table"] for meeting in moved.json["meetings"]] == ["T2"]
    again = client.get(addresses[0], headers={"If-None-Match": moved.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_remote_delegate_gets_the_link_and_its_state_instead_of_a_room(page, forum):
    publish(forum, (0, 0, 0), (1, 0, 0))
    forum.delegates[0].remote = True
    assert "No video link yet" in page(0)
    assert "B1会议室" not in page(0)
    forum.tables[0].video_url, forum.tables[0].video_state = "https://meeting.example/1", "ready"
    assert f"/video/{forum.tables[0].id}/" in page(0)  # through the page, which checks in on the way
    assert "Link works" in page(0)
    assert "B1会议室" not in page(0)
    assert "/video/" not in page(1)


def test_a_host_sees_its_table_and_how_many_come_but_not_who(client, forum):
    host = add_delegate(forum.event, forum.hosts[0], "李建", role="host")
    publish(forum, (0, 0, 0), (1, 0, 0), (2, 1, 0))
    text = client.get(f"/B/{host.badge.code}?lang=en").text
    assert "2 companies" in text
    assert not any(company.name in text or company.short_name in text for company in forum.companies)


def test_people_of_two_events_see_their_own_event_only(client, forum):
    other = small_forum("other")
    publish(other, (0, 0, 0))
    assert client.get(f"/B/{forum.codes[0]}.json").json["published"] is False
    assert client.get(f"/B/{other.codes[0]}.json").json["published"] is True


def test_guessing_is_braked_while_real_pages_stay_open(app, client, forum):
    from eventday.web.security import limiter

    app.config["RATELIMIT_ENABLED"] = True
    try:
        answers = [client.get(f"/B/{'0' * 14}{number:02d}").status_code for number in range(40)]
        assert answers[0] == 404
        assert answers[-1] == 429
        assert client.get(f"/B/{forum.codes[0]}").status_code == 200
    finally:
        limiter.reset()


def test_a_whole_first_visit_weighs_less_than_fifty_kilobytes(client, forum):
    programme(forum)
    publish(forum, (0, 0, 0), (0, 1, 1))
    text = client.get(f"/B/{forum.codes[0]}").text
    files = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', text)) | {"/B/offline.js"}
    weight = len(text.encode())
    for file in files:
        with client.get(file) as answer:
            weight += len(answer.data)
    assert weight < 50_000
