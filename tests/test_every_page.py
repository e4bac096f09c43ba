"""Every page of the house, on a phone in Chinese and on a desktop in English: axe, overflow, console, policy.

The pages are taken from the application's own list of addresses, so that a new page is walked without being named here.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest

from eventday.models import (
    Company,
    Delegate,
    Event,
    ForumTable,
    Job,
    Need,
    Participation,
    Plan,
    ProgrammeItem,
    Project,
    Round,
    Staff,
    db,
)
from eventday.services.door import stations
from eventday.services.planning import drafts, publishing
from eventday.services.sample import load_sample
from eventday.web.new_codes import new_code
from tests import builders
from tests.live import OUT, axe

NOW = datetime.now(UTC)
# Not pages: pictures, files, polls, fragments that stand inside a page, addresses that lead elsewhere, and the set-up
# page, which only `serve --https` has.
NO_PAGE = (
    ".json",
    ".png",
    ".svg",
    ".xlsx",
    ".zip",
    ".ics",
    ".vcf",
    ".js",
    ".webmanifest",
    "<ending>",
    "/api/",
    "/set-up",
)
FRAGMENTS = {
    "organiser.checklist_part",
    "planner.grid",
    "planner.day_now",
    "planner.job",
    "planner.why",
    "planner.search",
    "planner.company_panel",
    "planner.table_panel",
    "organiser.import_preview",  # needs an upload; tests/organiser walks it
    "organiser.import_progress",
    "registration.poll",
    "screen.scene",
    "screen.screen",  # a wall, not a phone; tests/screen walks it
    "attendee.here",
    "components",
    "static",
    "healthz",
    "readyz",
    "metrics",
    "organiser.start",
    "attendee.in_small_letters",
    "attendee.video",  # leads to the meeting's own link
}

WITHOUT_TOKEN = """[...document.forms].some(form =>
    form.method === "post" && ![...form.elements].some(each => each.name.endsWith("csrf_token")))"""

pytestmark = pytest.mark.browser


@pytest.fixture
def addresses(app) -> list[str]:
    """The address of every page, on the sample forum with a published plan, a draft and a station."""
    event = load_sample(now=NOW, actor="tests", new_code=new_code)
    for _ in range(2):
        plan, _answer = drafts.solve_event(event, now=NOW, actor="tests", seconds=60)
        if not drafts.live_plan(event.id):
            publishing.publish(event, plan, revision=0, now=NOW, actor="tests")
    station, _code = stations.add_station(
        event=event, name="Desk 1", role="desk", now=NOW, actor="tests", secret=app.config["SECRET_KEY"]
    )
    builders.new_member("planner")
    db.session.commit()
    return [address for rule in app.url_map.iter_rules() if (address := address_of(app, rule, event, plan, station))]


def address_of(app, rule, event: Event, plan: Plan, station) -> str | None:
    """`rule` with real arguments, or None where it is no page."""
    if "GET" not in rule.methods or rule.endpoint in FRAGMENTS or any(part in rule.rule for part in NO_PAGE):
        return None
    company = db.session.query(Participation).filter_by(event_id=event.id).first().company_id
    delegate = db.session.query(Delegate).filter_by(event_id=event.id).first()
    by_noun = {
        "companies": company,
        "wishes": company,
        "delegates": delegate.id,
        "badges": delegate.id,
        "stations": station.id,
        "staff": _first(Staff),
        "tables": _first(ForumTable),
        "rounds": _first(Round),
        "needs": _first(Need),
        "programme": _first(ProgrammeItem),
        "projects": _first(Project),
    }
    parts = rule.rule.split("/")
    noun = parts[1] if parts[1] == "staff" else parts[3] if len(parts) > 3 else ""
    values = {
        "slug": event.slug,
        "code": delegate.badge.code,
        "plan_id": plan.id,
        "number": by_noun.get(noun),
        "company": f"c{company}",
        "table": f"t{_first(ForumTable)}",
        "job_id": _first(Job),
        "delegate_id": delegate.id,
        "version": 1,
    }
    assert rule.arguments <= values.keys(), f"{rule} takes an argument that this walk does not know"
    with app.test_request_context():
        return rule.build({name: values[name] for name in rule.arguments})[1]


def _first(model) -> int | None:
    return db.session.query(model.id).order_by(model.id).limit(1).scalar()


@pytest.mark.parametrize(("width", "height", "lang"), [(360, 740, "zh"), (1440, 900, "en")])
def test_every_page_is_sound(addresses, signed_in_page, width, height, lang):
    page = signed_in_page("organiser", width, height, lang)
    assert len(addresses) > 50
    assert db.session.query(Company).count() > 40
    found = []
    for address in addresses:
        found += [f"{address}: {problem}" for problem in problems_of(page, address, f"{lang}-{width}")]
    assert not found, "\n".join(found)


def problems_of(page, address: str, label: str) -> list[str]:
    """What is wrong with one page; a picture of it stays in tests/.out, as it does of all pages where LOOK=1 is set."""
    page.complaints.clear()
    answer = page.goto(address)
    problems = [] if answer.ok else [f"answered {answer.status}"]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 1:
        problems.append(f"{wide} px wider than the window")
    if page.evaluate(WITHOUT_TOKEN):
        problems.append("holds a form that the server would refuse: it has no token")
    try:
        axe(page)
    except AssertionError as error:
        problems.append(str(error))
    problems += [f"console: {complaint}" for complaint in page.complaints]
    if problems or os.environ.get("LOOK"):
        OUT.mkdir(exist_ok=True)
        name = address.strip("/").split("?")[0].replace("/", "_")[-80:] or "start"
        page.screenshot(path=OUT / f"{label}-{name}.png", full_page=True)
    return problems
