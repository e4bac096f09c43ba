"""The sample forum goes into the database with the counts that its organisers know."""

from __future__ import annotations

import itertools
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from flask_babel import force_locale

from eventday.models import Company, Delegate, Project, Wish, db
from eventday.services.forum.events import create_event
from eventday.services.importing import import_sheets, rehearse_import, say_problem
from eventday.sheets import SheetFile

from .. import builders
from ..sheet_writing import csv_bytes, workbook
from .dumping import dump

SAMPLE = Path(__file__).parents[2] / "eventday" / "sample" / "baoshan-2025"
EXPECTED = json.loads((SAMPLE / "expected.json").read_text("utf-8"))
COUNTS = EXPECTED["report after all four files"]
DAY = date(2025, 6, 18)


@pytest.fixture(scope="module")
def files():
    return [SheetFile(path.name, path.read_bytes()) for path in sorted(SAMPLE.iterdir()) if path.suffix != ".json"]


@pytest.fixture
def event_id(app):
    return create_event(slug="baoshan", name="宝山专场", on=DAY, now=builders.NOW, actor="tests").id


def take(event_id, files, **more):
    codes = (f"{number:016d}" for number in itertools.count(db.session.query(Delegate).count()))
    return import_sheets(event_id, files, now=builders.NOW, actor="tests", new_code=lambda: next(codes), **more)


def counts(report):
    told = report.as_json(lambda problem: problem.code)
    return {name: told[name] for name in COUNTS}


def test_the_four_files_give_the_counts_that_are_expected(event_id, files):
    report = take(event_id, files)
    assert counts(report) == COUNTS
    assert [(problem.place.file, problem.place.row, problem.code) for problem in report.rejected] == [
        ("意向补充.csv", 8, "company_not_registered"),
        ("报名表.xlsx", 19, "no_company"),
        ("报名表.xlsx", 44, "no_delegate"),
    ]
    assert [problem.params for problem in report.warnings] == [{"value": "91310113MA4KJD5HPA"}]
    assert report.look_alikes == []


def test_reasons_are_told_in_both_languages(event_id, files):
    report = rehearse_import(event_id, files, now=builders.NOW).report
    with force_locale("en"):
        assert say_problem(report.rejected[1]) == "The row names no company."
    with force_locale("zh_Hans"):
        assert say_problem(report.rejected[1]) == "该行没有企业名称。"


def test_registrations_alone_hold_their_part_of_the_wishes(event_id, files):
    report = take(event_id, [file for file in files if file.name != "意向补充.csv"])
    assert report.wishes == EXPECTED["of the wishes, from 报名表.xlsx"]


def test_projects_hold_the_stages_and_enterprises_that_are_known(event_id, files):
    take(event_id, files)
    projects = db.session.query(Project).all()
    stages = [project.stage for project in projects]
    running = [project for project in projects if project.stage != "signed"]
    assert {
        "signed": stages.count("signed"),
        "progressing": stages.count("progressing"),
        "negotiating": stages.count("negotiating"),
        "in_matchmaking": len(running),
        "enterprises": len({project.supplier_id for project in running}),
    } == EXPECTED["projects"]


@pytest.mark.parametrize("order", [(3, 2, 1, 0), (1, 3, 0, 2), (2, 0, 3, 1)])
def test_the_order_of_the_files_does_not_matter(event_id, files, order):
    assert counts(take(event_id, [files[place] for place in order])) == COUNTS


def test_a_rehearsal_tells_the_same_and_writes_nothing(event_id, files):
    before = dump()
    rehearsed = rehearse_import(event_id, files, now=builders.NOW).report
    assert dump() == before
    assert rehearsed == take(event_id, files)


def test_importing_again_changes_nothing(event_id, files):
    take(event_id, files)
    before = dump()
    again = take(event_id, files)
    assert counts(again) == COUNTS
    assert again.changes == {}
    assert dump() == before


def test_files_one_after_the_other_end_where_all_together_do(event_id, files):
    for name in ("需求清单.xlsx", "报名表.xlsx", "意向补充.csv", "既往项目.csv"):
        report = take(event_id, [file for file in files if file.name == name])
    assert {**counts(report), "duplicates": 2} == COUNTS


def registrations():
    sheet = openpyxl.load_workbook(SAMPLE / "报名表.xlsx").active
    rows = list(sheet.iter_rows(min_row=4, max_row=103, values_only=True))
    return [row for row in rows if any(row)]


def needs_and_tables():
    book = openpyxl.load_workbook(SAMPLE / "需求清单.xlsx")
    plan = [list(row) for row in book["分组安排"].iter_rows(values_only=True)]
    needs = [
        (str(sheet["A1"].value).split(" ")[0], *row)
        for sheet in book.worksheets[1:]
        for row in sheet.iter_rows(min_row=4, values_only=True)
    ]
    return plan[2:6], plan[8:11], needs


def csv_rows(name, encoding):
    return [line.split(",") for line in (SAMPLE / name).read_text(encoding).splitlines()[1:]]


def rewritten():
    """The same data in one workbook: other headers in another order, English, a score for each host in its column."""
    tables, rounds, needs = needs_and_tables()
    supplements = [[score, host, company] for company, host, score, _ in csv_rows("意向补充.csv", "gb18030")]
    projects = [
        [status, supplier, host, name, origin, day.replace("-", "/")]
        for name, host, supplier, origin, status, day in csv_rows("既往项目.csv", "utf-8-sig")
    ]
    seats = [[row[3], row[4], row[1], row[5], row[2]] for row in tables]
    return {
        "People": score_matrix(tables),
        "Hosts": [["Room", "Table no.", "Host", "Seats", "Aliases"], *seats],
        "Rounds": [["Round", "Time"], *([row[0], f"{row[1]}-{row[2]}"] for row in rounds)],
        "Needs": [["Host", "No.", "Need", "Description", "Keywords", "Department"], *needs],
        "More wishes": [["Score", "Host", "Company"], *supplements],
        "Projects": [["Status", "Supplier", "Host", "Project", "Session", "Date"], *projects],
    }


def score_matrix(tables):
    """The registrations with a column for each host, headed by one of its short names."""
    hosts = [row[1] for row in tables]
    host_of = {name: row[1] for row in tables for name in (row[1], *str(row[2]).split("、"))}
    kinds = {"中小企业": "SME", "央国企": "SOE", "政府": "Government", "媒体": "Press"}
    short = [row[2].split("、")[-1] for row in tables]
    sheet = [
        ["Attendee list"],
        [],
        ["Name", "E-mail", "Mobile", "公司名称", "USCC", "Type", *short, "Attendance", "Remarks"],
    ]
    for row in registrations():
        scores = {host_of[wish]: 5 - rank for rank, wish in enumerate(row[12:16]) if wish}
        mode = "Online" if row[11] == "线上" else "On site"
        person = [row[7], row[10], row[9], row[2], row[3], kinds[row[4]]]
        sheet.append([*person, *(scores.get(host, 0) for host in hosts), mode, row[17]])
    return [*sheet, ["Total", len(sheet)]]


def test_the_same_data_with_other_headers_in_one_workbook_gives_the_same_counts(event_id):
    report = take(event_id, [SheetFile("everything.xlsx", workbook(rewritten()))])
    assert counts(report) == COUNTS
    assert len(report.rejected) == len(EXPECTED["rejected"])
    assert [problem.code for problem in report.warnings] == ["credit_code_check_digit"]


def test_both_layouts_bring_the_same_wishes_and_people(event_id, files):
    def held():
        wishes = {(wish.company.name, wish.host.name, wish.interest) for wish in db.session.query(Wish)}
        people = {(row.company.name, row.name, row.phone, row.remote, row.role) for row in db.session.query(Delegate)}
        return wishes, people, {(row.name, row.kind, row.credit_code) for row in db.session.query(Company)}

    take(event_id, files)
    original = held()
    db.session.rollback()
    report = take(event_id, [SheetFile("everything.xlsx", workbook(rewritten()))])
    assert held() == original
    assert report.changes.get("wishes", {"added": 0, "removed": 0})["added"] == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_the_same_data_as_csv_in_any_encoding_gives_the_same_counts(event_id, encoding):
    sheets = rewritten()
    given = [SheetFile(f"{name}.csv", csv_bytes(rows, encoding)) for name, rows in sheets.items()]
    assert counts(take(event_id, given)) == COUNTS
