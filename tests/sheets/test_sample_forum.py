"""The sample forum's own sheets, and the same data as somebody else would have laid it out."""

from __future__ import annotations

import json
from datetime import date, time
from pathlib import Path

import pytest

from eventday.sheets import Kind, Place, SheetFile, read_files

SAMPLE = Path(__file__).parents[2] / "eventday" / "sample" / "baoshan-2025"
DAY = date(2025, 6, 18)


@pytest.fixture(scope="module")
def files():
    return [SheetFile(path.name, path.read_bytes()) for path in sorted(SAMPLE.iterdir()) if path.suffix != ".json"]


@pytest.fixture(scope="module")
def reading(files):
    return read_files(files, day=DAY)


def test_every_sheet_is_known_by_its_headers(reading):
    assert [(block.file, block.sheet, block.header_row, block.kind) for block in reading.blocks] == [
        ("意向补充.csv", "", 1, Kind.WISHES),
        ("报名表.xlsx", "报名数据", 3, Kind.REGISTRATIONS),
        ("既往项目.csv", "", 1, Kind.PROJECTS),
        ("需求清单.xlsx", "分组安排", 2, Kind.TABLES),
        ("需求清单.xlsx", "分组安排", 8, Kind.ROUNDS),
        ("需求清单.xlsx", "核电运行研究", 3, Kind.NEEDS),
        ("需求清单.xlsx", "上海核工院", 3, Kind.NEEDS),
        ("需求清单.xlsx", "核八所", 3, Kind.NEEDS),
        ("需求清单.xlsx", "电气核电", 3, Kind.NEEDS),
    ]


def test_every_room_and_need_of_the_sheets_has_an_english_name_beside_them(reading):
    described = json.loads((SAMPLE / "forum.json").read_text(encoding="utf-8"))
    assert set(described["rooms"]) == {row.room for row in reading.tables}
    assert set(described["needs"]) == {row.title for row in reading.needs}


def test_every_column_is_understood(reading):
    assert [block.unknown for block in reading.blocks] == [[]] * len(reading.blocks)


def test_exactly_the_two_rows_that_lack_a_name_are_refused(reading):
    assert [(problem.place, problem.code) for problem in reading.rejected] == [
        (Place("报名表.xlsx", "报名数据", 19), "no_company"),
        (Place("报名表.xlsx", "报名数据", 44), "no_delegate"),
    ]


def test_the_wrong_credit_code_is_told_once_though_two_delegates_repeat_it(reading):
    (warning,) = reading.warnings
    assert warning.place == Place("报名表.xlsx", "报名数据", 42)
    assert (warning.code, warning.params["value"]) == ("credit_code_check_digit", "91310113MA4KJD5HPA")


def test_stray_spaces_full_width_digits_and_numbers_as_phones_are_read(reading):
    by_name = {row.delegate: row for row in reading.registrations}
    assert by_name["尹磊国"].expected == time(14, 15)
    assert by_name["林宇"].phone == "+8619000000160"
    assert by_name["林宇"].expected == time(13, 30)
    assert by_name["丁霞"].phone == "+8619000000151"


def test_needs_take_their_host_and_its_english_name_from_the_titles(reading):
    assert {(need.host, need.host_en) for need in reading.needs} == {
        ("核电运行研究（上海）有限公司", "Nuclear Power Operations and Research (Shanghai) Co., Ltd."),
        ("上海核工程研究设计院股份有限公司", "Shanghai Nuclear Engineering Research & Design Institute Co., Ltd."),
        ("上海核工业第八研究所", "Nuclear Industry No. 8 Research Institute"),
        ("上海电气核电集团有限公司", "Shanghai Electric Nuclear Power Group Co., Ltd."),
    }


def test_tables_and_rounds_stand_in_one_sheet_and_both_are_read(reading):
    assert [(table.label, table.capacity, table.video) for table in reading.tables] == [
        ("T1", 8, ""),
        ("T2", 8, ""),
        ("T3", 6, ""),
        ("T4", 8, "腾讯会议"),
    ]
    assert [(row.name, row.start, row.end) for row in reading.rounds] == [
        ("第一轮", time(14, 30), time(14, 55)),
        ("第二轮", time(15), time(15, 25)),
        ("第三轮", time(15, 30), time(15, 55)),
    ]


def test_nothing_depends_on_the_order_in_which_files_are_given(files, reading):
    backwards = read_files(list(reversed(files)), day=DAY)
    assert backwards.registrations == reading.registrations
    assert backwards.needs == reading.needs
    assert backwards.rejected == reading.rejected


def test_the_projects_stages_are_those_of_the_organisers_words(reading):
    stages = [project.stage for project in reading.projects]
    assert {stage: stages.count(stage) for stage in set(stages)} == {"signed": 3, "progressing": 6, "negotiating": 8}
