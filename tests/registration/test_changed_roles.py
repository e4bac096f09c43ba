"""A station gets another task while its tablet is away: what it took before is judged by what it was then."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest

from eventday.models import Presence, Scan, Station, WalkIn, db
from eventday.services.door import stations

from .tablet import Tablet, entry


def become(organiser, tablet: Tablet, role: str) -> None:
    form = {"name": tablet.name, "role": role, "table_id": ""}
    assert organiser.post(f"/events/forum/stations/{tablet.id}", data=form).status_code == 302


def walk_in() -> dict[str, str]:
    who = {"id": str(uuid.uuid4()), "name": "贺新来", "company": "上海新来有限公司"}
    return who | {"at": datetime.now(UTC).isoformat()}


def test_a_desk_that_became_a_kiosk_hands_in_whom_it_took_by_name_until_it_heard(organiser, tablet, forum):
    person, other = forum.delegates[0].id, forum.delegates[1].id
    before = entry(None, delegate=person, told="accepted")
    become(organiser, tablet, "kiosk")
    unaware = entry(None, delegate=other, told="accepted")
    tablet.post("contact", {"role": "desk"})  # it is told now; whether it hears the answer nobody knows
    assert [result["outcome"] for result in tablet.send(before, unaware)] == ["accepted", "accepted"]
    assert {row.delegate_id for row in db.session.query(Presence).filter_by(state="arrived")} == {person, other}
    tablet.post("contact", {"role": "kiosk"})
    late = tablet.send(entry(None, delegate=forum.delegates[2].id))[0]
    assert (late["outcome"], late["field"], late["delegate"]) == ("invalid", "delegate", None)
    assert "请到人工签到台办理" in late["message"]
    again = entry(None, delegate=forum.delegates[2].id, at=before["at"], told="accepted")
    assert tablet.send(again)[0]["outcome"] == "accepted"  # made before, arrived after it knew


@pytest.mark.parametrize("role", ["gate", "kiosk"])
def test_walk_ins_that_waited_through_a_change_of_role_are_registered(organiser, tablet, forum, role):
    before = walk_in()
    become(organiser, tablet, role)
    tablet.post("contact", {"role": role})
    assert tablet.post("walk-ins", before).status_code == 200
    assert db.session.get(WalkIn, before["id"]).delegate.name == "贺新来"
    refused = tablet.post("walk-ins", walk_in())
    assert (refused.status_code, db.session.query(WalkIn).count()) == (403, 1)


def test_a_lead_takes_back_what_it_took_back_as_a_lead(organiser, tablet, lead, forum):
    scans = [entry(code) for code in forum.codes[:2]]
    tablet.send(*scans)
    undo = entry(None, "undo", undoes=scans[0]["id"])
    become(organiser, lead, "gate")
    lead.post("contact", {})
    assert lead.send(undo)[0]["outcome"] == "undone"
    assert lead.scan(None, "undo", undoes=scans[1]["id"])["outcome"] == "invalid"


def test_a_tablet_that_is_another_station_now_still_takes_back_what_it_did(app, client, tablet, forum):
    scan = entry(forum.codes[0])
    tablet.send(scan)
    row, code = stations.add_station(
        event=forum.event, name="South", now=datetime.now(UTC), actor="tests", secret=app.config["SECRET_KEY"]
    )
    paired = client.post("/api/v1/pair", json={"code": code}, headers=tablet.headers).json
    assert db.session.get(Station, row.id).follows_id == tablet.id
    headers = {"Authorization": f"Bearer {paired['token']}"}
    undo = entry(None, "undo", undoes=scan["id"])
    answer = client.post("/api/v1/scans", json={"scans": [undo]}, headers=headers).json["results"][0]
    assert answer["outcome"] == "undone"
    assert not db.session.query(Presence).filter_by(state="arrived").first()
    stranger = Tablet(app, forum.event, "East").scan(None, "undo", undoes=scan["id"])
    assert stranger["outcome"] == "nothing_to_undo"
    assert db.session.query(Scan).filter_by(kind="undo").count() == 2
