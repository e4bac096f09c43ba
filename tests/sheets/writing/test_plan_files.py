"""The plan as workbook, csv and calendar: complete, dated, and harmless to open."""

from __future__ import annotations

import csv
import io

import icalendar
from openpyxl import load_workbook

from eventday.sheets.writing.calendar import plan_calendar
from eventday.sheets.writing.csv_text import PLAN_COLUMNS, as_text, csv_text, plan_csv
from eventday.sheets.writing.plan_workbook import plan_workbook

from ...timetables import VISITORS, timetable

EVIL = VISITORS[1].name


def cells(data: bytes) -> dict[str, list[tuple]]:
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(io.BytesIO(data))}


def test_the_workbook_tells_the_plan_by_company_by_table_and_by_round() -> None:
    by_company, by_table, by_round = cells(plan_workbook(timetable())).values()
    assert by_company[2] == (
        "申维检测",
        "Shenwei Testing",
        2,
        "T2 B2会议室 上海核工业第八研究所",
        "T1 B1会议室 上海核工程研究设计院股份有限公司",
    )
    assert by_company[4][:3] == ("朗捷智能", None, 0)
    assert by_table[2] == ("T1", "B1会议室", "上海核工程研究设计院股份有限公司", EVIL, "申维检测")
    assert [(row[0], row[1], row[2], row[3], row[6], row[7]) for row in by_round[2:]] == [
        ("第一轮 Round 1", "14:30", "14:55", "T1", EVIL, 3),
        ("第一轮 Round 1", "14:30", "14:55", "T2", "申维检测", 5),
        ("第二轮 Round 2", "15:00", "15:25", "T1", "申维检测", None),
    ]


def test_every_sheet_says_the_version() -> None:
    for rows in cells(plan_workbook(timetable(version=9))).values():
        assert "v9" in rows[0][0]


def test_no_cell_of_the_workbook_is_a_formula_or_a_link() -> None:
    for sheet in load_workbook(io.BytesIO(plan_workbook(timetable()))):
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" and cell.hyperlink is None for cell in row)


def test_the_same_plan_makes_the_same_workbook() -> None:
    assert plan_workbook(timetable()) == plan_workbook(timetable())


def test_csv_begins_with_the_mark_that_excel_needs_and_has_a_row_per_meeting() -> None:
    data = plan_csv(timetable())
    assert data.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert header == list(PLAN_COLUMNS)
    assert rows[1] == [
        "3",
        "第一轮",
        "2025-06-18T14:30:00+08:00",
        "2025-06-18T14:55:00+08:00",
        "T2",
        "B2会议室",
        "上海核工业第八研究所",
        "申维检测",
        "5",
    ]
    assert rows[0][7] == "'" + EVIL


def test_what_a_spreadsheet_would_run_is_written_as_text() -> None:
    for risky in ("=1+1", "+86 190", "-1", "@SUM(A1)", "\t=1", "＝1+1"):
        assert as_text(risky) == "'" + risky
    assert [as_text(plain) for plain in ("申维", "a=b", -3, 2.5, None, "")] == ["申维", "a=b", "-3", "2.5", "", ""]


def test_csv_quotes_commas_quotes_and_line_breaks() -> None:
    rows = [["a,b", 'c"d', "e\nf"]]
    assert list(csv.reader(io.StringIO(csv_text(["x", "y", "z"], rows), newline="")))[1:] == rows


def test_the_calendar_has_every_meeting_at_its_moment_and_place() -> None:
    calendar = icalendar.Calendar.from_ical(plan_calendar(timetable()))
    events = calendar.walk("VEVENT")
    assert len(events) == 3
    first = events[0]
    assert first["summary"] == "申维检测 × 上海核工业第八研究所"
    assert first["dtstart"].dt.isoformat() == "2025-06-18T06:30:00+00:00"
    assert first["dtend"].dt.isoformat() == "2025-06-18T06:55:00+00:00"
    assert first["location"] == "T2 B2会议室, 智慧湾"


def test_a_meeting_keeps_its_identity_through_versions_and_its_sequence_grows() -> None:
    third, fourth = (
        icalendar.Calendar.from_ical(plan_calendar(timetable(version))).walk("VEVENT") for version in (3, 4)
    )
    assert [event["uid"] for event in third] == [event["uid"] for event in fourth]
    assert {event["sequence"] for event in third} == {3}
    assert {event["sequence"] for event in fourth} == {4}


def test_uids_tell_every_pair_apart() -> None:
    events = icalendar.Calendar.from_ical(plan_calendar(timetable())).walk("VEVENT")
    assert len({str(event["uid"]) for event in events}) == len(events)
