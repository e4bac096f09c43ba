"""Staff: who may give what, who is shut out, whose sessions end; sign-in; the trail."""

import pytest

from eventday.models import AuditEntry, Staff, db

from .. import builders

NEW = {"email": "new@example.com", "role": "desk", "password": "a long enough one", "organisation": "区科委"}


def member(email="new@example.com"):
    return db.session.query(Staff).filter_by(email=email).one_or_none()


def sign_in(app, email, password):
    client = app.test_client()
    return client, client.post("/sign-in", data={"email": email, "password": password})


def test_a_member_is_added_for_named_events_and_signs_in(app, organiser, forum):
    assert organiser.post("/staff/new", data=NEW | {"events": [str(forum.event.id)]}).status_code == 302
    assert [each.id for each in member().events] == [forum.event.id]
    client, answer = sign_in(app, "new@example.com", "a long enough one")
    assert answer.status_code == 302
    assert client.get("/events/forum").status_code == 200
    assert client.get("/staff").status_code == 403


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "nobody"}, "email"), ({"password": "short"}, "password"), ({"role": "king"}, "role"),
        ({"events": []}, "events"),
    ],
)  # fmt: skip
def test_a_member_who_cannot_be_is_refused(organiser, forum, change, field):
    answer = organiser.post("/staff/new", data=NEW | {"events": [str(forum.event.id)]} | change)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert db.session.query(Staff).count() == 1


def test_nobody_gives_what_they_do_not_have(app, forum):
    other = builders.small_forum("other")
    guest = builders.signed_in(app, "organiser", events=[forum.event])
    assert guest.post("/staff/new", data=NEW | {"all_events": "y", "events": []}).status_code == 422
    assert guest.post("/staff/new", data=NEW | {"events": [str(other.event.id)]}).status_code == 422
    assert member() is None
    assert guest.post("/staff/new", data=NEW | {"events": [str(forum.event.id)]}).status_code == 302


def test_a_co_organiser_cannot_change_who_works_for_other_events_too(app, organiser, forum):
    guest = builders.signed_in(app, "organiser", events=[forum.event])
    boss = db.session.query(Staff).filter_by(all_events=True).one()
    assert guest.get(f"/staff/{boss.id}").status_code == 403
    assert guest.post(f"/staff/{boss.id}/password", data={"new-password": "another long one"}).status_code == 403


def test_a_member_who_is_shut_out_loses_the_session_at_once(app, organiser, forum):
    organiser.post("/staff/new", data=NEW | {"all_events": "y"})
    client, _answer = sign_in(app, "new@example.com", "a long enough one")
    assert client.get("/events").status_code == 200
    number = member().id
    organiser.post(f"/staff/{number}", data={"role": "desk", "all_events": "y", "disabled": "y"})
    assert client.get("/events").status_code == 302
    assert sign_in(app, "new@example.com", "a long enough one")[1].status_code == 401


def test_a_new_password_ends_older_sessions(app, organiser, forum):
    organiser.post("/staff/new", data=NEW | {"all_events": "y"})
    client, _answer = sign_in(app, "new@example.com", "a long enough one")
    assert (
        organiser.post(f"/staff/{member().id}/password", data={"new-password": "another long one"}).status_code == 302
    )
    assert client.get("/events").status_code == 302
    assert sign_in(app, "new@example.com", "another long one")[1].status_code == 302


def test_ones_own_password_is_changed_here_and_sessions_elsewhere_end(app, organiser, forum):
    organiser.post("/staff/new", data=NEW | {"all_events": "y"})
    here, _answer = sign_in(app, "new@example.com", "a long enough one")
    elsewhere, _answer = sign_in(app, "new@example.com", "a long enough one")
    change = {"old": "a long enough one", "new": "another long one", "again": "another long one"}
    for wrong, field in (
        ({"old": "no"}, "old"),
        ({"again": "no"}, "again"),
        ({"new": "no", "again": "no"}, "password"),
    ):
        answer = here.post("/account", data=change | wrong)
        assert answer.status_code == 422
        assert f'id="{field}-error"' in answer.text or "notice--bad" in answer.text
    assert here.post("/account", data=change).status_code == 302
    assert here.get("/events").status_code == 200
    assert elsewhere.get("/events").status_code == 302


def test_the_last_organiser_of_all_events_stays(app, organiser, forum):
    boss = db.session.query(Staff).one()
    for change in ({"role": "desk"}, {"disabled": "y"}):
        answer = organiser.post(f"/staff/{boss.id}", data={"role": "organiser", "all_events": "y"} | change)
        assert answer.status_code == 422
    assert organiser.get("/events").status_code == 200


def test_a_device_without_a_language_takes_the_one_used_last(app, organiser, forum):
    email = builders.new_member("desk")
    first = app.test_client()
    first.get("/sign-in?lang=en")
    first.post("/sign-in", data={"email": email, "password": builders.PASSWORD})
    second, _answer = sign_in(app, email, builders.PASSWORD)
    assert '<html lang="en">' in second.get("/events", headers={"Accept-Language": "zh"}).text


def test_a_wrong_pair_is_told_the_same_way_whichever_was_wrong(app, forum):
    email = builders.new_member("desk")
    unknown = sign_in(app, "nobody@example.com", "no")[1]
    wrong = sign_in(app, email, "no")[1]
    assert unknown.status_code == wrong.status_code == 401
    for answer in (unknown, wrong):
        assert "邮箱或密码不正确。" in answer.text
        assert "notice--bad" in answer.text


def test_guessing_is_throttled(settings):
    from eventday import create_app

    app = create_app(settings)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    client = app.test_client()
    guess = {"email": "a@b.example", "password": "no"}
    # A minute may end among them and begin another ten; two may not.
    statuses = [client.post("/sign-in", data=guess).status_code for _ in range(21)]
    assert statuses[:10] == [401] * 10
    assert 429 in statuses[10:]


def test_a_form_without_its_token_is_refused(settings):
    from eventday import create_app

    app = create_app(settings)
    app.config.update(TESTING=True, RATELIMIT_ENABLED=False)
    assert app.test_client().post("/sign-in", data={"email": "a@b.example", "password": "no"}).status_code == 400


def test_the_trail_says_who_changed_what_and_filters(organiser, forum):
    organiser.post("/events/forum/needs/new", data={"host_id": str(forum.hosts[0].id), "title": "阀门国产化"})
    organiser.post("/events/forum/rounds/new", data={"name": "第三轮", "start": "15:30", "end": "15:55"})
    page = organiser.get("/events/forum/trail?lang=en").text
    assert "Need added" in page
    assert "阀门国产化" in page
    only = organiser.get("/events/forum/trail?what=round&lang=en").text
    assert "Round added" in only
    assert "Need added" not in only


def test_the_trail_tells_details_and_targets_in_the_language_of_the_page(organiser, forum):
    told = {"companies": {"added": 57, "changed": 2, "removed": 0}, "presences": {"added": 95}}
    for action, target, detail in [
        ("import", "报名表.xlsx", told),
        ("plan.publish", "version 3", {"meetings": 90}),
        ("station.lock", "station 7", {}),
        ("table.edit", "T1", {"fields": ["video_url", "closed_rounds"]}),
    ]:
        entry = AuditEntry(
            at=builders.NOW, actor="a tablet", action=action, event_id=forum.event.id, target=target, detail=detail
        )
        db.session.add(entry)
    page = organiser.get("/events/forum/trail?lang=zh").text
    for words in ("企业：新增 57、更新 2", "第 3 版", "签到台 7 号", "视频链接地址、以下轮次不开放", "平板"):
        assert words in page
    for raw in ("version 3", "station 7", "presences", "added", "closed_rounds", "a tablet</td>"):
        assert raw not in page


def test_a_new_member_can_be_added_where_forged_requests_are_refused(app, organiser):
    app.config["WTF_CSRF_ENABLED"] = True
    assert 'name="csrf_token"' in organiser.get("/staff/new").text.split("<main")[1]
