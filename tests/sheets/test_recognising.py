"""What organisers do to their sheets, and what is made of it."""

from __future__ import annotations

import io
from datetime import date, datetime, time

import pytest
import xlsxwriter

from eventday.sheets import BlockChoice, KnownHost, SheetFile, read_files
from eventday.sheets.rows import WishedHost

from ..sheet_writing import csv_bytes, workbook

DAY = date(2025, 6, 18)


def read_rows(rows, name="a.csv", **more):
    return read_files([SheetFile(name, csv_bytes(rows))], day=DAY, **more)


@pytest.mark.parametrize(
    "header",
    [
        ["企业名称", "姓名"],
        ["公司名称", "参会人"],
        ["单位", "参会人员姓名"],
        ["Company", "Name"],
        ["company name", "Delegate"],
        ["1、企业名称（必填）", "2、您的姓名（必填）"],
        ["*单位全称", "*姓名 Name"],
        ["企业名称\nCompany", "姓名\nFull name"],
        ["企 业 名 称", "姓　名"],
    ],
)
def test_registrations_are_known_by_many_names(header):
    reading = read_rows([header, ["甲公司", "王伟"]])
    assert [(row.company, row.delegate) for row in reading.registrations] == [("甲公司", "王伟")]


def test_a_header_below_nine_title_rows_is_found():
    rows = [[f"标题{n}"] for n in range(9)] + [["姓名", "企业名称"], ["王伟", "甲公司"]]
    (row,) = read_rows(rows).registrations
    assert (row.company, row.place.row) == ("甲公司", 11)


def test_blank_rows_notes_totals_and_repeated_headers_count_as_nothing():
    rows = [
        ["序号", "企业名称", "姓名"],
        [1, "甲公司", "王伟"],
        [],
        [2, "", ""],
        ["注：以下为第二批"],
        ["序号", "企业名称", "姓名"],
        [3, "乙公司", "李娜"],
        ["合计", "2家", ""],
        ["总计：2人"],
    ]
    reading = read_rows(rows)
    assert [row.company for row in reading.registrations] == ["甲公司", "乙公司"]
    assert reading.rejected == []


def test_a_row_without_a_company_or_without_a_delegate_is_refused_with_its_place():
    reading = read_rows(
        [["企业名称", "姓名", "职务"], ["", "匿名", "经理"], ["甲公司", "—", "经理"], ["乙公司", "李娜", ""]]
    )
    assert [(problem.code, problem.place.row) for problem in reading.rejected] == [
        ("no_company", 2),
        ("no_delegate", 3),
    ]
    assert [row.delegate for row in reading.registrations] == ["李娜"]


@pytest.mark.parametrize(
    "headers",
    [
        ["第一意向", "第二意向", "第三意向", "第四意向"],
        ["意向1", "意向2", "意向3", "意向4"],
        ["意向央国企一", "意向央国企二", "意向央国企三", "意向央国企四"],
        ["First wish", "Second wish", "Third wish", "Fourth wish"],
        ["Choice 1", "Choice 2", "Choice 3", "Choice 4"],
        ["1st choice", "2nd choice", "3rd choice", "4th choice"],
    ],
)
def test_ranks_in_columns_count_five_four_three_two(headers):
    (row,) = read_rows([["企业名称", "姓名", *headers], ["甲公司", "王伟", "A院", "B所", "C厂", "D司"]]).registrations
    assert [(wish.host, wish.interest) for wish in row.wishes] == [("A院", 5), ("B所", 4), ("C厂", 3), ("D司", 2)]


def test_a_column_per_host_holds_scores_once_the_hosts_are_known_from_another_file():
    registrations = csv_bytes(
        [
            ["企业名称", "姓名", "核工院", "NPOR", "备注"],
            ["甲公司", "王伟", 5, 0, ""],
            ["乙公司", "李娜", "", "3分", ""],
        ]
    )
    tables = csv_bytes(
        [["央国企", "简称", "桌号"], ["上海核工程研究设计院", "核工院", "T1"], ["核电运行研究", "NPOR", "T2"]]
    )
    for files in ([("a.csv", registrations), ("b.csv", tables)], [("b.csv", registrations), ("a.csv", tables)]):
        reading = read_files([SheetFile(*file) for file in files], day=DAY)
        assert [row.wishes for row in reading.registrations] == [
            (WishedHost("核工院", 5, "核工院"),),
            (WishedHost("NPOR", 3, "NPOR"),),
        ]


def test_a_score_matrix_may_stand_in_a_sheet_of_its_own():
    reading = read_rows(
        [["公司", "核工院", "核八所"], ["甲公司", 4, 2]],
        known_hosts=[KnownHost("上海核工院", ("核工院",)), KnownHost("核八所")],
    )
    assert [(wish.company, wish.host, wish.interest) for wish in reading.wishes] == [
        ("甲公司", "核工院", 4),
        ("甲公司", "核八所", 2),
    ]


def test_a_score_beyond_five_is_no_wish_and_leaves_a_warning():
    reading = read_rows([["公司", "姓名", "核工院"], ["甲公司", "王伟", 9]], known_hosts=[KnownHost("核工院")])
    assert reading.registrations[0].wishes == ()
    assert [problem.code for problem in reading.warnings] == ["out_of_range"]


def test_several_hosts_in_one_cell_count_in_their_order():
    (row,) = read_rows([["企业名称", "姓名", "意向央国企"], ["甲公司", "王伟", "NPOR、核工院，核八所"]]).registrations
    assert [(wish.host, wish.interest) for wish in row.wishes] == [("NPOR", 5), ("核工院", 4), ("核八所", 3)]


def test_wishes_in_rows_hold_an_interest_a_rank_or_neither():
    header = ["企业", "意向央国企", "意向程度", "优先级"]
    reading = read_rows(
        [header, ["甲公司", "A", 5, ""], ["甲公司", "B", "", 2], ["甲公司", "C", "", ""], ["甲公司", "D", 0, ""]]
    )
    assert [(wish.host, wish.interest) for wish in reading.wishes] == [("A", 5), ("B", 4), ("C", 3), ("D", 0)]


@pytest.mark.parametrize("interest", ["很高", 7, -1, "4.5"])
def test_an_interest_that_is_no_whole_number_to_five_refuses_the_row(interest):
    reading = read_rows([["企业", "意向央国企", "意向程度"], ["甲公司", "A", interest], ["甲公司", "B", 2]])
    assert [wish.host for wish in reading.wishes] == ["B"]
    assert [problem.place.row for problem in reading.rejected] == [2]


def test_needs_of_several_hosts_stand_one_below_the_other_in_one_sheet():
    header = ["编号", "需求名称", "场景描述"]
    rows = [
        ["甲集团有限公司需求清单"],
        header,
        ["1", "机器人", "x"],
        [],
        ["乙研究所需求清单"],
        ["No. 2 Institute"],
        header,
        ["1", "材料", "y"],
    ]
    reading = read_rows(rows)
    assert [(need.host, need.title) for need in reading.needs] == [("甲集团有限公司", "机器人"), ("乙研究所", "材料")]


def test_needs_may_name_their_host_in_a_column():
    reading = read_rows([["Host", "Need", "Description"], ["Alpha Co., Ltd.", "Robots", "long\nand wide"]])
    (need,) = reading.needs
    assert (need.host, need.title, need.description) == ("Alpha Co., Ltd.", "Robots", "long\nand wide")


def test_needs_without_any_host_are_refused():
    reading = read_rows([["编号", "需求名称", "关键词"], ["1", "机器人", "x"]])
    assert [problem.code for problem in reading.rejected] == ["no_host"]


def test_rounds_come_as_cells_texts_or_one_span():
    sheet = workbook(
        {
            "s": [
                ["轮次", "开始", "结束"],
                ["一", time(14, 30), time(14, 55)],
                ["二", datetime(2025, 6, 18, 15), "15点25分"],
            ]
        }
    )
    reading = read_files([SheetFile("a.xlsx", sheet)], day=DAY)
    assert [(row.start, row.end) for row in reading.rounds] == [
        (time(14, 30), time(14, 55)),
        (datetime(2025, 6, 18, 15), time(15, 25)),
    ]
    spans = read_rows(
        [["Round", "Time"], ["1", "14:30-14:55"], ["2", "下午3:00～3点25分"], ["3", "3:30 pm to 3:55 pm"]]
    )
    assert [(row.start, row.end) for row in spans.rounds] == [
        (time(14, 30), time(14, 55)),
        (time(15), time(15, 25)),
        (time(15, 30), time(15, 55)),
    ]


def test_a_round_that_ends_before_it_starts_is_refused():
    reading = read_rows([["轮次", "开始", "结束"], ["一", "15:00", "14:00"]])
    assert [problem.code for problem in reading.rejected] == ["round_ends_before_it_starts"]


def test_a_company_merged_over_its_delegates_belongs_to_each():
    book = workbook(
        {"s": [["企业名称", "姓名"], [None, "王伟"], [None, "李娜"], ["乙公司", "张三"]]},
        {"s": [(1, 0, 2, 0, "甲公司")]},
    )
    reading = read_files([SheetFile("a.xlsx", book)], day=DAY)
    assert [(row.company, row.delegate) for row in reading.registrations] == [
        ("甲公司", "王伟"),
        ("甲公司", "李娜"),
        ("乙公司", "张三"),
    ]


def test_a_header_of_two_rows_is_read_by_its_lower_one():
    rows = [[None, None, "对接意向评分", None], [None, None, "核工院", "核八所"], ["甲公司", "王伟", 5, 1]]
    book = workbook({"s": rows}, {"s": [(0, 0, 1, 0, "企业名称"), (0, 1, 1, 1, "姓名")]})
    known = [KnownHost("核工院"), KnownHost("核八所")]
    (row,) = read_files([SheetFile("a.xlsx", book)], day=DAY, known_hosts=known).registrations
    assert [(wish.host, wish.interest) for wish in row.wishes] == [("核工院", 5), ("核八所", 1)]


@pytest.mark.parametrize(
    ("cell", "remote"),
    [("线上", True), ("远程", True), ("Online", True), ("现场", False), ("on-site", False), ("", None)],
)
def test_remote_is_written_in_many_ways(cell, remote):
    (row,) = read_rows([["企业名称", "姓名", "参会方式"], ["甲公司", "王伟", cell]]).registrations
    assert row.remote is remote


def test_an_unreadable_optional_cell_is_a_warning_and_the_row_is_taken():
    header = ["企业名称", "姓名", "手机", "邮箱", "参会方式", "预计到场", "类型"]
    reading = read_rows([header, ["甲公司", "王伟", "保密", "wang.example.com", "也许", "再说", "外星"]])
    assert [row.delegate for row in reading.registrations] == ["王伟"]
    assert sorted(problem.code for problem in reading.warnings) == [
        "not_a_phone",
        "not_a_time",
        "not_an_attendance",
        "not_an_email",
        "unknown_kind",
    ]


def test_an_unknown_column_is_shown_and_can_be_mapped_by_hand():
    rows = [["企业名称", "姓名", "联络热线", "空列"], ["甲公司", "王伟", "19000000172", ""]]
    (block,) = read_rows(rows).blocks
    assert [column.header for column in block.unknown] == ["联络热线"]
    mapped = read_rows(rows, choices={block.key: BlockChoice(columns={2: "phone"})})
    assert mapped.registrations[0].phone == "+8619000000172"
    assert mapped.blocks[0].unknown == []


def test_a_field_that_is_mapped_by_hand_leaves_the_column_that_had_it():
    rows = [["企业名称", "姓名", "手机", "电话二"], ["甲公司", "王伟", "19000000172", "19000000173"]]
    reading = read_rows(rows, choices={("a.csv", "", 1): BlockChoice(columns={3: "phone"})})
    assert reading.registrations[0].phone == "+8619000000173"


def test_a_sheet_that_means_nothing_is_reported_and_its_kind_can_be_chosen_by_hand():
    rows = [["名录"], ["甲方", "张罗"], ["甲公司", "王伟"]]
    reading = read_rows(rows)
    assert [problem.code for problem in reading.rejected] == ["not_recognised"]
    (block,) = reading.blocks
    assert (block.header_row, [column.header for column in block.columns]) == (2, ["甲方", "张罗"])
    chosen = read_rows(rows, choices={block.key: BlockChoice("registrations", {0: "company", 1: "delegate"})})
    assert [(row.company, row.delegate) for row in chosen.registrations] == [("甲公司", "王伟")]
    assert chosen.rejected == []


def test_a_sheet_can_be_left_out_by_hand():
    reading = read_rows([["企业名称", "姓名"], ["甲公司", "王伟"]], choices={("a.csv", "", 1): BlockChoice("skip")})
    assert (reading.registrations, reading.rejected) == ([], [])


def test_a_sheet_that_lacks_a_needed_column_says_which():
    reading = read_rows([["企业名称", "手机", "邮箱", "职务"], ["甲公司", "19000000172", "", "经理"]])
    (problem,) = reading.rejected
    assert (problem.code, problem.params["columns"], problem.place.row) == ("columns_missing", "delegate", 1)


def test_two_files_of_one_name_are_told_apart():
    rows = [["企业名称", "姓名"], ["", "王伟"]]
    reading = read_files([SheetFile("a.csv", csv_bytes(rows)), SheetFile("a.csv", csv_bytes(rows))], day=DAY)
    assert [problem.place.file for problem in reading.rejected] == ["a.csv", "a.csv (2)"]


def test_hidden_sheets_are_left_out_and_told():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        for name in ("看得见", "旧数据"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["企业名称", "姓名"])
            sheet.write_row(1, 0, [name, "王伟"])
        sheet.hide()
    reading = read_files([SheetFile("a.xlsx", buffer.getvalue())], day=DAY)
    assert [row.company for row in reading.registrations] == ["看得见"]
    assert [(problem.code, problem.place.sheet) for problem in reading.warnings] == [("hidden_sheet", "旧数据")]


def test_progress_is_told_up_to_the_last_row():
    told = []
    rows = [["企业名称", "姓名"], *[[f"甲{n}公司", "王伟"] for n in range(1200)]]
    read_rows(rows, progress=lambda *step: told.append(step))
    assert told[0] == ("files", 0, 1)
    assert told[-1] == ("rows", 1200, 1200)
    assert [done for stage, done, _ in told if stage == "rows"] == [0, 500, 1000, 1200]
