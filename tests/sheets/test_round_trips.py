"""Whatever the order of columns, the encoding, the format and the blanks around a name: the same rows come back."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from eventday.rules.tidy_text import tidy
from eventday.sheets import SheetFile, read_files

from ..sheet_writing import csv_bytes, workbook

DAY = date(2025, 6, 18)
HAN = st.sampled_from("尹磊国曾单仇尉迟文䶮㛃堃上海泓辰精密机械恒优软件嘉维仪器")
NAMES = st.lists(HAN, min_size=2, max_size=6).map("".join)
BLANKS = st.text(" \u3000\u00a0\t\u200b", max_size=3)
HEADERS = {
    "company": ["企业名称", "公司名称（全称）", "Company name", "单位", "*参会企业"],
    "delegate": ["姓名", "参会人姓名", "Full name", "3、参会人"],
    "title": ["职务", "Job title", "职位"],
    "phone": ["手机号码", "Mobile", "联系电话"],
    "attendance": ["参会方式", "Attendance"],
    "wish1": ["第一意向", "Choice 1", "意向1"],
}
PEOPLE = st.fixed_dictionaries(
    {
        "company": NAMES.map(lambda name: f"{name}有限公司"),
        "delegate": NAMES,
        "title": st.sampled_from(["", "总经理", "技术总监", "Sales"]),
        "phone": st.sampled_from(["", "19000000172", "190-0000-0173", "+86 19000000174"]),
        "attendance": st.sampled_from(["", "现场", "线上", "Online"]),
        "wish1": st.sampled_from(["", "核工院", "NPOR"]),
    }
)


@st.composite
def sheets(draw):
    """People, and a sheet of them as somebody might have laid it out."""
    people = draw(st.lists(PEOPLE, min_size=1, max_size=8))
    fields = draw(st.permutations(list(HEADERS)))
    titles = [[draw(NAMES)] for _ in range(draw(st.integers(0, 4)))]
    header = [draw(st.sampled_from(HEADERS[field])) for field in fields]
    rows = []
    for person in people:
        rows += [[]] * draw(st.integers(0, 1))
        rows.append([f"{draw(BLANKS)}{person[field]}{draw(BLANKS)}" if person[field] else "" for field in fields])
    return people, [*titles, header, *rows, ["合计", str(len(people))]]


def seen(reading):
    return [
        (row.company, row.delegate, row.title, row.phone[-11:], row.remote, [wish.host for wish in row.wishes])
        for row in reading.registrations
    ]


def meant(people):
    remote = {"": None, "现场": False, "线上": True, "Online": True}
    return [
        (
            tidy(person["company"]),
            tidy(person["delegate"]),
            person["title"],
            person["phone"].replace("-", "")[-11:],
            remote[person["attendance"]],
            [person["wish1"]] if person["wish1"] else [],
        )
        for person in people
    ]


@settings(max_examples=150)
@given(sheets(), st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]), st.sampled_from(",;\t"))
def test_a_text_table_comes_back_as_it_was_meant(sheet, encoding, separator):
    people, rows = sheet
    reading = read_files([SheetFile("a.csv", csv_bytes(rows, encoding, separator))], day=DAY)
    assert seen(reading) == meant(people)
    assert (reading.rejected, reading.warnings) == ([], [])


@settings(max_examples=60)
@given(sheets())
def test_a_workbook_comes_back_as_it_was_meant(sheet):
    people, rows = sheet
    reading = read_files([SheetFile("a.xlsx", workbook({"名单": rows}))], day=DAY)
    assert seen(reading) == meant(people)
    assert (reading.rejected, reading.warnings) == ([], [])


@settings(max_examples=300)
@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx", "a.xls", "a"]))
def test_no_bytes_whatever_raise_an_error(data, name):
    reading = read_files([SheetFile(name, data)], day=DAY)
    assert reading.registrations == []


@settings(max_examples=200)
@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=12))
def test_no_table_of_texts_raises_an_error(rows):
    read_files([SheetFile("a.csv", csv_bytes([["企业名称", "姓名", "手机"], *rows], "utf-8"))], day=DAY)
