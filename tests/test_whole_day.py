"""The whole day, as its people live it: four sheets become badges, a checked-in delegate, a plan, a page on a phone."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pypdf
import pytest
import typst
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from eventday.settings import PROJECT
from tests.live import film

SAMPLE = PROJECT / "eventday" / "sample" / "baoshan-2025"
SHEETS = [SAMPLE / name for name in ("报名表.xlsx", "需求清单.xlsx", "意向补充.csv", "既往项目.csv")]
PERSON = "单国嘉"  # of a company with four wishes

pytestmark = pytest.mark.browser


@pytest.fixture
def serve_options():
    return ()  # with a worker beside it: this day asks for a solve


def test_four_sheets_become_a_day(signed_in_page, camera_browser, new_page, live, tmp_path):
    organiser = signed_in_page("organiser")
    create_event(organiser)
    import_sheets(organiser)
    badge, code = print_badge(organiser, tmp_path)

    station = pair_station(organiser, camera_browser(film(badge, tmp_path / "badge.mjpeg")))
    expect(station.locator("#result")).to_contain_text(PERSON)
    organiser.goto(f"{live.url}/events/the-day")
    expect(organiser.get_by_text("1 / 95")).to_be_visible()

    phone = new_page(360, 740, base_url=live.url)
    phone.goto(f"/B/{code}")
    expect(phone.get_by_role("heading", level=1)).to_have_text(PERSON)
    expect(phone.locator(".day")).not_to_contain_text("T1")  # outside of it stands the code, drawn by lot
    publish_plan(organiser)
    phone.reload()
    expect(phone.locator(".day")).to_contain_text(re.compile(r"T[1-4]"))
    expect(phone.locator(".day")).to_contain_text(re.compile(r"1[45]:[03]0"))

    new_code = reissue_badge(organiser, code)
    assert phone.request.get(f"/B/{code}").status == 404
    assert phone.request.get(f"/B/{new_code}").status == 200


def create_event(page: Page) -> None:
    page.goto("/events/new")
    page.locator("[name=name]").fill("宝山专场")
    page.locator("[name=slug]").fill("the-day")
    page.locator("[name=date]").fill("2025-06-18")
    page.locator("main form button.button--primary").click()
    page.wait_for_url(re.compile("/events/the-day"))


def import_sheets(page: Page) -> None:
    page.goto("/events/the-day/import")
    page.set_input_files("#files", SHEETS)
    page.get_by_role("button", name="Read the files").click()
    page.wait_for_url(re.compile(r"/import/[\w-]+$"))
    expect(page.locator("main")).to_contain_text("is not registered")
    page.locator("main form button.button--primary").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Imported")
    expect(page.locator("main")).to_contain_text("135")


def print_badge(page: Page, folder: Path) -> tuple[Path, str]:
    """The badge of PERSON as a picture of the printed page, and the code that an independent reader finds on it."""
    page.goto(f"/events/the-day/badges?q={PERSON}")
    page.get_by_label(f"Tick {PERSON}").check()
    page.get_by_label("Only those ticked below").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Make the PDF").click()
    paper = folder / "badge.pdf"
    download.value.save_as(paper)
    assert len(pypdf.PdfReader(paper).pages) == 1
    picture = picture_of(paper)
    found = zxingcpp.read_barcodes(Image.open(picture))
    assert len(found) == 1
    return picture, found[0].text.rsplit("/", 1)[1]


def picture_of(paper: Path) -> Path:
    source = paper.with_suffix(".typ")
    source.write_text(f'#set page(width: auto, height: auto, margin: 0pt)\n#image("{paper.name}")', encoding="utf-8")
    picture = paper.with_suffix(".png")
    typst.compile(source, output=picture, format="png", ppi=150)
    return picture


def pair_station(page: Page, browser) -> Page:
    page.goto("/events/the-day/stations/new")
    page.locator("[name=name]").fill("Desk 1")
    page.locator("[name=role]").select_option("desk")
    page.get_by_role("button", name="Save").click()
    link = page.locator("#link").input_value()
    station = browser.new_context(viewport={"width": 1024, "height": 768}, permissions=["camera"]).new_page()
    station.goto(link)
    return station


def publish_plan(page: Page) -> None:
    page.goto("/events/the-day/plan")
    page.get_by_role("button", name="Solve").click()
    result = page.get_by_role("link", name="Open the result")
    expect(result).to_be_visible()
    expect(page.locator("main")).to_contain_text("proven best")
    result.click()
    page.get_by_role("link", name="Publish …").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Version 1 is published")).to_be_visible()
    page.goto("/events/the-day/plan")
    expect(page.get_by_role("link", name="Version 1", exact=True)).to_be_visible()


def reissue_badge(page: Page, code: str) -> str:
    page.goto(f"/events/the-day/badges?q={PERSON}")
    page.get_by_role("link", name=f"Reissue {PERSON}").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Reissue").click()
    page.goto("/events/the-day/badges")
    with page.expect_download() as download:
        page.get_by_role("link", name="Personal links (xlsx)").click()
    with open(download.value.path(), "rb") as links:
        rows = [list(map(str, row)) for row in openpyxl.load_workbook(links).active.iter_rows(values_only=True)]
    mine = next(row for row in rows if PERSON in row)
    new_code = next(cell for cell in mine if "/B/" in cell).rsplit("/", 1)[1]
    assert new_code != code
    return new_code
