"""The sheet of personal links that organisers send out from."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from openpyxl import load_workbook

from eventday.sheets.writing.links_workbook import PersonalLink, links_workbook

MADE_AT = datetime(2025, 6, 1, tzinfo=UTC)
LINK = PersonalLink(
    company="申维检测", name="刘文", link="https://f.example/b/x", picture="申维检测/刘文.png", phone="+8619000000117"
)


def sheet(**options: bool):
    return load_workbook(io.BytesIO(links_workbook("宝山对接会", [LINK], made_at=MADE_AT, **options))).active


def test_a_delegate_has_a_row_with_a_link_to_click_and_the_name_of_the_picture() -> None:
    row = sheet()[3]
    assert [cell.value for cell in row] == ["申维检测", "刘文", None, "https://f.example/b/x", "申维检测/刘文.png"]
    assert row[3].hyperlink.target == "https://f.example/b/x"


def test_phones_are_left_out_unless_asked_for() -> None:
    assert "+8619000000117" not in [cell.value for cell in sheet()[3]]
    asked = sheet(contacts=True)[3]
    assert asked[5].value == "+8619000000117"
    assert asked[5].data_type == "s"
