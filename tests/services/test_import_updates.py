"""A corrected file updates; what a sheet does not say stays as it is; who is who is not guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from eventday.models import (
    AuditEntry,
    Badge,
    Company,
    Delegate,
    Event,
    ForumTable,
    Need,
    Project,
    Round,
    Wish,
    db,
    writing,
)
from eventday.services.forum.events import create_event

from .. import builders
from .dumping import dump
from .importing_forum import HOSTS, PEOPLE, csv_file, take


@pytest.fixture
def event_id(app):
    return create_event(slug="forum", name="对接会", on=date(2025, 6, 18), now=builders.NOW, actor="tests").id


@pytest.fixture
def imported(event_id):
    take(event_id, csv_file("hosts", HOSTS), csv_file("people", PEOPLE))
    return event_id


def corrected(rows, line, column, value):
    rows = [list(row) for row in rows]
    rows[line][column] = value
    return rows


def wishes():
    return {(wish.company.name[2:4], wish.host.name, wish.interest) for wish in db.session.query(Wish)}


def test_each_new_delegate_gets_a_badge_a_part_and_is_expected(imported):
    delegates = db.session.query(Delegate).all()
    assert [len(delegate.badges) for delegate in delegates] == [1, 1]
    held = dump()
    assert len(held["presence"]) == 2
    assert len(held["participation"]) == 4


def test_a_corrected_cell_updates_the_delegate_and_keeps_the_badge(imported):
    code = db.session.query(Badge.code).join(Delegate).filter(Delegate.name == "刘文").scalar()
    report = take(imported, csv_file("people", corrected(PEOPLE, 1, 4, "总经理")))
    assert report.changes == {"delegates": {"added": 0, "changed": 1, "removed": 0}}
    delegate = db.session.query(Delegate).filter_by(name="刘文").one()
    assert (delegate.title, delegate.badge.code) == ("总经理", code)


def test_a_corrected_phone_is_the_same_person(imported):
    report = take(imported, csv_file("people", corrected(PEOPLE, 1, 3, "19000000999")))
    assert report.delegates == 2
    assert db.session.query(Delegate).filter_by(name="刘文").one().phone == "+8619000000999"


def test_a_blank_cell_takes_nothing_away(imported):
    take(imported, csv_file("people", corrected(corrected(PEOPLE, 1, 4, ""), 1, 3, "")))
    delegate = db.session.query(Delegate).filter_by(name="刘文").one()
    assert (delegate.title, delegate.phone) == ("经理", "+8619000000117")


def test_a_wish_that_was_taken_out_of_the_row_goes_and_another_comes(imported):
    assert wishes() == {("申维", "上海核工院", 5), ("申维", "核八所", 4), ("恒优", "上海核工院", 5)}
    report = take(imported, csv_file("people", corrected(corrected(PEOPLE, 1, 5, "八所"), 1, 6, "")))
    assert wishes() == {("申维", "核八所", 5), ("恒优", "上海核工院", 5)}
    assert report.changes["wishes"] == {"added": 0, "changed": 1, "removed": 1}


def test_a_sheet_without_columns_for_wishes_takes_none_back(imported):
    take(imported, csv_file("names", [row[:5] for row in PEOPLE]))
    assert len(wishes()) == 3


def test_a_sheet_of_wishes_speaks_louder_than_a_registration_and_zero_takes_a_wish_back(imported):
    rows = [["企业", "意向央国企", "意向程度"], [PEOPLE[1][0], "核工院", 2], [PEOPLE[1][0], "八所", 0]]
    take(imported, csv_file("wishes", rows))
    assert wishes() == {("申维", "上海核工院", 2), ("恒优", "上海核工院", 5)}


def test_a_wish_of_a_sheet_survives_the_registration_without_it(imported):
    take(imported, csv_file("wishes", [["企业", "意向央国企", "意向程度"], [PEOPLE[2][0], "八所", 4]]))
    take(imported, csv_file("people", PEOPLE))
    assert ("恒优", "核八所", 4) in wishes()


def test_the_hosts_own_interest_and_the_needs_meant_stand_beside_a_wish(imported):
    needs = [["央国企", "编号", "需求名称"], ["核八所", "3-1", "精密加工"], ["核八所", "3-2", "过滤材料"]]
    rows = [["企业", "意向央国企", "意向程度", "央国企评分", "意向需求"], [PEOPLE[2][0], "八所", 4, 3, "3-2、没有的"]]
    report = take(imported, csv_file("needs", needs), csv_file("wishes", rows))
    wish = db.session.query(Wish).filter_by(interest=4, host_interest=3).one()
    assert [need.title for need in wish.needs] == ["过滤材料"]
    assert [problem.code for problem in report.warnings] == ["unknown_need"]
    assert take(imported, csv_file("needs", needs), csv_file("wishes", rows)).changes == {}


def test_a_company_is_found_by_its_credit_code_and_a_longer_name_corrects_the_old_one(imported):
    take(imported, csv_file("people", corrected(PEOPLE, 1, 0, "上海申维检测技术股份有限公司")))
    company = db.session.query(Company).filter_by(credit_code="91310113MAHBW283AB").one()
    assert company.name == "上海申维检测技术股份有限公司"
    assert [alias.alias for alias in company.aliases] == ["上海申维检测技术有限公司"]
    assert db.session.query(Delegate).filter_by(name="刘文").one().company is company


def test_an_abbreviation_beside_a_credit_code_is_understood_in_every_other_row(event_id):
    rows = [
        *PEOPLE,
        ["申维检测", "", "王伟", "", "", "", ""],
        ["申维检测", "91310113MAHBW283AB", "李娜", "", "", "", ""],
    ]
    report = take(event_id, csv_file("hosts", HOSTS), csv_file("people", rows))
    assert report.companies["sme"] == 2
    assert {row.company.name for row in db.session.query(Delegate).filter(Delegate.name.in_(["王伟", "李娜"]))} == {
        PEOPLE[1][0]
    }


def test_a_wrong_credit_code_matches_nothing_and_refuses_nothing(event_id):
    rows = corrected(PEOPLE, 1, 1, "91310113MA4KJD5HPA")
    report = take(event_id, csv_file("hosts", HOSTS), csv_file("people", rows))
    assert report.delegates == 2
    assert db.session.query(Company).filter_by(name=PEOPLE[1][0]).one().credit_code is None


def test_one_person_told_twice_is_a_duplicate_and_both_rows_fill_what_is_blank(event_id):
    rows = [
        *PEOPLE,
        ["上海申维检测技术有限公司 ", "", "刘 文", "190-0000-0117", "", "", ""],
        [*PEOPLE[1][:4], "", "", ""],
    ]
    report = take(event_id, csv_file("hosts", HOSTS), csv_file("people", rows))
    assert (report.delegates, report.duplicates) == (2, 2)


def test_two_of_one_name_with_two_numbers_are_two_people_and_stay_two(event_id):
    rows = [*PEOPLE, [*PEOPLE[1][:3], "19000000555", "工程师", "", ""]]
    files = csv_file("hosts", HOSTS), csv_file("people", rows)
    assert take(event_id, *files).delegates == 3
    assert [problem.code for problem in take(event_id, *files).warnings] == ["same_name_two_phones"]
    assert {row.title for row in db.session.query(Delegate).filter_by(name="刘文")} == {"经理", "工程师"}


def test_a_wish_for_nobody_known_is_a_warning_and_the_delegate_is_taken(event_id):
    report = take(event_id, csv_file("hosts", HOSTS), csv_file("people", corrected(PEOPLE, 1, 5, "外星研究所")))
    assert report.delegates == 2
    assert [(problem.code, problem.params["name"]) for problem in report.warnings] == [("unknown_host", "外星研究所")]


def test_a_table_or_round_or_need_that_was_corrected_is_updated(imported):
    rounds = [["轮次", "开始", "结束"], ["第一轮", "14:30", "14:55"]]
    needs = [["央国企", "编号", "需求名称"], ["核八所", "3-1", "精密加工"]]
    take(imported, csv_file("rounds", rounds), csv_file("needs", needs))
    report = take(
        imported,
        csv_file("hosts", corrected(HOSTS, 1, 4, 5)),
        csv_file("rounds", corrected(rounds, 1, 2, "14:50")),
        csv_file("needs", corrected(needs, 1, 2, "微米级精密加工")),
    )
    assert (report.tables, report.rounds, report.needs) == (2, 1, 1)
    assert db.session.query(ForumTable).filter_by(label="T1").one().capacity == 5
    slot = db.session.query(Round).one()
    assert (slot.name_en, slot.start, slot.end) == (
        "Round 1",
        datetime(2025, 6, 18, 6, 30, tzinfo=UTC),
        datetime(2025, 6, 18, 6, 50, tzinfo=UTC),
    )
    assert db.session.query(Need).one().title == "微米级精密加工"


def test_a_table_that_a_sheet_moves_is_known_to_have_moved_and_loses_the_old_rooms_english_name(imported):
    with writing():
        db.session.query(ForumTable).filter_by(label="T1").one().room_en = "Room B1"
    for _ in range(2):
        take(imported, csv_file("hosts", corrected(HOSTS, 1, 3, "B9")))
    first, second = db.session.query(ForumTable).order_by(ForumTable.label)
    assert (first.room, first.room_en, second.stood) == ("B9", "", [])
    assert first.stood == [{"room": "B1", "room_en": "Room B1", "until": builders.NOW.isoformat()}]


def test_one_table_cannot_belong_to_two_hosts(event_id):
    report = take(event_id, csv_file("hosts", [*HOSTS, ["另一集团", "", "T1", "B9", 8]]))
    assert [(problem.code, problem.place.row) for problem in report.rejected] == [("table_taken", 4)]
    assert report.tables == 2


def test_a_project_that_was_carried_on_does_not_fall_back(imported):
    rows = [
        ["项目名称", "需求方", "供应方", "状态", "更新日期"],
        ["检测合作", "核八所", PEOPLE[1][0], "洽谈中", "2025-05-10"],
    ]
    take(imported, csv_file("projects", rows))
    project = db.session.query(Project).one()
    project.stage, project.updated_on = "signed", date(2025, 6, 18)
    db.session.commit()
    assert take(imported, csv_file("projects", rows)).changes == {}
    assert db.session.query(Project).one().stage == "signed"


def test_a_company_comes_to_the_next_event_as_the_same_company(imported):
    following = create_event(slug="next", name="下一场", on=date(2026, 6, 18), now=builders.NOW, actor="tests").id
    report = take(following, csv_file("hosts", HOSTS), csv_file("people", PEOPLE))
    assert (report.delegates, report.wishes) == (2, 3)
    assert db.session.query(Company).count() == 4
    assert db.session.query(Delegate).count() == 4


def test_only_an_import_that_changed_something_is_told_to_stations_and_the_trail(imported):
    def told():
        trail = db.session.query(AuditEntry).filter_by(action="import").count()
        return trail, db.session.get(Event, imported).revision

    before = told()
    take(imported, csv_file("people", PEOPLE))
    assert told() == before
    take(imported, csv_file("people", corrected(PEOPLE, 1, 4, "董事长")))
    assert told()[0] == before[0] + 1
    assert told()[1] > before[1]


def test_the_receiver_of_a_guest_is_found_by_name(event_id):
    rows = [["单位", "姓名", "接待人"], ["市经信委", "张局", "刘文"], ["区经委", "李处", "不认识的人"]]
    report = take(event_id, csv_file("hosts", HOSTS), csv_file("people", PEOPLE), csv_file("guests", rows))
    assert db.session.query(Delegate).filter_by(name="张局").one().receiver.name == "刘文"
    assert [problem.code for problem in report.warnings] == ["receiver_unknown"]


def test_companies_that_look_alike_are_told_and_not_merged(event_id):
    rows = [["企业名称", "姓名"], ["上海申维检测技术有限公司", "甲"], ["上海申维检测技术公司", "乙"]]
    report = take(event_id, csv_file("people", rows))
    assert report.companies["sme"] == 2
    assert [(pair["first"], pair["second"], pair["why"]) for pair in report.look_alikes] == [
        ("上海申维检测技术公司", "上海申维检测技术有限公司", "same_core")
    ]
