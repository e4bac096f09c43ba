"""Stations: paired once, changed, locked, revoked; by organisers, by hand, and through the API's description."""

from __future__ import annotations

import http.client
import json
import re
import threading
import urllib.request
from datetime import UTC, datetime, timedelta

import pytest

from eventday.models import AuditEntry, Conflict, Scan, Station, db
from eventday.services.door import stations
from tests import builders, live

from .tablet import Tablet, entry


def code_in(text: str) -> str:
    found = re.search(r"/station#pair=([\w-]+)", text)
    assert found, text
    return found[1]


def sent_on(organiser, path: str, **data):
    """The page that a form leads to."""
    answer = organiser.post(path, data=data)
    assert answer.status_code == 302, answer.text
    return organiser.get(answer.location)


def add(organiser, name="North 1") -> str:
    return code_in(sent_on(organiser, "/events/forum/stations/new", name=name, role="gate", table_id="").text)


def test_a_pairing_link_works_once(organiser, client, forum):
    code = add(organiser)
    answer = client.post("/api/v1/pair", json={"code": code})
    assert answer.json["station"] | {"id": 0} == {
        "id": 0,
        "name": "North 1",
        "role": "gate",
        "gate": "",
        "table_id": None,
        "locked": False,
        "event": "forum",
    }
    headers = {"Authorization": f"Bearer {answer.json['token']}"}
    assert client.get("/api/v1/roster", headers=headers).status_code == 200
    again = client.post("/api/v1/pair", json={"code": code})
    assert (again.status_code, again.json["field"]) == (404, "code")


def test_a_pairing_link_expires(app, forum):
    then = datetime.now(UTC) - stations.PAIRING - timedelta(seconds=1)
    _, code = stations.add_station(event=forum.event, name="Old", now=then, actor="tests", secret="for tests")
    assert app.test_client().post("/api/v1/pair", json={"code": code}).status_code == 404


def test_pairing_again_ends_the_tablet_that_was_paired_before(organiser, client, forum):
    first = client.post("/api/v1/pair", json={"code": add(organiser)}).json
    page = sent_on(organiser, f"/events/forum/stations/{first['station']['id']}/pair")
    old = {"Authorization": f"Bearer {first['token']}"}
    assert client.get("/api/v1/roster", headers=old).status_code == 200  # until the new code is used
    second = client.post("/api/v1/pair", json={"code": code_in(page.text)}).json
    assert client.get("/api/v1/roster", headers=old).status_code == 401
    assert client.get("/api/v1/roster", headers={"Authorization": f"Bearer {second['token']}"}).status_code == 200


def test_a_locked_station_hears_so_and_goes_on_when_it_is_unlocked(app, organiser, forum):
    tablet = Tablet(app, forum.event)
    organiser.post(f"/events/forum/stations/{tablet.id}/lock")
    refused = tablet.post("scans", {"scans": [entry(forum.codes[0])]})
    assert (refused.status_code, refused.json["error"]) == (403, "locked")
    assert tablet.post("contact", {"unsent": 3}).json["station"]["locked"] is True
    organiser.post(f"/events/forum/stations/{tablet.id}/unlock")
    assert tablet.scan(forum.codes[0])["outcome"] == "accepted"


def test_a_revoked_station_is_told_that_it_was(app, organiser, forum):
    tablet = Tablet(app, forum.event)
    organiser.post(f"/events/forum/stations/{tablet.id}/revoke")
    answer = tablet.post("contact", {})
    assert (answer.status_code, answer.json["error"]) == (401, "revoked")
    assert {row.action for row in db.session.query(AuditEntry)} >= {"station.add", "station.revoke"}


def test_the_page_shows_how_each_station_does(app, organiser, forum):
    tablet = Tablet(app, forum.event, "North 1")
    tablet.post("contact", {"unsent": 7, "version": "1.2-AB", "battery": 42, "clock_off_ms": 7_200_000})
    Tablet(app, forum.event, "Kiosk", role="kiosk").post("contact", {"troubles": ["camera", "of a newer version"]})
    page = organiser.get("/events/forum/stations?lang=en").text
    for told in ("North 1", "In contact", ">7<", "42 %", "App 1.2-AB", "Clock wrong, corrected"):
        assert told in page
    assert page.count("Its camera does not work") == 1
    tablet.scan(forum.codes[0])
    assert (
        '<span class="stat__value">1</span><span class="stat__label">inside now'
        in organiser.get("/events/forum/stations?lang=en").text
    )


def test_a_station_is_renamed_and_a_name_is_needed(app, organiser, forum):
    tablet = Tablet(app, forum.event)
    address = f"/events/forum/stations/{tablet.id}"
    refused = organiser.post(address, data={"name": "x" * 41, "role": "desk", "table_id": ""})
    assert refused.status_code == 422
    organiser.post(address, data={"name": "South", "role": "table", "table_id": str(forum.tables[0].id)})
    heard = tablet.post("contact", {}).json["station"]
    assert (heard["name"], heard["role"], heard["table_id"]) == ("South", "table", forum.tables[0].id)


def test_the_desk_sees_stations_and_changes_none(app, desk, forum):
    tablet = Tablet(app, forum.event)
    assert desk.get("/events/forum/stations").status_code == 200
    assert desk.post(f"/events/forum/stations/{tablet.id}/revoke").status_code == 403
    assert desk.get("/events/forum/stations/new").status_code == 403


def test_a_link_that_is_loaded_again_makes_no_second_station_and_goes_once_it_was_used(organiser, client, forum):
    page = sent_on(organiser, "/events/forum/stations/new", name="North 1", role="gate", table_id="")
    code = code_in(page.text)
    assert code_in(organiser.get(page.request.path).text) == code
    assert db.session.query(Station).count() == 1
    assert client.post("/api/v1/pair", json={"code": code}).status_code == 200
    gone = organiser.get(organiser.get(f"{page.request.path}?lang=en").location)
    assert code not in gone.text
    assert "was used already or is too old" in gone.text


def test_a_station_at_a_table_needs_its_table(organiser, forum):
    form = {"name": "Table", "role": "table", "table_id": ""}
    refused = organiser.post("/events/forum/stations/new?lang=en", data=form)
    assert (refused.status_code, db.session.query(Station).count()) == (422, 0)
    assert "Choose the table" in refused.text
    organiser.post("/events/forum/stations/new", data=form | {"table_id": str(forum.tables[0].id)})
    assert db.session.query(Station).one().table_id == forum.tables[0].id


def test_peoples_own_phones_are_neither_renamed_nor_paired(organiser, forum):
    phones = stations.without_tablet(forum.event, "Phones", role="kiosk", now=builders.NOW)
    address = f"/events/forum/stations/{phones.id}"
    for path in (address, f"{address}/pair", f"{address}/revoke"):
        assert organiser.post(path, data={"name": "Mine", "role": "gate", "table_id": ""}).status_code == 404
    assert f'href="{address}"' not in organiser.get("/events/forum/stations").text
    row = db.session.get(Station, phones.id)
    assert (row.name, row.pair_digest, row.revoked_at) == ("Phones", None, None)


def test_a_badge_let_in_twice_is_settled_by_a_person(app, organiser, forum):
    old = (datetime.now(UTC) - timedelta(minutes=9)).isoformat()
    for name in ("North", "South"):
        Tablet(app, forum.event, name).scan(forum.codes[0], at=old)
    assert "Let in twice" in organiser.get("/events/forum/stations?lang=en").text
    number = db.session.query(Conflict).one().id
    lead = Tablet(app, forum.event, "Lead", role="lead")
    gate = Tablet(app, forum.event, "Gate", role="gate")
    assert gate.post(f"conflicts/{number}/settle", {"verdict": "other"}).status_code == 403
    assert lead.post(f"conflicts/{number}/settle", {"verdict": "same"}).json["verdict"] == "same"
    assert "Let in twice" not in organiser.get("/events/forum/stations?lang=en").text
    told = sent_on(organiser, f"/events/forum/conflicts/{number}?lang=en", verdict="other")
    assert re.search(r"Lead settled this already, at \d\d:\d\d: The same person, scanned twice", told.text)
    again = lead.post(f"conflicts/{number}/settle", {"verdict": "other"}).json
    assert (again["verdict"], db.session.query(Conflict).one().verdict) == ("same", "same")


def test_a_device_is_paired_by_hand(settings, forum, app):
    db.session.commit()
    done = live.command(settings, "device", "add", "forum", "Turnstile", "--role", "gate", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert set(told) == {"id", "token", "pair_url"}
    db.session.rollback()
    assert db.session.get(Station, told["id"]).role == "gate"
    client = app.test_client()
    headers = {"Authorization": f"Bearer {told['token']}"}
    body = {"scans": [entry(forum.codes[0])]}
    assert client.post("/api/v1/scans", json=body, headers=headers).json["results"][0]["outcome"] == "accepted"
    paired = client.post("/api/v1/pair", json={"code": code_in(told["pair_url"])}).json
    assert paired["token"] == told["token"]  # the link and the token are one station
    assert live.command(settings, "device", "add", "nowhere", "x").returncode == 1
    assert live.command(settings, "device", "add", "forum", "x", "--role", "boss").returncode == 2


# -- the roster -----------------------------------------------------------------------------------------------------


def test_the_roster_brings_everything_and_then_only_what_changed(app, forum):
    tablet = Tablet(app, forum.event)
    whole = tablet.get("roster").json
    assert whole["full"]
    assert [person["name"] for person in whole["people"]] == ["尹磊国", "曾东梅", "单国嘉", "尉迟文"]
    assert [person["pinyin"] for person in whole["people"]] == [
        "yin lei guo",
        "zeng dong mei",
        "shan guo jia",
        "yu chi wen",
    ]
    assert whole["event"]["rounds"]
    nothing = tablet.get(f"roster?since={whole['cursor']}").json
    assert (nothing["people"], nothing["event"], nothing["full"]) == ([], None, False)
    tablet.scan(forum.codes[1])
    forum.delegates[3].name = "尉迟武"
    db.session.commit()
    changed = tablet.get(f"roster?since={nothing['cursor']}").json
    assert [(each["name"], each["state"]) for each in changed["people"]] == [
        ("曾东梅", "arrived"),
        ("尉迟武", "expected"),
    ]
    assert tablet.get("roster?since=nonsense").json["full"]


def test_a_replaced_badge_and_a_renamed_company_reach_the_roster(app, forum):
    tablet = Tablet(app, forum.event)
    cursor = tablet.get("roster").json["cursor"]
    forum.delegates[0].badge.revoked_at = builders.NOW
    forum.companies[1].short_name = "恒优科技"
    db.session.commit()
    people = tablet.get(f"roster?since={cursor}").json["people"]
    assert [(each["company_label"], len(each["badges"]), len(each["revoked"])) for each in people] == [
        ("泓辰", 0, 1),
        ("恒优科技", 1, 0),
    ]


@pytest.mark.parametrize(("role", "knows"), [("gate", False), ("kiosk", False), ("desk", True), ("lead", True)])
def test_each_role_is_sent_only_what_it_needs(app, forum, role, knows):
    text = Tablet(app, forum.event, role=role).get("roster").text
    assert ("last4" in text) is knows
    for secret in (*forum.codes, *(person.phone for person in forum.delegates)):
        assert secret not in text


def test_only_a_lead_is_told_who_came_to_any_table_and_takes_it_back(app, forum):
    table, person = forum.tables[0], forum.delegates[1]
    lead = Tablet(app, forum.event, "Lead", role="lead")
    visit = entry(forum.codes[1], "table", table=table.id)
    Tablet(app, forum.event, "Table", role="table", table_id=table.id).send(visit)
    [[scan, who, where, _, at]] = lead.get("roster").json["event"]["held"]
    assert (scan, who, where) == (visit["id"], person.id, table.id)
    assert abs(datetime.fromisoformat(at) - datetime.fromisoformat(visit["at"])) < timedelta(minutes=1)
    for role in ("desk", "gate", "table", "kiosk"):
        assert "held" not in Tablet(app, forum.event, role, role=role).get("roster").json["event"]
    assert lead.send(entry(None, "undo", undoes=scan))[0]["outcome"] == "undone"
    assert lead.get("roster").json["event"]["held"] == []


def test_guests_who_arrive_are_told_to_desks_with_who_receives_them(app, forum):
    desk, gate = Tablet(app, forum.event), Tablet(app, forum.event, "Gate", role="gate")
    forum.delegates[1].receiver_id = forum.delegates[0].id
    gate.scan(forum.codes[1])
    gate.scan(forum.codes[2])
    alerts = desk.post("contact", {}).json["alerts"]
    assert [(each["name"], each["received_by"]) for each in alerts] == [("曾东梅", "尹磊国")]
    assert gate.post("contact", {}).json["alerts"] == []
    # One who came long ago and of whom nobody has heard before is told as well.
    forum.delegates[3].role = "vip"
    db.session.commit()
    gate.scan(forum.codes[3], at=(datetime.now(UTC) - timedelta(minutes=40)).isoformat(), told="accepted")
    assert [each["name"] for each in desk.post("contact", {}).json["alerts"]] == ["尉迟文", "曾东梅"]


# -- what was acknowledged is there afterwards ------------------------------------------------------------------------


def test_after_kill_9_everything_acknowledged_is_there(app, settings, forum):
    tablet, codes = Tablet(app, forum.event), forum.codes
    db.session.commit()
    server = live.Server(settings)
    server.start()
    acknowledged: list[str] = []

    def scan_until_it_dies() -> None:
        while True:
            scan = entry(codes[len(acknowledged) % 4], ("in", "out")[len(acknowledged) // 4 % 2])
            body = json.dumps({"scans": [scan]}).encode()
            headers = {**tablet.headers, "Content-Type": "application/json"}
            request = urllib.request.Request(f"{server.url}/api/v1/scans", body, headers)
            try:
                with urllib.request.urlopen(request, timeout=60) as answer:
                    acknowledged.extend(result["id"] for result in json.load(answer)["results"])
            except (OSError, http.client.HTTPException):  # no answer, or half of one
                return

    threads = [threading.Thread(target=scan_until_it_dies) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        live.until(lambda: len(acknowledged) > 40)
    finally:
        server.kill()
    for thread in threads:
        thread.join()
    db.session.rollback()
    kept = {row.id for row in db.session.query(Scan.id)}
    assert set(acknowledged) <= kept
    server.start()
    try:
        assert urllib.request.urlopen(f"{server.url}/readyz").status == 200
    finally:
        server.stop()
