"""A plan on paper: who sits where, when, and in which version."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eventday.badges.plan_papers import EmptyPlanError, board_pdf, company_slips_pdf, table_sheets_pdf

from ..timetables import PLACES, SLOTS, VISITORS, timetable
from .reading import page_sizes, pdf_texts


def test_every_table_has_a_page_with_its_host_room_and_visitors() -> None:
    first, second = pdf_texts(table_sheets_pdf(timetable()))
    for word in (
        "T1",
        "上海核工程研究设计院股份有限公司",
        "SNERDI",
        "B1会议室",
        "14:30–14:55",
        "15:00–15:25",
        "申维检测",
    ):
        assert word in first
    assert "T2" in second
    assert "腾讯会议" in second
    assert "不开放" in second
    assert "恒优" not in second


def test_every_company_has_a_slip_even_without_a_meeting() -> None:
    [page] = pdf_texts(company_slips_pdf(timetable()))
    assert page.index("14:30–14:55") < page.index("15:00–15:25")
    assert all(visitor.name in page for visitor in VISITORS)
    assert "本版方案暂无对接安排" in page


def test_the_board_shows_the_whole_plan_on_a3() -> None:
    made = board_pdf(timetable())
    assert page_sizes(made) == [(420, 297)]
    [page] = pdf_texts(made)
    assert page.count("申维检测") == 2
    assert all(place.label in page for place in PLACES)


@pytest.mark.parametrize("paper", [table_sheets_pdf, company_slips_pdf, board_pdf])
def test_every_page_says_its_version(paper) -> None:
    for page in pdf_texts(paper(timetable(version=7))):
        assert "v7" in page


def test_a_table_with_many_visitors_still_fits_one_page() -> None:
    crowd = tuple(replace(VISITORS[0], key=key, name=f"上海第{key}精密机械制造股份有限公司") for key in range(100, 160))
    meetings = tuple(
        replace(timetable().meetings[0], visitor=one, place=PLACES[0], slot=SLOTS[i % 2]) for i, one in enumerate(crowd)
    )
    [page] = pdf_texts(table_sheets_pdf(replace(timetable(), places=PLACES[:1], meetings=meetings)))
    assert all(visitor.name in page for visitor in crowd)


def test_a_name_that_looks_like_markup_prints_as_it_was_written() -> None:
    assert VISITORS[1].name in pdf_texts(board_pdf(timetable()))[0]


def test_a_plan_without_rounds_is_refused_with_the_reason() -> None:
    with pytest.raises(EmptyPlanError, match="no rounds"):
        table_sheets_pdf(replace(timetable(), slots=(), meetings=()))
