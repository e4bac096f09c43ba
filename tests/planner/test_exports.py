"""The exports page: a version of the plan as files, and nothing of a draft."""

from __future__ import annotations

import csv
import io
import json

import icalendar
import pytest
from openpyxl import load_workbook

import solver
from eventday.services.planning import drafts, publishing
from tests import builders
from tests.badges.reading import page_sizes, pdf_texts

PAGE = "/events/forum/exports"


@pytest.fixture
def published(forum) -> builders.Forum:
    """The small forum with version 1 published."""
    plan, _ = drafts.solve_event(forum.event, now=builders.NOW, actor="tests", seconds=60)
    publishing.publish(forum.event, plan, revision=plan.revision, now=builders.NOW, actor="tests")
    return forum


def test_before_publication_the_page_says_so_and_gives_no_file(planner, forum):
    drafts.solve_event(forum.event, now=builders.NOW, actor="tests", seconds=60)
    assert "No plan is published yet" in planner.get(f"{PAGE}?lang=en").text
    assert planner.get(f"{PAGE}/v1.xlsx").status_code == 404


def test_the_page_offers_every_file_of_the_live_version(planner, published):
    page = planner.get(f"{PAGE}?lang=en").text
    for link in (
        "v1.xlsx",
        "v1.csv",
        "v1.ics",
        "v1.json",
        "v1.pdf?paper=tables",
        "v1.pdf?paper=slips",
        "v1.pdf?paper=board",
    ):
        assert link in page


def test_every_file_tells_the_same_meetings(planner, published):
    rows = list(csv.DictReader(io.StringIO(planner.get(f"{PAGE}/v1.csv").data.decode("utf-8-sig"))))
    seats = {(row["company"], row["table"], row["round"]) for row in rows}
    assert len(seats) == 8
    sheet = load_workbook(io.BytesIO(planner.get(f"{PAGE}/v1.xlsx").data)).worksheets[2]
    assert {(row[6], row[3], row[0].split()[0]) for row in sheet.iter_rows(min_row=3, values_only=True)} == seats
    events = icalendar.Calendar.from_ical(planner.get(f"{PAGE}/v1.ics").data).walk("VEVENT")
    assert {str(event["summary"]) for event in events} == {f"{row['company']} × {row['host']}" for row in rows}
    pages = pdf_texts(planner.get(f"{PAGE}/v1.pdf").data)
    assert len(pages) == 2
    for company, table, _ in seats:
        assert company in next(page for page in pages if table in page)


def test_the_json_can_be_checked_by_anybody(planner, published):
    document = json.loads(planner.get(f"{PAGE}/v1.json").data)
    answer = document["solution"]
    report = solver.check(solver.parse(document), solver.parse_solution(answer, solver.parse(document)))
    assert report.ok
    assert len(answer["assignments"]) == 8


def test_papers_have_their_sizes(planner, published):
    assert set(page_sizes(planner.get(f"{PAGE}/v1.pdf?paper=slips").data)) == {(297, 210)}
    assert set(page_sizes(planner.get(f"{PAGE}/v1.pdf?paper=board").data)) == {(420, 297)}


def test_the_report_tells_goals_fairness_and_load_and_its_version(planner, published):
    [page] = pdf_texts(planner.get(f"{PAGE}/v1.pdf?paper=report").data)
    assert "v1" in page
    for told in ("0meetings0", "2meetings4", "2/2", "0·0·4", "已证明"):
        assert told in page, told


def test_charts_are_pictures_that_say_their_numbers_in_words_too(planner, published):
    plan = drafts.live_plan(published.event.id)
    page = planner.get(f"/events/forum/plan/{plan.id}?lang=en").text
    assert 'alt="4 with 2"' in page
    assert 'alt="T1: 2/2, 2/2; T2: 2/2, 2/2"' in page
    for chart in ("fairness", "load"):
        picture = planner.get(f"/events/forum/plan/{plan.id}/charts/{chart}.svg")
        assert (picture.mimetype, picture.data[:4]) == ("image/svg+xml", b"<svg")
    assert planner.get(f"/events/forum/plan/{plan.id}/charts/pie.svg").status_code == 422


def test_an_earlier_version_stays_as_it_was_and_is_marked(planner, published):
    again = drafts.copy_to_draft(drafts.live_plan(published.event.id), now=builders.NOW, actor="tests")
    publishing.publish(published.event, again, revision=again.revision, now=builders.NOW, actor="tests")
    assert "v2.xlsx" in planner.get(PAGE).text
    old = planner.get(f"{PAGE}?version=1&lang=en").text
    assert "v1.xlsx" in old
    assert "People see version 2" in old
    assert "v1" in load_workbook(io.BytesIO(planner.get(f"{PAGE}/v1.xlsx").data)).worksheets[0]["A1"].value


def test_what_there_is_not_is_not_found(planner, published):
    assert planner.get(f"{PAGE}/v9.xlsx").status_code == 404
    assert planner.get(f"{PAGE}/v1.docx").status_code == 404
    assert planner.get(f"{PAGE}/v1.pdf?paper=poster").status_code == 422


def test_the_desk_has_no_exports(desk, published):
    assert desk.get(PAGE).status_code == 403
