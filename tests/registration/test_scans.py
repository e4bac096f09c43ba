"""The scan API, outcome by outcome."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from eventday.models import Assignment, Badge, Plan, Presence, Scan, TableVisit, db
from tests import builders

from .tablet import Tablet, entry


@pytest.fixture
def tablet(app, forum) -> Tablet:
    return Tablet(app, forum.event, "North 1", gate="north")


def presence(delegate) -> Presence:
    return db.session.get(Presence, delegate.id)


def test_a_badge_is_accepted_once_and_then_names_the_first(tablet, forum):
    scan = entry(forum.codes[0], gate="main")
    first = tablet.send(scan)[0]
    assert first["outcome"] == "accepted"
    assert first["id"] == scan["id"]
    assert first["first"] is None
    assert first["delegate"] | {"id": 0, "company_id": 0} == {
        "id": 0,
        "name": "尹磊国",
        "name_en": "",
        "title": "总经理",
        "company": "上海泓辰精密机械有限公司",
        "company_id": 0,
        "kind": "sme",
        "role": "delegate",
    }
    second = tablet.scan(forum.codes[0], gate="side")
    assert second["outcome"] == "already"
    assert second["first"]["gate"] == "main"
    assert second["first"]["device"] == "North 1"
    assert datetime.fromisoformat(second["first"]["at"]) - datetime.fromisoformat(scan["at"]) < timedelta(seconds=1)
    assert second["first"]["at"].endswith("+08:00")


def test_a_badge_is_read_however_its_text_came(tablet, forum):
    code = forum.codes[0]
    assert tablet.scan(f"HTTPS://ELSEWHERE.EXAMPLE/B/{code}")["outcome"] == "accepted"
    for text in (code.lower(), f"http://x/b/{code.lower()}?lang=en", f" {code[:4]}-{code[4:8]} {code[8:]} "):
        assert tablet.scan(text)["outcome"] == "already", text
    for text in ("BEGIN:VCARD\nN:尹;磊国\nEND:VCARD", "a\x00b", "\ud800", "x" * 3000):
        assert tablet.scan(text)["outcome"] == "unknown", text


def test_the_same_id_again_gives_the_same_answer_and_records_nothing(tablet, forum):
    scan = entry(forum.codes[0])
    once = tablet.send(scan)
    assert tablet.send(scan) == once
    assert tablet.send(scan, scan) == once * 2
    assert db.session.query(Scan).count() == 1


def test_a_batch_keeps_its_order_and_sees_what_came_before(tablet, forum):
    one, two = forum.codes[:2]
    scans = [entry(one), entry("nonsense"), entry(two), entry(one), entry(one, "out"), entry(one)]
    results = tablet.send(*scans)
    assert [result["id"] for result in results] == [scan["id"] for scan in scans]
    outcomes = ["accepted", "unknown", "accepted", "already", "accepted", "accepted"]
    assert [result["outcome"] for result in results] == outcomes


def test_after_an_out_the_badge_can_come_in_again(tablet, forum):
    assert tablet.scan(forum.codes[0])["outcome"] == "accepted"
    assert tablet.scan(forum.codes[0], "out")["outcome"] == "accepted"
    assert presence(forum.delegates[0]).state == "left"
    assert tablet.scan(forum.codes[0], "out")["outcome"] == "already"
    assert tablet.scan(forum.codes[0])["outcome"] == "accepted"
    assert presence(forum.delegates[0]).state == "arrived"


def test_an_undo_takes_back_what_the_station_did_and_only_once(tablet, forum):
    scan = entry(forum.codes[0])
    tablet.send(scan)
    assert tablet.scan(forum.codes[0], "undo", undoes=scan["id"])["outcome"] == "undone"
    assert presence(forum.delegates[0]).state == "expected"
    assert tablet.scan(None, "undo", undoes=scan["id"])["outcome"] == "nothing_to_undo"
    assert tablet.scan(None, "undo", undoes="0191-never-seen")["outcome"] == "nothing_to_undo"
    assert tablet.scan(forum.codes[0])["outcome"] == "accepted"


def test_an_undo_of_an_out_brings_back_the_way_in(tablet, forum):
    came, went = entry(forum.codes[0], gate="main"), entry(forum.codes[0], "out")
    tablet.send(came, went, entry(None, "undo", undoes=went["id"]))
    found = presence(forum.delegates[0])
    assert (found.state, found.scan_id, found.gate) == ("arrived", came["id"], "main")


def test_a_lead_may_take_back_any_scan_and_others_only_their_own(app, tablet, forum):
    scan = entry(forum.codes[0])
    tablet.send(scan)
    refused = Tablet(app, forum.event, "South").scan(None, "undo", undoes=scan["id"])
    assert (refused["outcome"], refused["field"]) == ("invalid", "undoes")
    lead = Tablet(app, forum.event, "Lead", role="lead")
    assert lead.scan(None, "undo", undoes=scan["id"])["outcome"] == "undone"


def test_badges_that_may_not_come_in_are_told_apart(app, tablet, forum):
    other = builders.small_forum("other")
    badge = forum.delegates[0].badge
    badge.revoked_at = builders.NOW
    assert tablet.scan("0" * 16)["outcome"] == "unknown"
    assert tablet.scan("WeChat pay")["outcome"] == "unknown"
    elsewhere = tablet.scan(other.codes[0])
    assert (elsewhere["outcome"], elsewhere["delegate"]) == ("wrong_event", None)
    assert tablet.scan(badge.code)["outcome"] == "revoked"
    assert presence(forum.delegates[0]).state == "expected"
    assert db.session.query(Scan).count() == 4


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "through"}, "kind"),
        ({"at": "yesterday"}, "at"),
        ({"at": "2025-06-18T13:42:07"}, "at"),
        ({"at": None}, "at"),
        ({"at": "0001-01-01T00:00:00+14:00"}, "at"),
        ({"badge": None}, "badge"),
        ({"badge": "  "}, "badge"),
        ({"badge": 7}, "badge"),
        ({"gate": ["main"]}, "gate"),
        ({"id": None}, "id"),
        ({"id": "x" * 65}, "id"),
        ({"kind": "undo"}, "undoes"),
        ({"kind": "table"}, "table"),
        ({"kind": "table", "table": "T99"}, "table"),
    ],
)
def test_a_scan_that_cannot_be_understood_names_its_field_and_spares_the_others(tablet, forum, change, field):
    bad = entry(forum.codes[0]) | change
    results = tablet.send(entry(forum.codes[1]), bad, entry(forum.codes[2]))
    assert [result["outcome"] for result in results] == ["accepted", "invalid", "accepted"]
    assert results[1]["field"] == field
    assert "对接桌" in results[1]["message"] if bad["kind"] == "table" else field in results[1]["message"]
    assert db.session.query(Scan).count() == 3  # refused ones are kept too


def test_what_is_no_scan_at_all_is_invalid_in_its_place(tablet, forum):
    results = tablet.send(None, 7, [], entry(forum.codes[0]))
    assert [result["outcome"] for result in results] == ["invalid"] * 3 + ["accepted"]


@pytest.mark.parametrize("body", [{}, {"scans": []}, {"scans": "x"}, {"scans": [{}] * 501}, []])
def test_a_batch_takes_1_to_500_scans(tablet, body):
    answer = tablet.post("scans", body)
    assert answer.status_code == 422
    assert answer.json["error"] == "invalid"


def test_only_a_paired_station_may_scan(app, client, tablet, forum):
    for headers in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic eDp5"}):
        answer = client.post("/api/v1/scans", json={"scans": [entry(forum.codes[0])]}, headers=headers)
        assert (answer.status_code, answer.json["error"]) == (401, "unauthorized")
    broken = client.post("/api/v1/scans", data="{", headers=tablet.headers | {"Content-Type": "application/json"})
    assert broken.status_code == 400


def test_an_id_of_another_event_tells_nothing_of_it(app, tablet, forum):
    other = builders.small_forum("other")
    scan = entry(other.codes[0])
    Tablet(app, other.event).send(scan)
    answer = tablet.send(scan | {"badge": forum.codes[0]})[0]
    assert (answer["outcome"], answer["field"], answer["delegate"]) == ("invalid", "id", None)


def test_a_clock_that_is_two_hours_off_is_corrected_by_the_time_of_sending(tablet, forum):
    clock = datetime.now(UTC) - timedelta(hours=2)
    made = clock - timedelta(minutes=10)
    tablet.send(entry(forum.codes[0], at=made.isoformat()), sent_at=clock.isoformat())
    assert abs(presence(forum.delegates[0]).since - (datetime.now(UTC) - timedelta(minutes=10))) < timedelta(minutes=2)


def test_two_stations_that_let_a_badge_in_while_apart_both_stand_and_both_hear_of_it(app, tablet, forum):
    south = Tablet(app, forum.event, "South", role="gate")
    earlier = (datetime.now(UTC) - timedelta(minutes=20)).isoformat()
    later = (datetime.now(UTC) - timedelta(minutes=18)).isoformat()
    tablet.send(entry(forum.codes[0], at=earlier, told="accepted"))
    second = south.send(entry(forum.codes[0], at=later, told="accepted"))[0]
    assert second["outcome"] == "already"
    assert db.session.query(Scan).count() == 2
    for side in (tablet, south):
        conflicts = side.post("contact", {}).json["conflicts"]
        assert [(each["delegate"], each["first"]["device"], each["second"]["device"]) for each in conflicts] == [
            ("尹磊国", "North 1", "South")
        ]
    bystander = Tablet(app, forum.event, "East", role="gate")
    assert bystander.post("contact", {}).json["conflicts"] == []


def test_a_station_that_let_a_badge_in_because_the_answer_was_late_says_so_when_it_asks_again(app, tablet, forum):
    south = Tablet(app, forum.event, "South", role="gate")
    tablet.scan(forum.codes[0])
    scan = entry(forum.codes[0])
    assert south.send(scan)[0]["outcome"] == "already"
    assert south.post("contact", {}).json["conflicts"] == []
    for _ in range(2):
        assert south.send(scan | {"told": "accepted"})[0]["outcome"] == "already"
        assert len(south.post("contact", {}).json["conflicts"]) == 1
    assert db.session.query(Scan).count() == 2


def test_a_scan_handed_in_late_moves_nobody_now(app, tablet, forum):
    ago = [(datetime.now(UTC) - timedelta(minutes=minutes)).isoformat() for minutes in (30, 20)]
    exit_gate = Tablet(app, forum.event, "Exit", role="gate")
    exit_gate.scan(forum.codes[0], "out", at=ago[1])
    assert tablet.scan(forum.codes[0], at=ago[0])["outcome"] == "accepted"
    assert presence(forum.delegates[0]).state == "left"


# -- tables ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def plan(forum) -> Plan:
    """The first company meets host 1 at T1 in round 1 and host 2 at T2 in round 2; the second only at T2 in round 1."""
    plan = Plan(event_id=forum.event.id, state="published", version=1, created_at=builders.NOW)
    seats = [(0, 0, 0), (0, 1, 1), (1, 1, 0)]
    for company, table, slot in seats:
        plan.assignments.append(
            Assignment(
                company_id=forum.companies[company].id,
                table_id=forum.tables[table].id,
                round_id=forum.rounds[slot].id,
            )
        )
    db.session.add(plan)
    db.session.commit()
    return plan


def in_round(forum, number: int) -> str:
    return (forum.rounds[number].start + timedelta(minutes=3)).isoformat()


def test_the_right_table_records_that_the_meeting_was_held(tablet, forum, plan):
    result = tablet.scan(forum.codes[0], "table", table=forum.tables[0].id, at=in_round(forum, 0))
    assert result["outcome"] == "accepted"
    visit = db.session.query(TableVisit).one()
    assert (visit.company_id, visit.round_id, visit.walk_up) == (forum.companies[0].id, forum.rounds[0].id, False)
    again = tablet.scan(forum.codes[0], "table", table="t1", at=in_round(forum, 0))
    assert again["outcome"] == "already"
    assert again["first"]["device"] == "North 1"


def test_the_wrong_table_says_which_is_right(tablet, forum, plan):
    result = tablet.scan(forum.codes[0], "table", table="T2", at=in_round(forum, 0))
    assert result["outcome"] == "wrong_table"
    assert (result["right"]["table"], result["right"]["room"]) == ("T1", "B1会议室")
    assert result["right"]["start"].startswith("2025-06-18T14:30")
    assert "T1" in result["message"]


def test_a_walk_up_takes_a_seat_that_nobody_holds(tablet, forum, plan):
    third, fourth = forum.codes[2:]
    at = in_round(forum, 0)
    assert tablet.scan(third, "table", table="T1", at=at) | {"id": ""} | {"delegate": None} == {
        "id": "",
        "outcome": "accepted",
        "delegate": None,
        "first": None,
        "message": "已安排空位。",
        "walk_up": True,
    }
    full = tablet.scan(fourth, "table", table="T1", at=at)
    assert (full["outcome"], full["free_seats"]) == ("wrong_table", 0)


def test_who_is_expected_later_is_seated_only_when_somebody_says_so(tablet, forum, plan):
    at = in_round(forum, 1)
    forum.tables[0].capacity = 1
    asked = tablet.scan(forum.codes[1], "table", table="T1", at=in_round(forum, 0))
    assert asked["outcome"] == "wrong_table"
    assert tablet.scan(forum.codes[1], "table", table="T1", at=at)["outcome"] == "accepted"


def test_undoing_a_table_scan_takes_the_visit_back(tablet, forum, plan):
    scan = entry(forum.codes[0], "table", table="T1", at=in_round(forum, 0))
    assert [each["outcome"] for each in tablet.send(scan, entry(None, "undo", undoes=scan["id"]))] == [
        "accepted",
        "undone",
    ]
    assert db.session.query(TableVisit).count() == 0
    assert tablet.scan(forum.codes[0], "table", table="T1", at=in_round(forum, 0))["outcome"] == "accepted"


def test_a_reissued_badge_is_the_same_person(tablet, forum):
    tablet.scan(forum.codes[0])
    old = forum.delegates[0].badge
    old.revoked_at = builders.NOW
    db.session.flush()
    db.session.add(
        Badge(event_id=forum.event.id, delegate_id=old.delegate_id, code="0123456789ABCDEF", issued_at=builders.NOW)
    )
    assert tablet.scan("0123456789ABCDEF")["outcome"] == "already"
    assert tablet.scan(old.code)["outcome"] == "revoked"
