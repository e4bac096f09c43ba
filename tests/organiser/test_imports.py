"""Sheets handed in through the browser: looked at, decided on, confirmed or thrown away."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest

from eventday.models import Company, Delegate, Upload, UploadFile, Wish, db
from eventday.services.importing import uploads
from eventday.sheets import SheetFile

from .. import builders
from ..services.dumping import dump
from ..sheet_writing import csv_bytes, workbook

PEOPLE = [
    ["企业名称", "姓名", "联络热线", "第一意向"],
    ["上海新来检测有限公司", "王伟", "19000000555", "核工院"],
    ["", "匿名", "", ""],
]


def hand_in(client, files, slug="forum", **more):
    """Upload files (name → bytes or rows); returns the address of the preview."""
    data = {
        "files": [
            (io.BytesIO(content if isinstance(content, bytes) else csv_bytes(content)), name)
            for name, content in files.items()
        ],
        **more,
    }
    return client.post(f"/events/{slug}/import", data=data, content_type="multipart/form-data")


@pytest.fixture
def preview(organiser, forum):
    """The address of the preview of PEOPLE."""
    return hand_in(organiser, {"people.csv": PEOPLE}).headers["Location"]


def held():
    return [(row.name, row.phone) for row in db.session.query(Delegate).filter_by(name="王伟")]


def test_the_preview_tells_kind_columns_refusals_and_writes_nothing(organiser, preview):
    page = organiser.get(preview + "?lang=en").text
    assert "people.csv" in page
    assert "Registrations" in page
    assert "1 unknown column" in page
    assert "The row names no company." in page
    assert held() == []
    assert "该行没有企业名称。" in organiser.get(preview + "?lang=zh").text


def test_confirming_imports_what_was_right_and_throws_the_files_away(organiser, preview):
    answer = organiser.post(f"{preview}/confirm")
    assert answer.headers["Location"] == preview
    assert held() == [("王伟", "")]
    assert db.session.query(Wish).join(Wish.company).filter_by(name="上海新来检测有限公司").one().interest == 5
    assert db.session.query(UploadFile).count() == 0
    assert "Everything that was right is in the event now." in organiser.get(preview + "?lang=en").text


def test_confirming_twice_imports_once(organiser, preview):
    organiser.post(f"{preview}/confirm")
    before = dump()
    assert organiser.post(f"{preview}/confirm").status_code == 404
    assert dump() == before


def test_an_unknown_column_is_mapped_by_hand(organiser, preview):
    organiser.post(f"{preview}/decide", data={"column-0-2": "phone"})
    assert "unknown column" not in organiser.get(preview + "?lang=en").text
    organiser.post(f"{preview}/confirm")
    assert held() == [("王伟", "+8619000000555")]


def test_a_known_column_can_be_left_unused(organiser, preview):
    organiser.post(f"{preview}/decide", data={"column-0-3": "ignored"})
    organiser.post(f"{preview}/confirm")
    assert db.session.query(Wish).join(Wish.company).filter_by(name="上海新来检测有限公司").count() == 0


def test_a_field_that_the_kind_does_not_have_is_not_taken(organiser, preview):
    organiser.post(f"{preview}/decide", data={"column-0-2": "capacity"})
    assert "1 unknown column" in organiser.get(preview + "?lang=en").text


def test_a_sheet_that_was_not_recognised_gets_its_kind_and_columns_by_hand(organiser, forum):
    preview = hand_in(organiser, {"odd.csv": [["甲方", "张罗"], ["上海新来检测有限公司", "王伟"]]}).headers["Location"]
    assert "Not recognised" in organiser.get(preview + "?lang=en").text
    organiser.post(f"{preview}/decide", data={"kind-0": "registrations"})
    page = organiser.get(preview + "?lang=en").text
    assert "These columns were not found: Company, Delegate&#39;s name." in page
    organiser.post(
        f"{preview}/decide", data={"kind-0": "registrations", "column-0-0": "company", "column-0-1": "delegate"}
    )
    organiser.post(f"{preview}/confirm")
    assert held() == [("王伟", "")]


def test_a_sheet_can_be_left_out_and_taken_in_again(organiser, preview):
    organiser.post(f"{preview}/decide", data={"kind-0": "skip"})
    assert "Left out" in organiser.get(preview + "?lang=en").text
    organiser.post(f"{preview}/decide", data={"kind-0": "registrations"})
    assert "Left out" not in organiser.get(preview + "?lang=en").text


def test_several_files_are_read_together(organiser, forum):
    tables = [["央国企", "简称", "桌号", "容量"], ["外来集团", "外来", "T9", 4]]
    people = [["企业名称", "姓名", "第一意向"], ["上海新来检测有限公司", "王伟", "外来"]]
    preview = hand_in(organiser, {"a.csv": people, "b.xlsx": workbook({"桌": tables})}).headers["Location"]
    assert "Every row was understood." in organiser.get(preview + "?lang=en").text


def test_a_row_that_is_refused_for_each_host_is_told_once(organiser, forum):
    rows = [["企业名称", "核工院", "核八所"], ["没报名的公司", 5, 4]]
    page = organiser.get(hand_in(organiser, {"scores.csv": rows}).headers["Location"] + "?lang=en").text
    assert page.count("没报名的公司 is not registered for this event.") == 1


def test_companies_that_look_alike_are_shown(organiser, forum):
    rows = [["企业名称", "姓名"], ["上海恒优软件公司", "王伟"]]
    page = organiser.get(hand_in(organiser, {"a.csv": rows}).headers["Location"] + "?lang=en").text
    assert "Perhaps the same company" in page
    assert "上海恒优软件有限公司" in page


def test_a_hostile_file_is_named_and_the_rest_can_be_imported(organiser, forum):
    files = {
        "locked.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "people.csv": PEOPLE,
    }
    page = organiser.get(hand_in(organiser, files).headers["Location"] + "?lang=en").text
    assert "locked.xlsx" in page
    assert "protected by a password" in page
    assert "Registrations" in page


def test_when_nothing_can_be_taken_there_is_nothing_to_confirm(organiser, forum):
    page = organiser.get(hand_in(organiser, {"a.xlsx": b"no workbook"}).headers["Location"] + "?lang=en").text
    assert "No row could be taken." in page
    assert ">Import</button>" not in page


def test_without_a_file_the_page_asks_for_one(organiser, forum):
    answer = organiser.post("/events/forum/import?lang=en", data={}, content_type="multipart/form-data")
    assert (answer.status_code, "Choose at least one file." in answer.text) == (422, True)


def test_throwing_the_files_away_leaves_nothing(organiser, preview):
    before = dump()["delegate"]
    answer = organiser.post(f"{preview}/discard")
    assert answer.headers["Location"] == "/events/forum/import"
    assert organiser.get(preview).status_code == 404
    assert (db.session.query(Upload).count(), dump()["delegate"]) == (0, before)


def test_what_nobody_decided_on_is_thrown_away_after_a_day(organiser, preview, forum):
    later = builders.NOW + timedelta(days=4000)
    uploads.keep_upload(forum.event.id, [SheetFile("b.csv", b"x")], token="later", now=later, actor="tests")
    assert [upload.token for upload in db.session.query(Upload)] == ["later"]


def test_an_upload_belongs_to_its_event(organiser, preview):
    builders.small_forum("other")
    assert organiser.get(preview.replace("/forum/", "/other/")).status_code == 404
    assert organiser.post(preview.replace("/forum/", "/other/") + "/confirm").status_code == 404


def test_the_desk_imports_nothing(desk, organiser, preview):
    assert desk.get("/events/forum/import").status_code == 403
    assert hand_in(desk, {"people.csv": PEOPLE}).status_code == 403
    assert desk.post(f"{preview}/confirm").status_code == 403
    assert held() == []


def test_progress_can_be_asked_for_at_any_time(organiser, preview):
    assert organiser.get(f"{preview}/progress").json == {}
    assert organiser.get("/events/forum/import/AAAAAAAAAAAAAAAAAAAAAA/progress").json == {}


def test_a_token_that_is_taken_or_odd_is_replaced(organiser, preview):
    token = preview.rsplit("/", 1)[1]
    for wish in (token, "../x", ""):
        assert hand_in(organiser, {"people.csv": PEOPLE}, token=wish).headers["Location"] not in (preview, "")
    assert db.session.query(Upload).count() == 4


def test_a_name_with_folders_in_it_is_only_a_name(organiser, forum):
    preview = hand_in(organiser, {"../../etc/people.csv": PEOPLE}).headers["Location"]
    assert db.session.query(UploadFile).one().name == "people.csv"
    assert organiser.get(preview).status_code == 200


def test_text_from_a_sheet_is_never_markup(organiser, forum):
    rows = [
        ["企业名称", "姓名", "<script>x</script>"],
        ["", "<b>王</b>", "<img src=x>"],
        ["甲<i>公司", "王伟", "<img src=x>"],
    ]
    page = organiser.get(hand_in(organiser, {"a.csv": rows}).headers["Location"]).text
    assert "<img" not in page
    assert "<script>x" not in page
    assert "<i>" not in page


def test_known_companies_stay_what_they_are(organiser, forum):
    before = db.session.query(Company).count()
    rows = [["企业名称", "姓名"], [forum.companies[0].name, "新人"]]
    preview = hand_in(organiser, {"a.csv": rows}).headers["Location"]
    organiser.post(f"{preview}/confirm")
    assert db.session.query(Company).count() == before
