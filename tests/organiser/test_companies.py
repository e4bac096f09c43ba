"""Companies: found however their name is typed, edited whole, taken off only when nothing stands on them, merged."""

import pytest

from eventday.models import (
    Apart,
    Assignment,
    Company,
    CompanyAlias,
    Delegate,
    HostLimit,
    Need,
    PairRule,
    Participation,
    Plan,
    Project,
    Wish,
    db,
)

from .. import builders

FORM = {"kind": "sme", "seats": "1", "delegations": "1", "min_meetings": "0"}
CODE, OTHER_CODE = "91310000MA1FL5E02X", "91310000132207927Q"


def part_of(company):
    return db.session.query(Participation).filter_by(company_id=company.id).one_or_none()


@pytest.mark.parametrize("typed", ["泓辰", "hongchen", "shhcjm", "HongChen JingMi"])
def test_a_company_is_found_by_character_pinyin_and_initials(organiser, forum, typed):
    page = organiser.get("/events/forum/companies", query_string={"q": typed}).text
    assert "泓辰精密机械" in page
    assert "恒优软件" not in page


def test_a_company_is_found_by_its_credit_code_and_its_other_names(organiser, forum):
    forum.companies[1].credit_code = CODE
    db.session.add(CompanyAlias(company_id=forum.companies[1].id, alias="恒优公司旧名", normal="恒优公司旧名"))
    for typed in (CODE[4:10], "旧名"):
        assert "恒优软件" in organiser.get("/events/forum/companies", query_string={"q": typed}).text


def test_a_new_company_takes_part(organiser, forum):
    answer = organiser.post("/events/forum/companies/new", data=FORM | {"name": "上海 新来 有限公司"})
    assert answer.status_code == 302
    assert part_of(db.session.query(Company).filter_by(name="上海新来有限公司").one()) is not None


def test_a_company_known_from_another_event_is_that_company(organiser, forum):
    other = builders.small_forum("other")
    organiser.post("/events/forum/companies/new", data=FORM | {"name": other.companies[0].name})
    assert db.session.query(Company).filter_by(name=other.companies[0].name).count() == 1


def test_a_company_that_takes_part_already_is_not_added_again(organiser, forum):
    answer = organiser.post("/events/forum/companies/new", data=FORM | {"name": forum.companies[0].name})
    assert answer.status_code == 422
    assert 'id="name-error"' in answer.text


def test_an_edit_takes_the_company_and_its_part(organiser, forum):
    company = forum.companies[0]
    data = FORM | {
        "name": company.name, "name_en": "Hongchen", "aliases": "泓辰\n泓辰机械", "max_meetings": "3",
        "absent": [str(forum.rounds[1].id)], "late_until": "14:45", "withdrawn": "y",
    }  # fmt: skip
    assert organiser.post(f"/events/forum/companies/{company.id}", data=data).status_code == 302
    part = part_of(company)
    assert (part.max_meetings, part.withdrawn_at is not None) == (3, True)
    assert [each.id for each in part.absent_rounds] == [forum.rounds[1].id]
    assert part.late_until.isoformat() == "2025-06-18T06:45:00+00:00"
    assert sorted(alias.alias for alias in part.company.aliases) == ["泓辰", "泓辰机械"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("credit_code", "91310000MA1FL5E02Y"), ("name", ""), ("max_meetings", "-1"), ("seats", "0"),
        ("seats", "many"), ("seats", "99999999999"), ("late_until", "noon"), ("kind", "club"), ("min_meetings", "-2"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_saved(organiser, forum, field, value):
    company = forum.companies[0]
    data = FORM | {"name": company.name, "name_en": "Hongchen", field: value}
    answer = organiser.post(f"/events/forum/companies/{company.id}", data=data)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert 'value="Hongchen"' in answer.text  # what was typed stays
    assert "%(" not in answer.text  # every word of the sentence is filled in
    assert db.session.get(Company, company.id).name_en == ""


def test_a_name_of_another_company_is_refused_with_what_to_do(organiser, forum):
    data = FORM | {"name": forum.companies[1].name}
    answer = organiser.post(f"/events/forum/companies/{forum.companies[0].id}?lang=en", data=data)
    assert "Merge the two if they are one." in answer.text


def test_taking_off_a_company_takes_its_wishes_and_people_along(organiser, forum):
    company = forum.companies[0]
    page = f"/events/forum/companies/{company.id}/take-off"
    assert part_of(company) is not None
    assert organiser.get(page).status_code == 200
    assert part_of(company) is not None  # it only asked
    assert organiser.post(page).status_code == 302
    assert part_of(company) is None
    assert db.session.query(Wish).filter_by(company_id=company.id).count() == 0
    person = db.session.get(Delegate, forum.delegates[0].id)
    assert (person.name, person.phone, person.badge) == ("", "", None)
    assert db.session.get(Company, company.id) is not None


def test_a_company_of_the_published_plan_stays_and_says_why(organiser, forum):
    company = forum.companies[0]
    plan = Plan(event_id=forum.event.id, state="published", version=1, created_at=builders.NOW)
    db.session.add(plan)
    db.session.flush()
    seat = {"table_id": forum.tables[0].id, "round_id": forum.rounds[0].id}
    db.session.add(Assignment(plan_id=plan.id, company_id=company.id, **seat))
    answer = organiser.post(f"/events/forum/companies/{company.id}/take-off?lang=en")
    assert answer.status_code == 422
    assert "It sits in a plan." in answer.text
    assert part_of(company) is not None


def test_a_host_with_a_table_stays(organiser, forum):
    answer = organiser.post(f"/events/forum/companies/{forum.hosts[0].id}/take-off?lang=en")
    assert "It receives at a table." in answer.text


@pytest.fixture
def twins(forum):
    """The first company and another record of it, with something of every kind on both."""
    keep, host, event = forum.companies[0], forum.hosts[0], forum.event
    other = builders.add_company("上海泓辰精机有限公司", credit_code=CODE, name_en="Hongchen Precision")
    number = event.id
    rows = [
        Participation(event_id=number, company_id=other.id, max_meetings=2, note="自带样品"),
        Wish(event_id=number, company_id=other.id, host_id=host.id, interest=3, note="焊接"),
        PairRule(event_id=number, company_id=other.id, host_id=host.id, rule="must"),
        PairRule(event_id=number, company_id=keep.id, host_id=host.id, rule="must", note="区领导"),
        Apart(event_id=number, first_id=forum.companies[1].id, second_id=other.id),
        HostLimit(event_id=number, host_id=other.id, max_meetings=9),
        Need(event_id=number, host_id=other.id, title="焊接"),
        Project(event_id=number, name="机器人", host_id=host.id, supplier_id=other.id, stage="negotiating"),
        Project(event_id=number, name="机器人", host_id=host.id, supplier_id=keep.id, stage="met"),
        CompanyAlias(company_id=other.id, alias="泓辰精机", normal="泓辰精机"),
    ]
    db.session.add_all(rows)
    builders.add_delegate(event, other, "仇晓")
    db.session.commit()
    return forum, keep, other


def test_merging_loses_nothing(organiser, twins):
    forum, keep, other = twins
    gone, keep_id = other.id, keep.id
    answer = organiser.post(f"/events/forum/companies/{keep_id}/merge", data={"other": str(gone)})
    assert answer.status_code == 302, answer.text
    assert db.session.get(Company, gone) is None
    kept = db.session.get(Company, keep_id)
    assert (kept.credit_code, kept.name_en) == (CODE, "Hongchen Precision")
    assert {alias.alias for alias in kept.aliases} >= {"泓辰精机", "上海泓辰精机有限公司"}
    assert {row.name for row in db.session.query(Delegate).filter_by(company_id=keep_id)} == {"尹磊国", "仇晓"}
    wish = db.session.query(Wish).filter_by(company_id=keep_id, host_id=forum.hosts[0].id).one()
    assert (wish.interest, wish.note) == (5, "焊接")
    assert db.session.query(PairRule).filter_by(company_id=keep_id).one().note == "区领导"
    pair = db.session.query(Apart).one()
    assert [pair.first_id, pair.second_id] == sorted([keep_id, forum.companies[1].id])
    assert db.session.query(HostLimit).filter_by(host_id=keep_id).one().max_meetings == 9
    assert db.session.query(Need).filter_by(host_id=keep_id).one().title == "焊接"
    assert [project.stage for project in db.session.query(Project).filter_by(supplier_id=keep_id)] == ["negotiating"]
    assert "自带样品" in part_of(kept).note


def test_a_sheet_that_uses_the_old_name_finds_the_merged_company(organiser, twins):
    _forum, keep, other = twins
    old_name, keep_id = other.name, keep.id
    organiser.post(f"/events/forum/companies/{keep_id}/merge", data={"other": str(other.id)})
    page = organiser.get("/events/forum/companies", query_string={"q": old_name}).text
    assert f"/companies/{keep_id}" in page


@pytest.mark.parametrize("why", ["codes", "wish", "apart", "rules", "plan"])
def test_companies_that_contradict_each_other_are_not_merged(organiser, twins, why):
    forum, keep, other = twins
    if why == "codes":
        keep.credit_code = OTHER_CODE
    elif why == "wish":
        db.session.add(Wish(event_id=forum.event.id, company_id=keep.id, host_id=other.id, interest=2))
    elif why == "apart":
        db.session.add(Apart(event_id=forum.event.id, first_id=keep.id, second_id=other.id))
    elif why == "rules":
        db.session.query(PairRule).filter_by(company_id=other.id).one().rule = "never"
    else:
        plan = Plan(event_id=forum.event.id, state="published", version=1, created_at=builders.NOW)
        db.session.add(plan)
        db.session.flush()
        for company, table in ((keep, forum.tables[0]), (other, forum.tables[1])):
            seat = {"table_id": table.id, "round_id": forum.rounds[0].id}
            db.session.add(Assignment(plan_id=plan.id, company_id=company.id, **seat))
    answer = organiser.post(f"/events/forum/companies/{keep.id}/merge", data={"other": str(other.id)})
    assert answer.status_code == 422
    assert 'id="other-error"' in answer.text
    assert db.session.query(Delegate).filter_by(company_id=other.id).count() == 1
    assert db.session.get(Company, other.id).credit_code == CODE
