"""The sample forum from the command line to the screen; on its way it takes the pictures of the README."""

import pytest
from playwright.sync_api import expect

from eventday.settings import PROJECT, load_settings
from tests import live as live_tools

PICTURES = PROJECT / "docs/pictures"


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The production server on the sample forum, its plan published; and (e-mail, password)."""
    folder = tmp_path_factory.mktemp("sample")
    settings = load_settings({"EVENTDAY_INSTANCE": str(folder), "EVENTDAY_SECRET_KEY": "for tests"})
    assert live_tools.command(settings, "sample", "--day", "2025-06-18").returncode == 0
    solved = live_tools.command(settings, "plan", "baoshan-2025", "--seconds", "10", "--publish")
    assert solved.returncode == 0, solved.stderr
    server = live_tools.Server(settings)
    server.start()
    yield server, settings, (folder / "first-sign-in").read_text().split()
    server.stop()


@pytest.mark.browser
def test_the_organiser_sees_the_forum_as_a_checklist(sample, new_page, axe):
    server, _settings, (email, password) = sample
    page = new_page(1200, 760, "zh")
    page.goto(f"{server.url}/sign-in")
    page.fill("#email", email)
    page.fill("#password", password)
    page.press("#password", "Enter")
    page.wait_for_url("**/events")
    page.goto(f"{server.url}/events/baoshan-2025")
    expect(page.locator(".steps")).to_be_visible()
    axe(page)
    assert page.complaints == []
    page.screenshot(path=PICTURES / "checklist.png")


@pytest.mark.browser
def test_an_attendee_reads_table_and_time_on_the_phone(sample, new_page, axe):
    server, settings, _ = sample
    listed = live_tools.command(settings, "badges", "baoshan-2025", "--csv").stdout.splitlines()
    code = next(line.split(",")[0] for line in listed[1:] if ",sme," in line)
    page = new_page(390, 760, "zh", device_scale_factor=2, is_mobile=True)
    page.clock.set_fixed_time("2025-06-18T14:18:00+08:00")  # what comes next is decided on the phone, by its clock
    page.goto(f"{server.url}/B/{code}")
    expect(page.locator(".next:visible")).to_have_count(1)
    axe(page)
    assert page.complaints == []
    page.screenshot(path=PICTURES / "phone.png")
