"""The sample forum from the command line to the screen; on its way it takes the pictures of the README."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import expect

from eventday import create_app
from eventday.models import Badge, db, writing
from eventday.settings import PROJECT
from tests import builders, instances
from tests import live as live_tools

PICTURES = PROJECT / "docs/pictures"


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The production server on the sample forum, its plan published; and (e-mail, password)."""
    folder = tmp_path_factory.mktemp("sample")
    settings = instances.settings_in(folder)
    assert live_tools.command(settings, "sample", "--day", "2025-06-18").returncode == 0
    draw_codes_alike(settings)
    solved = live_tools.command(settings, "plan", "baoshan-2025", "--seconds", "60", "--publish")
    assert solved.returncode == 0, solved.stderr
    server = live_tools.Server(settings, EVENTDAY_BASE_URL="http://forum.example")  # it is in the code on the phone
    server.start()
    yield server, settings, (folder / "first-sign-in").read_text().split()
    server.stop()


def draw_codes_alike(settings) -> None:
    """Badge codes that are the same in every run, as is the picture of one."""
    with create_app(settings).app_context():
        with writing():
            for badge in db.session.query(Badge):
                badge.code = builders.code_of("baoshan-2025", badge.delegate_id)
        db.session.remove()
        db.engine.dispose()


def take(page, name: str) -> None:
    """Take the picture `name`, unless it would look as it does: no machine draws letters just as another does."""
    file, fresh = PICTURES / name, page.screenshot()
    if not (file.exists() and look_alike(Image.open(file), Image.open(BytesIO(fresh)))):
        file.write_bytes(fresh)


def look_alike(one: Image.Image, other: Image.Image) -> bool:
    """Whether nobody would see a difference, looking from afar: at the greys of squares of 8 points."""
    far = [picture.convert("L").reduce(8) for picture in (one, other)]
    return one.size == other.size and ImageChops.difference(*far).getextrema()[1] < 64


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
    take(page, "checklist.png")


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
    take(page, "phone.png")
