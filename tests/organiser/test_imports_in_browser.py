"""The pages of the import in a real browser: files dropped, a bar that moves, readable for everybody at every size."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from eventday.models import Delegate, db

from ..sheet_writing import csv_bytes, workbook

pytestmark = pytest.mark.browser

PEOPLE = [
    ["企业名称", "姓名", "联络热线", "第一意向"],
    ["上海新来检测有限公司", "王伟", "19000000555", "核工院"],
    ["", "匿名", "", ""],
]
ODD = [["甲方", "张罗"], ["上海外来公司", "李娜"]]
SIZES = {"phone": (390, 844), "tablet": (820, 1180), "desktop": (1280, 900)}


@pytest.fixture
def sheets(tmp_path) -> list[Path]:
    files = {"people.csv": csv_bytes(PEOPLE), "odd.csv": csv_bytes(ODD), "book.xlsx": workbook({"s": PEOPLE[:1]})}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    return [tmp_path / name for name in files]


@pytest.mark.parametrize(("size", "lang"), [("phone", "zh"), ("phone", "en"), ("tablet", "zh"), ("desktop", "en")])
def test_every_page_of_the_import_fits_and_hides_nothing_from_anyone(forum, signed_in_page, axe, sheets, size, lang):
    page = signed_in_page("organiser", *SIZES[size], lang=lang)

    def look():
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]

    page.goto(f"/events/forum/import?lang={lang}")
    page.set_input_files("#files", sheets)
    look()
    page.click("form[data-progress] .button--primary")
    page.wait_for_url("**/import/*")
    look()
    page.click("form[action$=confirm] .button--primary")
    page.wait_for_selector("main .notice--good")
    look()
    assert page.complaints == []


def test_dropped_files_are_listed_read_mapped_and_imported(forum, signed_in_page):
    page = signed_in_page("organiser", lang="en")
    page.goto("/events/forum/import?lang=en")
    page.evaluate(
        """text => {
            const files = new DataTransfer();
            files.items.add(new File([text], "people.csv", { type: "text/csv" }));
            const drop = new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true });
            document.querySelector("[data-part=drop]").dispatchEvent(drop);
        }""",
        csv_bytes(PEOPLE).decode(),
    )
    expect(page.locator("[data-part=list]")).to_have_text("people.csv · 1 kB")
    page.click("text=Read the files")
    page.wait_for_url("**/import/*")
    page.select_option("#column-0-2", label="Telephone")
    page.click("text=Look again")
    page.wait_for_selector("text=unknown column", state="detached")
    page.click("form[action$=confirm] >> text=Import")
    page.wait_for_selector("text=Everything that was right is in the event now.")
    db.session.rollback()
    assert db.session.query(Delegate).filter_by(name="王伟").one().phone == "+8619000000555"


def test_a_large_file_shows_how_far_it_is(forum, signed_in_page, tmp_path):
    rows = [PEOPLE[0], *[[f"上海{n}号装备有限公司", "王伟", "", "核工院"] for n in range(6000)]]
    (tmp_path / "large.csv").write_bytes(csv_bytes(rows))
    page = signed_in_page("organiser", lang="en")
    page.goto("/events/forum/import?lang=en")
    page.set_input_files("#files", tmp_path / "large.csv")
    page.evaluate(
        """() => {
            const stage = document.querySelector("[data-part=stage]");
            const told = () => sessionStorage.getItem("told") ?? "";
            const note = () => sessionStorage.setItem("told", told() + stage.textContent);
            new MutationObserver(note).observe(stage, { childList: true });
        }"""
    )
    page.click("text=Read the files")
    page.wait_for_url("**/import/*", timeout=120_000)
    told = page.evaluate("sessionStorage.getItem('told')")
    assert "Sending the files" in told
    # What the server told, whichever of it was asked for: how long a stage lasts is the machine's affair.
    assert any(stage in told for stage in ("Opening the files", "Reading rows: ", "Matching with what is known"))


def test_a_refused_upload_says_why_and_the_page_stays_usable(forum, signed_in_page, tmp_path):
    page = signed_in_page("organiser", lang="en")
    page.goto("/events/forum/import?lang=en")
    page.evaluate("document.querySelector('form[data-progress] [name=csrf_token]').value = 'stale'")
    (tmp_path / "a.csv").write_bytes(csv_bytes(PEOPLE))
    page.set_input_files("#files", tmp_path / "a.csv")
    page.click("text=Read the files")
    page.wait_for_selector("[data-part=stage] >> text=reload the page and try again")
    expect(page.get_by_role("button", name="Read the files")).to_be_enabled()


def test_the_import_works_without_script(forum, signed_in_page, sheets):
    page = signed_in_page("organiser", lang="en", java_script_enabled=False)
    page.goto("/events/forum/import?lang=en")
    page.set_input_files("#files", sheets)
    page.click("text=Read the files")
    page.click("form[action$=confirm] >> text=Import")
    expect(page.locator("main")).to_contain_text("Everything that was right is in the event now.")
