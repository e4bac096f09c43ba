"""A walk-in who was registered all along becomes one person with who was registered; a person says so."""

from __future__ import annotations

import threading
from contextvars import Context

from eventday import create_app
from eventday.models import Badge, Company, Delegate, PhoneBinding, Presence, Scan, TableVisit, WalkIn, Wish, db
from eventday.rules.phones import read_phone
from eventday.services.phones.privacy import erase, everything_about
from tests.builders import NOW, small_forum

from .tablet import Tablet, entry
from .test_walk_ins import told

PAGE = "/events/forum/walk-ins"


def walk_in(tablet, **more) -> tuple[dict, dict]:
    """(what the desk handed in, what it was answered)."""
    given = told(**more)
    answer = tablet.post("walk-ins", given)
    assert answer.status_code == 200, answer.text
    return given, answer.json


def settle(lead, given, same_as):
    return lead.post(f"walk-ins/{given['id']}/settle", {"same_as": same_as})


def live_badges(person) -> list[str]:
    return [row.code for row in db.session.query(Badge).filter_by(delegate_id=person, revoked_at=None)]


def test_a_lead_is_told_of_a_walk_in_who_may_be_registered_and_merges_them_with_nothing_lost(tablet, lead, forum):
    someone = forum.delegates[0]
    someone.phone = read_phone(someone.phone)
    wishes = [{"host": forum.hosts[1].id, "interest": 4}]
    given, new = walk_in(tablet, name=someone.name, company="泓辰机加工", phone=someone.phone, wishes=wishes)
    assert lead.post("contact", {}).json["walk_ins"] == 1
    [waiting] = lead.get("walk-ins").json["walk_ins"]
    assert (waiting["person"]["name"], waiting["matches"][0]["id"]) == (someone.name, someone.id)
    assert waiting["matches"][0]["likeness"] == "phone"

    before = db.session.query(Scan).count()
    assert settle(lead, given, someone.id).json == {"delegate_id": someone.id}
    db.session.expire_all()
    assert db.session.query(Scan).count() == before  # the log is as it was
    assert db.session.get(Presence, someone.id).state == "arrived"
    assert tablet.scan(forum.codes[0])["outcome"] == "already"
    wish = db.session.query(Wish).filter_by(company_id=someone.company_id, host_id=forum.hosts[1].id).one()
    assert wish.interest == 5  # the stronger of the two: 5 before, 4 at the desk
    assert db.session.query(Company).filter_by(name="泓辰机加工").count() == 0
    assert lead.post("contact", {}).json["walk_ins"] == 0
    assert len(live_badges(someone.id)) == 1
    people = {one["id"]: one for one in lead.get("roster").json["people"]}
    assert people[new["delegate_id"]]["gone"]
    assert not people[someone.id]["gone"]


def test_the_planner_sees_one_person_with_the_wishes_of_both(tablet, lead, forum, planner):
    someone = forum.delegates[0]
    db.session.query(Wish).filter_by(company_id=someone.company_id).delete()
    wishes = [{"host": forum.hosts[1].id, "interest": 4}]
    given, _ = walk_in(tablet, name=someone.name, company="泓辰机加工", wishes=wishes)
    assert "泓辰机加工" in planner.get("/events/forum/wishes").text
    settle(lead, given, someone.id)
    page = planner.get("/events/forum/wishes").text
    assert "泓辰机加工" not in page
    assert db.session.query(Wish).filter_by(company_id=someone.company_id).one().interest == 4


def test_the_badge_on_the_chest_stays_valid_and_the_other_is_revoked(tablet, lead, forum):
    printed, used = forum.delegates[0], forum.delegates[1]
    given, new = walk_in(tablet, name=printed.name, company=forum.companies[0].name)
    tablet.post("badges", {"delegate": new["delegate_id"]})
    old = forum.codes[0]
    settle(lead, given, printed.id)
    assert live_badges(printed.id) == [new["code"]]
    assert [tablet.scan(code)["outcome"] for code in (old, new["code"])] == ["revoked", "already"]

    tablet.scan(forum.codes[1])
    given, new = walk_in(tablet, name=used.name, company=forum.companies[1].name)
    tablet.post("badges", {"delegate": new["delegate_id"]})
    settle(lead, given, used.id)
    assert live_badges(used.id) == [forum.codes[1]]
    assert tablet.scan(new["code"])["outcome"] == "revoked"


def test_scans_that_name_the_walk_in_mean_the_kept_person_afterwards(tablet, lead, forum):
    someone = forum.delegates[0]
    given, new = walk_in(tablet, name=someone.name, company=forum.companies[0].name)
    settle(lead, given, someone.id)
    late = tablet.send(entry(None, "in", delegate=new["delegate_id"]))[0]
    assert (late["outcome"], late["delegate"]["id"]) == ("already", someone.id)
    again = tablet.post("walk-ins", given).json
    assert (again["delegate_id"], again["code"]) == (someone.id, live_badges(someone.id)[0])
    assert tablet.scan(None, "undo", undoes=given["id"])["outcome"] == "undone"
    assert db.session.get(Presence, someone.id).state == "expected"
    assert tablet.post("badges", {"delegate": new["delegate_id"]}).json["name"] == someone.name


def test_visits_phones_and_everything_else_come_along(tablet, lead, forum):
    someone, table = forum.delegates[0], forum.tables[0]
    given, new = walk_in(tablet, name=someone.name, company=forum.companies[0].name)
    tablet.scan(new["code"], "table", table=table.id)
    bound = {"event_id": forum.event.id, "delegate_id": new["delegate_id"], "token_digest": "x", "how": "desk"}
    db.session.add(PhoneBinding(**bound, bound_at=NOW))
    settle(lead, given, someone.id)
    assert [row.delegate_id for row in db.session.query(TableVisit)] == [someone.id]
    assert [row.delegate_id for row in db.session.query(PhoneBinding)] == [someone.id]
    told_of = everything_about(db.session.get(Delegate, someone.id))
    assert [one["name"] for one in told_of["also_registered_as"]] == [someone.name]
    assert len(told_of["scans"]) == 2
    erase(db.session.get(Delegate, someone.id), now=NOW, actor="tests")
    assert db.session.get(Delegate, new["delegate_id"]).name == ""


def test_what_was_not_known_is_filled_and_what_was_known_stays(tablet, lead, forum):
    someone = forum.delegates[0]
    someone.phone = ""
    given, _ = walk_in(tablet, name=someone.name, company=forum.companies[0].name, phone="13800001234", title="门卫")
    settle(lead, given, someone.id)
    kept = db.session.get(Delegate, someone.id)
    assert (kept.phone[-4:], kept.title) == ("1234", "总经理")


def test_different_people_stay_two_and_are_not_shown_again(tablet, lead, forum):
    someone = forum.delegates[0]
    given, new = walk_in(tablet, name=someone.name, company=forum.companies[0].name)
    assert settle(lead, given, None).json == {"delegate_id": new["delegate_id"]}
    assert lead.get("walk-ins").json["walk_ins"] == []
    assert db.session.get(Presence, someone.id).state == "expected"
    assert (len(live_badges(someone.id)), len(live_badges(new["delegate_id"]))) == (1, 1)
    assert db.session.get(WalkIn, given["id"]).settled_by.startswith("station ")


def test_settling_twice_alike_changes_nothing_and_otherwise_is_refused(tablet, lead, forum):
    someone, another = forum.delegates[0], forum.delegates[1]
    given, _ = walk_in(tablet, name=someone.name, company=forum.companies[0].name)
    assert settle(lead, given, someone.id).status_code == settle(lead, given, someone.id).status_code == 200
    assert settle(lead, given, another.id).status_code == 409
    assert settle(lead, given, None).status_code == 409
    assert settle(lead, {"id": "no-such"}, someone.id).status_code == 404
    assert settle(lead, given, 999999).status_code == 404
    assert settle(tablet, given, someone.id).status_code == 403  # a desk is no lead
    assert tablet.get("walk-ins").status_code == 403


def test_the_organisers_page_shows_both_side_by_side_and_finds_others_by_name(tablet, forum, organiser, desk):
    someone, another = forum.delegates[0], forum.delegates[1]
    given, _ = walk_in(tablet, name="尹雷国", company=forum.companies[0].name)  # one sound, another writing
    lonely, _ = walk_in(tablet, name="无人相似", company="上海独行有限公司")
    page = organiser.get(f"{PAGE}?lang=en").text
    assert "尹雷国" in page
    assert someone.name in page
    assert "Sounds alike" in page
    found = organiser.get(f"{PAGE}?walk_in={lonely['id']}&find=zdm").text
    assert another.name in found
    assert organiser.post(f"{PAGE}/{given['id']}", data={"same_as": someone.id}).status_code == 302
    assert desk.post(f"{PAGE}/{lonely['id']}", data={"same_as": another.id}).status_code == 302
    assert db.session.get(WalkIn, lonely["id"]).delegate.merged_into_id == another.id
    assert "Nobody waits" in organiser.get(PAGE).text


def test_two_companies_that_exclude_each_other_are_told_of_and_nothing_is_half_done(tablet, lead, forum):
    someone, host = forum.delegates[0], forum.hosts[0]
    someone.company_id = host.id
    given, new = walk_in(tablet, name=someone.name, company="核工院食堂", wishes=[{"host": host.id, "interest": 5}])
    refused = settle(lead, given, someone.id)
    assert refused.status_code == 422
    assert "对接意向" in refused.json["message"]  # what to do first
    assert db.session.get(Delegate, new["delegate_id"]).merged_into_id is None
    assert (len(live_badges(someone.id)), len(live_badges(new["delegate_id"]))) == (1, 1)


def test_merged_while_both_badges_are_being_scanned_there_is_one_person_with_one_badge_inside(any_database):
    app = create_app(any_database)
    app.config.update(TESTING=True, RATELIMIT_ENABLED=False)
    with app.app_context():
        forum = small_forum()
        lead = Tablet(app, forum.event, "Lead", role="lead")
        given, new = walk_in(lead, name=forum.delegates[0].name, company="泓辰机加工")
        someone, codes = forum.delegates[0].id, [forum.codes[0], new["code"]]
        db.session.commit()
        db.session.remove()
        barrier, statuses = threading.Barrier(5), []

        def scan(code: str) -> None:
            barrier.wait()
            for _ in range(5):
                answer = app.test_client().post("/api/v1/scans", json={"scans": [entry(code)]}, headers=lead.headers)
                statuses.append(answer.status_code)

        def merge() -> None:
            barrier.wait()
            path = f"/api/v1/walk-ins/{given['id']}/settle"
            statuses.append(app.test_client().post(path, json={"same_as": someone}, headers=lead.headers).status_code)

        works = [(scan, code) for code in codes * 2] + [(merge,)]
        threads = [threading.Thread(target=Context().run, args=work) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert statuses == [200] * 21
        assert len(live_badges(someone)) == 1
        assert db.session.get(Presence, someone).state == "arrived"
        assert db.session.get(Presence, new["delegate_id"]).state == "merged"
        told = lead.post("contact", {}).json
        assert (told["counts"]["people"]["inside"], told["walk_ins"]) == (1, 0)
        db.session.remove()
        db.engine.dispose()
