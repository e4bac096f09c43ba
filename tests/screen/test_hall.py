"""The hall's screen: what everybody in the room reads, and the organiser's remote control for it."""

import re
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import expect

from eventday.models import Need, Presence, Project, db, writing
from eventday.rules.rotating_code import code_at, is_fresh
from eventday.rules.scenes import SCENES
from eventday.services.phones.self_check_in import qr_now
from tests.attendee.plans import programme, publish
from tests.builders import NOW
from tests.live import until


@pytest.fixture
def screen(client, forum):
    """`screen(language, at)`: the scene's text at that moment."""
    forum.event.screen_key = "the key of this screen"

    def look(language="en", at=NOW):
        with time_machine.travel(at, tick=False):
            text = client.get(f"/screen/the key of this screen/scene?in={language}").text
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))

    return look


def test_the_scene_follows_the_programme_until_somebody_chooses(screen, organiser, forum):
    programme(forum)
    begin = forum.rounds[0].start
    assert "Arrived" in screen(at=begin - timedelta(minutes=70))
    assert "Welcome" in screen(at=begin - timedelta(minutes=50))
    assert "Application scenarios" in screen(at=begin - timedelta(minutes=30))
    assert "Project signing" in screen(at=begin + timedelta(minutes=65))
    organiser.post("/events/forum/screen", data={"do": "scene", "scene": "signing"})
    assert "Project signing" in screen(at=begin - timedelta(minutes=50))
    organiser.post("/events/forum/screen", data={"do": "scene", "scene": ""})
    assert "Welcome" in screen(at=begin - timedelta(minutes=50))


@pytest.mark.parametrize("scene", SCENES)
def test_every_scene_has_something_to_say_about_an_empty_event(screen, forum, scene):
    forum.event.scene = scene
    assert len(screen("zh")) > 5
    assert screen("en") != screen("zh")


@pytest.mark.parametrize("scene", SCENES)
def test_every_scene_leads_phones_to_their_own_page(app, client, forum, scene):
    forum.event.scene, forum.event.screen_key = scene, "the key of this screen"
    settings = app.config["EVENTDAY"]
    with time_machine.travel(NOW, tick=False):
        told = client.get("/screen/the key of this screen/scene?in=en").text
    assert qr_now(settings.base_url, forum.event.id, secret=settings.secret_key, now=NOW).path in told


def test_companies_go_by_their_short_names_unless_two_would_read_alike(screen, forum):
    forum.event.scene = "rounds"
    for company, name in zip(
        forum.companies, ("上海恒优机械有限公司", "恒优机械股份有限公司", "上海朗捷科技有限公司"), strict=False
    ):
        company.short_name, company.name = "", name
    publish(forum, (0, 0, 0), (1, 0, 0), (2, 1, 0))
    text = screen(at=forum.rounds[0].start)
    assert "上海恒优机械有限公司 恒优机械股份有限公司" in text
    assert "朗捷科技 " in text
    assert "朗捷科技有限公司" not in text


def test_a_round_shows_tables_hosts_and_companies_by_the_published_plan_alone(screen, forum):
    at = forum.rounds[0].start + timedelta(minutes=3)
    forum.event.scene = "rounds"
    assert "as soon as the plan is published" in screen(at=at)
    publish(forum, (0, 0, 0), (1, 0, 0), (2, 1, 0), (3, 0, 1))
    text = screen(at=at)
    assert re.search(r"T1 核工院 B1会议室 (恒优 泓辰|泓辰 恒优) T2 核八所 B2会议室 朗捷", text)
    assert "嘉维" not in text
    assert "嘉维" in screen(at=forum.rounds[0].end)


def test_a_change_is_named_on_the_wall_for_a_while(screen, forum):
    forum.event.scene = "rounds"
    publish(forum, (0, 0, 0), (1, 0, 0))
    publish(forum, (0, 1, 0), (1, 0, 0), version=2)
    assert "Changed: 泓辰 " in screen(at=NOW + timedelta(minutes=5))
    assert "Changed:" not in screen(at=NOW + timedelta(minutes=30))


def test_a_table_that_moved_is_marked_on_the_wall_for_a_while(screen, forum):
    forum.event.scene = "rounds"
    publish(forum, (0, 0, 0))
    assert "核工院 B1会议室" in screen()
    moved = {"room": "B1会议室", "room_en": "", "until": NOW.isoformat()}
    forum.tables[0].room, forum.tables[0].stood = "B9", [moved]
    assert "核工院 ● B9" in screen(at=NOW + timedelta(minutes=5))
    assert "核工院 B9" in screen(at=NOW + timedelta(minutes=30))


def test_names_of_those_who_arrive_can_be_switched_off(screen, organiser, forum):
    forum.event.scene = "arrivals"
    for delegate in forum.delegates[:2]:
        presence = db.session.get(Presence, delegate.id)
        presence.state, presence.since = "arrived", NOW
    text = screen()
    assert "Arrived 2 / 4" in text
    assert forum.delegates[0].name in text
    organiser.post("/events/forum/screen", data={"do": "names", "shown": "no"})
    text = screen()
    assert forum.delegates[0].name not in text
    assert forum.companies[0].name in text


def test_the_organiser_chooses_how_the_languages_stand(client, organiser, forum):
    forum.event.screen_key = "the key of this screen"
    scene = "/screen/the key of this screen/scene?in=zh"
    assert 'data-tongues="turns"' in client.get(scene).text
    organiser.post("/events/forum/screen", data={"do": "tongues", "tongues": "side"})
    assert 'data-tongues="side"' in client.get(scene).text
    assert organiser.post("/events/forum/screen", data={"do": "tongues", "tongues": "latin"}).status_code == 422
    assert 'data-tongues="side"' in client.get(scene).text


def test_needs_are_a_number_until_they_are_unveiled(screen, forum):
    forum.event.scene, forum.event.needs_unveil_at = "needs", NOW
    db.session.add(Need(event_id=forum.event.id, host_id=forum.hosts[0].id, title="智能巡检", title_en="Inspection"))
    before = screen(at=NOW - timedelta(seconds=1))
    assert "核工院 1" in before
    assert "Inspection" not in before
    assert "Inspection" in screen(at=NOW)


def test_the_signing_list_names_project_and_both_parties(screen, forum):
    forum.event.scene = "signing"
    host, supplier = forum.hosts[0], forum.companies[0]
    for name, on_stage in (("阀门联合研制", True), ("未定项目", False)):
        db.session.add(
            Project(
                event_id=forum.event.id,
                name=name,
                host_id=host.id,
                supplier_id=supplier.id,
                stage="signed",
                sign_on_stage=on_stage,
            )
        )
    assert f"阀门联合研制 {host.name} × {supplier.name}" in screen()
    assert "未定项目" not in screen()


def test_a_wrong_or_closed_address_shows_nothing(client, organiser, forum):
    assert client.get("/screen/").status_code == 404
    assert client.get("/screen/0000000000000000000").status_code == 404
    page = organiser.get("/events/forum/screen").text
    address = re.search(r"/screen/[\w-]+", page)[0]
    assert client.get(address).status_code == 200
    organiser.post("/events/forum/screen", data={"do": "renew"})
    assert client.get(address).status_code == 404
    assert client.get(f"{address}/scene").status_code == 404


def test_the_desk_has_no_remote_control(desk, client, forum):
    assert desk.get("/events/forum/screen").status_code == 403
    assert client.get("/events/forum/screen").status_code == 302


def test_the_check_in_code_changes_each_minute_and_is_good_for_its_event_alone():
    code = code_at("secret", 1, NOW)
    assert is_fresh(code.lower(), "secret", 1, NOW + timedelta(seconds=100))
    assert not is_fresh(code, "secret", 1, NOW + timedelta(minutes=2))
    assert not is_fresh(code, "secret", 2, NOW)
    assert not is_fresh(code, "another secret", 1, NOW)
    assert len({code_at("secret", 1, NOW + timedelta(minutes=minute)) for minute in range(60)}) == 60


def minutes(clock: str) -> int:
    """`14:30` as minutes of the day."""
    return int(clock[:2]) * 60 + int(clock[3:])


@pytest.mark.browser
def test_the_wall_turns_languages_and_outlives_server_and_network(live, forum, new_page, axe):
    forum.event.screen_key, forum.event.scene = "the-key-of-this-screen", "rounds"
    publish(forum, (0, 0, 0))
    page = new_page(1280, 720, timezone_id="America/New_York")  # a computer that was not set for this hall
    page.clock.install()
    page.goto(f"{live.url}/screen/the-key-of-this-screen")
    page.wait_for_selector("text=精准对接")
    axe(page)
    page.clock.fast_forward("00:16")
    page.wait_for_selector("text=Targeted matchmaking")
    until(lambda: page.evaluate("caches.match(location.pathname, {ignoreVary: true}).then(Boolean)"))
    live.stop()
    page.wait_for_selector(".hall__lost:visible")
    clock, since = (page.locator(place).first.inner_text() for place in ("[data-clock]", "[data-since]"))
    assert (minutes(clock) - minutes(since)) % (24 * 60) < 30  # both as clocks in the hall say it
    page.reload()
    page.wait_for_selector(".hall__lost:visible")
    expect(page.locator(".scene")).to_have_count(1)
    forum.event.scene = "signing"
    db.session.commit()
    live.start()
    page.wait_for_selector(".signing")
    expect(page.locator(".hall__lost:visible")).to_have_count(0)
    with writing():
        forum.event.screen_tongues = "side"
    page.wait_for_selector(".hall__scene:nth-child(2) >> text=Project signing")
    expect(page.locator(".hall__scene:nth-child(1)")).to_contain_text("项目签约")
