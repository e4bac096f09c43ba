"""Every page of the organisers opens, in both languages, for those who may, and for nobody else."""

import pytest

from eventday.models import Need, ProgrammeItem, Project, db

EVENT_PAGES = (
    "", "/settings", "/trail", "/companies", "/companies/new", "/delegates", "/delegates/new", "/programme",
    "/programme/new", "/rounds", "/rounds/new", "/tables", "/tables/new", "/needs", "/needs/new", "/wishes",
    "/promises", "/projects", "/projects/new",
)  # fmt: skip
HOUSE_PAGES = ("/events", "/events/new", "/staff", "/staff/new", "/account")


@pytest.fixture
def furnished(forum):
    """The small forum with one of everything."""
    number = forum.event.id
    host, company = forum.hosts[0], forum.companies[0]
    db.session.add_all(
        [
            Need(event_id=number, host_id=host.id, title="阀门国产化"),
            ProgrammeItem(event_id=number, kind="speech", title="致辞", start=forum.rounds[0].start),
            Project(event_id=number, name="焊接机器人", host_id=host.id, supplier_id=company.id, stage="negotiating"),
        ]
    )
    db.session.commit()
    return forum


def pages_of_rows(forum):
    """The pages of one row of each kind."""
    row = {kind: db.session.query(kind).first().id for kind in (Need, ProgrammeItem, Project)}
    company, host = forum.companies[0].id, forum.hosts[0].id
    return (
        f"/companies/{company}", f"/companies/{company}/merge", f"/companies/{company}/take-off",
        f"/delegates/{forum.delegates[0].id}", f"/delegates/{forum.delegates[0].id}/remove",
        f"/rounds/{forum.rounds[0].id}", f"/rounds/{forum.rounds[0].id}/delete",
        f"/tables/{forum.tables[0].id}", f"/tables/{forum.tables[0].id}/delete",
        f"/needs/{row[Need]}", f"/needs/{row[Need]}/delete",
        f"/programme/{row[ProgrammeItem]}", f"/programme/{row[ProgrammeItem]}/delete",
        f"/projects/{row[Project]}", f"/projects/{row[Project]}/delete",
        f"/wishes/{company}", f"/wishes?host={host}", "/wishes?q=hc", "/delegates?q=zdm", "/companies?kind=soe",
    )  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_opens(organiser, furnished, lang):
    for page in (*EVENT_PAGES, *pages_of_rows(furnished)):
        answer = organiser.get(f"/events/forum{page}{'&' if '?' in page else '?'}lang={lang}")
        assert answer.status_code == 200, page
        assert "<h1>" in answer.text, page
    for page in HOUSE_PAGES:
        assert organiser.get(f"{page}?lang={lang}").status_code == 200, page


def test_the_desk_edits_nothing(desk, furnished):
    allowed = {"", "/programme"}
    for page in (*EVENT_PAGES, *pages_of_rows(furnished)):
        assert desk.get(f"/events/forum{page}").status_code == (200 if page in allowed else 403), page
    assert desk.get("/staff").status_code == 403
    assert desk.get("/events/new").status_code == 403


def test_a_stranger_is_led_to_the_sign_in_from_every_page(client, furnished):
    for page in (*EVENT_PAGES, *pages_of_rows(furnished)):
        answer = client.get(f"/events/forum{page}")
        assert answer.status_code == 302, page
        assert answer.headers["Location"].startswith("/sign-in"), page


def test_every_page_of_an_event_without_anything_says_how_to_begin(organiser, forum):
    organiser.post(
        "/events/new", data={"name": "空", "slug": "empty", "date": "2026-06-18", "timezone": "Asia/Shanghai"}
    )
    for page in EVENT_PAGES:
        assert organiser.get(f"/events/empty{page}").status_code == 200, page
