"""Afterwards: meetings become projects, projects move through stages with evidence, the next event takes over."""

from datetime import date

import pytest

from eventday.models import Assignment, Participation, Plan, Project, ProjectStep, Series, TableVisit, db

from .. import builders


@pytest.fixture
def project(forum):
    """A project at negotiation since the tenth of June."""
    pair = {"host_id": forum.hosts[0].id, "supplier_id": forum.companies[0].id}
    row = Project(event_id=forum.event.id, name="焊接机器人", stage="negotiating", updated_on=date(2025, 6, 10), **pair)
    db.session.add(row)
    db.session.commit()
    return row


def move(organiser, project, **data):
    steps = {f"step-{name}": value for name, value in data.items()}
    return organiser.post(f"/events/forum/projects/{project.id}/steps", data=steps)


def test_a_project_moves_with_a_date_and_evidence(organiser, project):
    answer = move(organiser, project, stage="signed", on="2025-06-20", evidence="合同 2025-017")
    assert answer.status_code == 302
    page = organiser.get(f"/events/forum/projects/{project.id}").text
    assert "合同 2025-017" in page
    row = db.session.get(Project, project.id)
    assert (row.stage, row.updated_on) == ("signed", date(2025, 6, 20))


def test_a_step_recorded_late_does_not_move_the_project_back(organiser, project):
    move(organiser, project, stage="progressing", on="2025-05-01", evidence="")
    assert db.session.get(Project, project.id).stage == "negotiating"
    assert db.session.query(ProjectStep).one().stage == "progressing"


@pytest.mark.parametrize(("field", "value"), [("on", "2999-01-01"), ("on", ""), ("stage", "lost")])
def test_a_step_that_cannot_be_is_refused(organiser, project, field, value):
    answer = move(organiser, project, **({"stage": "signed", "on": "2025-06-20"} | {field: value}))
    assert answer.status_code == 422
    assert db.session.query(ProjectStep).count() == 0


def test_an_edited_stage_leaves_a_step_too(organiser, project):
    data = {"name": project.name, "host_id": project.host_id, "supplier_id": project.supplier_id, "stage": "signed"}
    organiser.post(f"/events/forum/projects/{project.id}", data=data)
    assert db.session.query(ProjectStep).one().stage == "signed"


def test_meetings_of_the_published_plan_become_projects_once(organiser, forum, project):
    event = forum.event
    plan = Plan(event_id=event.id, state="published", version=1, created_at=builders.NOW)
    db.session.add(plan)
    db.session.flush()
    for company in forum.companies[:3]:
        seat = {"table_id": forum.tables[0].id, "round_id": forum.rounds[0].id}
        db.session.add(Assignment(plan_id=plan.id, company_id=company.id, **seat))
    db.session.add(
        TableVisit(
            event_id=event.id,
            table_id=forum.tables[0].id,
            round_id=forum.rounds[0].id,
            company_id=forum.companies[1].id,
            delegate_id=forum.delegates[1].id,
            scan_id="a scan",
        )
    )
    for _time in range(2):
        assert organiser.post("/events/forum/projects/collect").status_code == 302
    stages = {row.supplier_id: row.stage for row in db.session.query(Project)}
    assert stages == {
        forum.companies[0].id: "negotiating",  # had a project already
        forum.companies[1].id: "met",
        forum.companies[2].id: "matched",
    }


def test_the_next_event_of_the_series_takes_companies_and_open_projects_over(organiser, forum, project):
    series = Series(name="核电对接")
    db.session.add_all([series, Project(
        event_id=forum.event.id, name="已签", stage="signed", host_id=project.host_id, supplier_id=project.supplier_id
    )])  # fmt: skip
    forum.event.series = series
    new = {"name": "第二场", "slug": "second", "date": "2025-12-01", "timezone": "Asia/Shanghai"}
    organiser.post("/events/new", data=new)
    assert "没有往期活动" in organiser.get("/events/second/carry-over?lang=zh").text
    organiser.post("/events/second/settings", data=new | {"series_name": "核电对接"})
    data = {"source": str(forum.event.id), "companies": "y", "projects": "y"}
    for _time in range(2):
        assert organiser.post("/events/second/carry-over", data=data).status_code == 302
    second = db.session.query(Participation).filter(Participation.event_id != forum.event.id)
    assert {part.company_id for part in second} == {row.id for row in (*forum.hosts, *forum.companies)}
    carried = db.session.query(Project).filter(Project.event_id != forum.event.id).one()
    assert (carried.name, carried.stage, carried.origin) == ("焊接机器人", "negotiating", "宝山对接会")


def test_nothing_is_carried_over_from_an_event_of_another_series(organiser, forum):
    other = builders.small_forum("other")
    data = {"source": str(other.event.id), "companies": "y"}
    assert organiser.post("/events/forum/carry-over", data=data).status_code == 422
