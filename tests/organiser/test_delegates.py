"""Delegates: found as people say their names; edited, moved, removed; numbers seen only by those who need them."""

import pytest

from eventday.models import AuditEntry, Delegate, db

from .. import builders

FORM = {"role": "delegate"}


def list_for(client, **query):
    return client.get("/events/forum/delegates", query_string=query).text


@pytest.mark.parametrize("typed", ["曾东", "zengdong", "zdm", "恒优 曾", "0101"])
def test_somebody_is_found_by_name_pinyin_initials_company_or_the_end_of_the_number(organiser, forum, typed):
    page = list_for(organiser, q=typed)
    assert "曾东梅" in page
    assert "尹磊国" not in page


def test_a_planner_sees_no_numbers_and_finds_nobody_by_them(planner, organiser, forum):
    assert "19000000101" in list_for(organiser).replace(" ", "")
    assert "19000000101" not in list_for(planner).replace(" ", "")
    assert "曾东梅" not in list_for(planner, q="0101")
    page = planner.get(f"/events/forum/delegates/{forum.delegates[1].id}").text
    assert "19000000101" not in page
    assert 'name="phone"' not in page


def test_a_planner_edits_without_touching_the_number(planner, forum):
    person = forum.delegates[1]
    data = FORM | {"name": "曾冬梅", "company_id": str(person.company_id), "phone": "13800000000"}
    assert planner.post(f"/events/forum/delegates/{person.id}", data=data).status_code == 302
    saved = db.session.get(Delegate, person.id)
    assert (saved.name, saved.phone) == ("曾冬梅", "19000000101")


def test_a_new_delegate_has_a_badge_and_is_expected(organiser, forum):
    company = forum.companies[2]
    data = FORM | {"name": "仇晓", "company_id": str(company.id), "phone": "１９０ 0000 0999", "expected_at": "13:40"}
    assert organiser.post("/events/forum/delegates/new", data=data).status_code == 302
    person = db.session.query(Delegate).filter_by(name="仇晓").one()
    assert person.phone == "+8619000000999"
    assert person.expected_at.isoformat() == "2025-06-18T05:40:00+00:00"
    assert organiser.get(f"/B/{person.badge.code}").status_code == 200
    assert "仇晓" in list_for(organiser)


def test_a_delegate_moves_to_another_company_and_stations_hear_of_it(organiser, forum):
    person, company = forum.delegates[0], forum.companies[3]
    before = person.revision
    data = FORM | {"name": person.name, "company_id": str(company.id), "role": "vip", "remote": "y"}
    organiser.post(f"/events/forum/delegates/{person.id}", data=data)
    saved = db.session.get(Delegate, person.id)
    assert (saved.company_id, saved.role, saved.remote) == (company.id, "vip", True)
    assert saved.revision > before


def test_a_guest_is_received_by_somebody_of_the_event(organiser, forum):
    receiver = builders.add_delegate(forum.event, forum.hosts[0], "孟接待", role="staff")
    guest = forum.delegates[0]
    data = FORM | {"name": guest.name, "company_id": str(guest.company_id), "receiver_id": str(receiver.id)}
    organiser.post(f"/events/forum/delegates/{guest.id}", data=data)
    assert db.session.get(Delegate, guest.id).receiver_id == receiver.id


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "), ("company_id", ""), ("company_id", "9999"), ("phone", "call me"), ("email", "nobody"),
        ("role", "king"), ("expected_at", "25:99"), ("receiver_id", "9999"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_the_field(organiser, forum, field, value):
    person = forum.delegates[0]
    data = FORM | {"name": "改了名", "company_id": str(person.company_id), field: value}
    answer = organiser.post(f"/events/forum/delegates/{person.id}", data=data)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert db.session.get(Delegate, person.id).name == "尹磊国"


def test_removing_somebody_erases_them_and_stops_the_badge(organiser, forum):
    person, code = forum.delegates[0], forum.codes[0]
    page = f"/events/forum/delegates/{person.id}/remove"
    assert "尹磊国" in organiser.get(page).text
    assert organiser.get(f"/B/{code}").status_code == 200  # it only asked
    assert organiser.post(page).status_code == 302
    gone = db.session.get(Delegate, person.id)
    assert (gone.name, gone.phone, gone.title) == ("", "", "")
    assert organiser.get(f"/B/{code}").status_code == 404
    assert organiser.get(f"/events/forum/delegates/{person.id}").status_code == 404


def test_a_delegate_of_another_event_cannot_be_reached(organiser, forum):
    other = builders.small_forum("other")
    for verb in ("", "/remove"):
        address = f"/events/forum/delegates/{other.delegates[0].id}{verb}"
        assert organiser.get(address).status_code == 404
        assert organiser.post(address).status_code == 404


def test_no_personal_data_reaches_the_trail(organiser, forum):
    person = forum.delegates[1]
    data = FORM | {"name": "曾冬梅", "company_id": str(person.company_id), "phone": "13812345678"}
    organiser.post(f"/events/forum/delegates/{person.id}", data=data)
    entry = db.session.query(AuditEntry).filter_by(action="delegate.edit").one()
    assert sorted(entry.detail["fields"]) == ["name", "phone"]
    assert "138" not in str(entry.detail)
