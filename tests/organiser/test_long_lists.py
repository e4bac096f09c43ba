"""Long lists come a page at a time, and cost as many queries for three rows as for one."""

import pytest
from sqlalchemy import event as sqlalchemy_event

from eventday.models import Need, Participation, ProgrammeItem, Project, Wish, db
from eventday.services import audit

from .. import builders

LISTS = (
    "/companies", "/delegates", "/delegates?q=zdm", "/needs", "/tables", "/rounds", "/programme", "/wishes",
    "/promises", "/projects", "/trail", "",
)  # fmt: skip


def queries(client, address):
    counted = []

    def count(_connection, _cursor, statement, *_more):
        if not statement.startswith(("BEGIN", "PRAGMA")):
            counted.append(statement)

    sqlalchemy_event.listen(db.engine, "before_cursor_execute", count)
    try:
        assert client.get(f"/events/forum{address}").status_code == 200
    finally:
        sqlalchemy_event.remove(db.engine, "before_cursor_execute", count)
    return len(counted)


def furnish(forum, number):
    """One more of everything, each with parents of its own."""
    event = forum.event
    host = builders.add_company(f"主机厂{number}", kind="soe")
    company = builders.add_company(f"供应商{number}")
    db.session.add_all([Participation(event_id=event.id, company_id=one.id) for one in (host, company)])
    person = builders.add_delegate(event, company, f"曾东梅{number}")
    need = Need(event_id=event.id, host_id=host.id, title=f"需求{number}")
    wish = Wish(event_id=event.id, company_id=company.id, host_id=host.id, interest=3, needs=[need])
    start = forum.rounds[0].start
    db.session.add_all(
        [
            need,
            wish,
            ProgrammeItem(event_id=event.id, kind="speech", title=f"致辞{number}", start=start),
            Project(event_id=event.id, name=f"项目{number}", host_id=host.id, supplier_id=company.id, stage="met"),
        ]
    )
    audit.record(at=builders.NOW, actor="staff 1", action="need.add", event_id=event.id, target=f"delegate {person.id}")
    db.session.commit()


@pytest.mark.parametrize("address", LISTS)
def test_three_rows_cost_as_many_queries_as_one(organiser, forum, address):
    furnish(forum, 1)
    organiser.get(f"/events/forum{address}")
    first = queries(organiser, address)
    furnish(forum, 2)
    furnish(forum, 3)
    assert queries(organiser, address) == first


def test_a_long_list_comes_in_pages_that_keep_the_search(organiser, forum):
    for number in range(120):
        builders.add_delegate(forum.event, forum.companies[0], f"王{number:03}")
    first = organiser.get("/events/forum/delegates?q=wang&lang=en").text
    assert "Page 1 of 3" in first
    assert first.count('class="row-link"') == 50
    assert "q=wang" in first
    last = organiser.get("/events/forum/delegates?q=wang&page=3&lang=en").text
    assert last.count('class="row-link"') == 20
    assert organiser.get("/events/forum/delegates?page=99999&lang=en").status_code == 200
    assert organiser.get("/events/forum/delegates?page=no").status_code == 200
