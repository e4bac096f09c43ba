"""Walk-ins and badges printed at the desk, over the API."""

from __future__ import annotations

import threading
import uuid
from contextvars import Context
from datetime import UTC, datetime, timedelta

from eventday import create_app
from eventday.models import (
    Badge,
    Company,
    CompanyAlias,
    Delegate,
    Participation,
    Plan,
    Presence,
    Scan,
    WalkIn,
    Wish,
    db,
)
from tests import builders

from .tablet import Tablet, entry


def told(name="贺新来", company="上海新到科技有限公司", **more) -> dict:
    return {"id": str(uuid.uuid4()), "name": name, "company": company, "at": datetime.now(UTC).isoformat(), **more}


def test_a_new_company_and_person_stand_at_once_and_are_here(tablet, forum):
    host = forum.hosts[0]
    walk_in = told(title="总监", phone="13800001234", wishes=[{"host": host.id, "interest": 5}])
    answer = tablet.post("walk-ins", walk_in)
    assert answer.status_code == 200, answer.text
    person = db.session.get(Delegate, answer.json["delegate_id"])
    part = db.session.query(Participation).filter_by(company_id=person.company_id).one()
    assert (person.name, person.title, person.walk_in, part.walk_in) == ("贺新来", "总监", True, True)
    assert person.badge.code == answer.json["code"]
    assert (db.session.get(Presence, person.id).state, db.session.query(Scan).one().outcome) == ("arrived", "accepted")
    wish = db.session.query(Wish).filter_by(company_id=person.company_id).one()
    assert (wish.host_id, wish.interest) == (host.id, 5)
    assert tablet.scan(answer.json["code"])["outcome"] == "already"
    [known] = [one for one in tablet.get("roster").json["people"] if one["id"] == person.id]
    assert (known["state"], known["walk_in"]) == ("arrived", True)


def test_the_planner_sees_a_walk_in_at_once(tablet, forum, planner):
    db.session.add(Plan(event_id=forum.event.id, state="published", version=1, created_at=builders.NOW))
    tablet.post("walk-ins", told(wishes=[{"host": forum.hosts[0].id, "interest": 4}]))
    assert "上海新到科技有限公司" in planner.get("/events/forum/wishes").text
    assert "新到科技" in planner.get("/events/forum/day").text


def test_handing_it_in_again_registers_nobody_new_and_says_the_same(tablet, forum):
    walk_in = told()
    first = tablet.post("walk-ins", walk_in).json
    again = tablet.post("walk-ins", walk_in).json
    assert first | {"server_time": ""} == again | {"server_time": ""}
    assert (db.session.query(WalkIn).count(), db.session.query(Scan).count()) == (1, 1)
    assert db.session.query(Delegate).filter_by(name="贺新来").count() == 1


def test_a_company_is_known_by_its_names_and_keeps_its_stronger_wish(tablet, forum):
    company = forum.companies[0]
    db.session.add(CompanyAlias(company_id=company.id, alias="泓辰机械", normal="泓辰机械"))
    before = db.session.query(Company).count()
    wishes = [{"host": forum.hosts[0].id, "interest": 1}, {"host": 999999, "interest": 2}]
    for name in (company.name, f"{company.name} ", "泓辰机械"):
        answer = tablet.post("walk-ins", told(company=name, wishes=wishes)).json
        assert db.session.get(Delegate, answer["delegate_id"]).company_id == company.id
        assert answer["left_out"] == [999999]
    assert db.session.query(Company).count() == before
    assert db.session.query(Wish).filter_by(company_id=company.id, host_id=forum.hosts[0].id).one().interest == 5
    assert not db.session.query(Participation).filter_by(company_id=company.id).one().walk_in


def test_somebody_of_the_same_name_in_the_company_is_pointed_out_and_not_merged(tablet, forum):
    someone = forum.delegates[0]
    answer = tablet.post("walk-ins", told(name=someone.name, company=forum.companies[0].name)).json
    assert [(one["id"], one["name"]) for one in answer["maybe"]] == [(someone.id, someone.name)]
    assert db.session.get(Presence, someone.id).state == "expected"
    assert tablet.post("walk-ins", told(company=forum.companies[0].name)).json["maybe"] == []


def test_one_made_offline_keeps_its_time_by_our_clock(tablet, forum):
    wrong = datetime.now(UTC) - timedelta(hours=2)
    walk_in = told(at=(wrong - timedelta(minutes=10)).isoformat(), sent_at=wrong.isoformat())
    number = tablet.post("walk-ins", walk_in).json["delegate_id"]
    since = db.session.get(Presence, number).since
    assert abs(since - (datetime.now(UTC) - timedelta(minutes=10))) < timedelta(minutes=2)


def test_a_walk_in_can_be_taken_back_like_a_scan_and_nothing_is_deleted(tablet, forum):
    walk_in = told()
    number = tablet.post("walk-ins", walk_in).json["delegate_id"]
    assert tablet.scan(None, "undo", undoes=walk_in["id"])["outcome"] == "undone"
    assert db.session.get(Presence, number).state == "expected"
    assert db.session.get(Delegate, number).badge is not None


def test_a_phone_that_cannot_be_read_is_kept_and_stops_nobody(tablet, forum):
    number = tablet.post("walk-ins", told(phone="明天补")).json["delegate_id"]
    person = db.session.get(Delegate, number)
    assert (person.phone, person.note) == ("", "明天补")


def test_what_is_wrong_is_named_and_leaves_nothing_behind(app, tablet, forum):
    before = db.session.query(Company).count()
    for bad, field in (({"name": " "}, "name"), ({"company": "\u3000"}, "company")):
        answer = tablet.post("walk-ins", told() | bad)
        assert (answer.status_code, answer.json["error"]) == (422, "invalid")
        assert field in answer.json["detail"]["json"]
    scan = entry(forum.codes[0])
    tablet.send(scan)
    assert tablet.post("walk-ins", told(id=scan["id"])).json["field"] == "id"
    assert Tablet(app, forum.event, "Gate", role="gate").post("walk-ins", told()).status_code == 403
    assert db.session.query(Company).count() == before
    assert db.session.query(Delegate).count() == 4


def test_a_walk_ins_badge_prints_once_and_a_reprint_revokes_the_one_before(tablet, forum):
    new = tablet.post("walk-ins", told()).json
    first = tablet.post("badges", {"delegate": new["delegate_id"]}).json
    assert (first["code"], first["company"]) == (new["code"], "上海新到科技有限公司")
    assert first["qr_path"].startswith("M")
    second = tablet.post("badges", {"delegate": new["delegate_id"]}).json
    assert second["code"] != first["code"]
    assert tablet.scan(first["code"])["outcome"] == "revoked"
    assert tablet.scan(second["code"])["outcome"] == "already"


def test_a_registered_persons_desk_badge_replaces_the_one_in_the_box(app, tablet, forum):
    person, old = forum.delegates[0], forum.codes[0]
    assert tablet.post("badges", {"delegate": person.id}).json["code"] != old
    assert tablet.scan(old)["outcome"] == "revoked"
    assert db.session.query(Badge).filter_by(delegate_id=person.id, revoked_at=None).count() == 1
    assert tablet.post("badges", {"delegate": 999999}).status_code == 404
    assert Tablet(app, forum.event, "Gate", role="gate").post("badges", {"delegate": person.id}).status_code == 403


def test_a_print_asked_for_again_gives_the_same_badge_and_revokes_nothing(tablet, forum):
    person, other, new = forum.delegates[0], forum.delegates[1], tablet.post("walk-ins", told()).json
    for delegate in (person.id, new["delegate_id"]):
        asked = {"delegate": delegate, "id": str(uuid.uuid4())}
        first, again = (tablet.post("badges", asked).json for _ in range(2))
        assert first == again
        assert tablet.scan(first["code"])["outcome"] in ("accepted", "already")
        newer = tablet.post("badges", asked | {"id": str(uuid.uuid4())}).json
        assert newer["code"] != first["code"]
        late = tablet.post("badges", asked)  # nobody prints what a newer badge has replaced
        assert (late.status_code, late.json["error"]) == (409, "stale")
        assert tablet.post("badges", asked | {"delegate": other.id}).json["field"] == "id"
        assert tablet.scan(newer["code"])["outcome"] == "already"


def test_a_desk_hands_out_a_code_that_ties_one_phone_to_the_badge_and_others_may_not(app, tablet, forum):
    person, bind = forum.delegates[0], f"/B/{forum.codes[0]}/bind"
    first, given = (tablet.post("phone-codes", {"delegate": person.id}).json for _ in range(2))
    assert (given["name"], given["minutes"]) == (person.name, 30)
    answers = [app.test_client().post(bind, data={"digits": told["code"]}) for told in (first, given, given)]
    assert [answer.status_code for answer in answers] == [422, 302, 422]  # a new one replaces it, and works once
    for role in ("gate", "table", "kiosk"):
        refused = Tablet(app, forum.event, role, role=role).post("phone-codes", {"delegate": person.id})
        assert refused.status_code == 403, role
    assert tablet.post("phone-codes", {"delegate": 999999}).status_code == 404


def test_eight_desks_that_hand_in_at_once_make_one_company_and_one_person_each(any_database):
    app = create_app(any_database)
    app.config.update(TESTING=True, RATELIMIT_ENABLED=False)
    with app.app_context():
        forum = builders.small_forum()
        tablets = [Tablet(app, forum.event, f"Desk {number}") for number in range(4)]
        walk_ins = [told(name=f"来宾{number}") for number in range(4)]
        db.session.commit()
        db.session.remove()
        barrier, statuses = threading.Barrier(8), []

        def hand_in(number: int) -> None:
            client, tablet = app.test_client(), tablets[number % 4]
            barrier.wait()
            answer = client.post("/api/v1/walk-ins", json=walk_ins[number % 4], headers=tablet.headers)
            statuses.append(answer.status_code)

        threads = [threading.Thread(target=Context().run, args=(hand_in, number)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert statuses == [200] * 8
        assert db.session.query(Company).filter_by(name="上海新到科技有限公司").count() == 1
        assert db.session.query(Delegate).filter_by(walk_in=True).count() == 4
        db.session.remove()
        db.engine.dispose()
