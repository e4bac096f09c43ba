"""From wishes to a published version: nothing half done is ever seen."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from click.testing import CliRunner

import solver
from eventday.cli.planning import command
from eventday.models import AuditEntry, Event, ForumTable, Job, Plan, db, writing
from eventday.rules.errors import Invalid, Stale
from eventday.services.planning import drafts, publishing
from eventday.services.work import jobs
from eventday.worker.running import perform
from tests.builders import NOW


def solve(forum) -> Plan:
    plan, _answer = drafts.solve_event(forum.event, now=NOW, actor="tests", seconds=60)
    return plan


def do_jobs(app) -> None:
    """What a worker does, here and now."""
    waiting = [job.id for job in db.session.query(Job).filter_by(state="queued")]
    db.session.rollback()
    for number in waiting:
        perform(app, number, "tests 1")
    db.session.rollback()


def test_a_draft_is_proven_and_passes_the_checker(forum):
    plan = solve(forum)
    assert plan.state == "draft"
    assert plan.solution["status"] == "optimal"
    instance = solver.parse(plan.instance)
    assert solver.check(instance, solver.parse_solution(plan.solution, instance)).ok
    assert len(plan.assignments) == 8  # four companies, two hosts, room for all


def test_publishing_numbers_versions_and_leaves_one_live(forum):
    before = forum.event.revision
    first = publishing.publish(forum.event, solve(forum), revision=0, now=NOW, actor="tests")
    second = publishing.publish(forum.event, solve(forum), revision=0, now=NOW, actor="tests")
    assert [(first.version, first.state), (second.version, second.state)] == [(1, "superseded"), (2, "published")]
    assert forum.event.revision == before + 2
    assert db.session.query(AuditEntry).filter_by(action="plan.publish").count() == 2


def test_a_draft_that_breaks_a_rule_made_since_is_not_published(forum):
    plan = solve(forum)
    with writing():
        for table in db.session.query(ForumTable):
            table.capacity = 1
    with pytest.raises(Invalid, match="breaks a rule"):
        publishing.publish(forum.event, plan, revision=0, now=NOW, actor="tests")
    db.session.rollback()
    assert drafts.live_plan(forum.event.id) is None
    assert db.session.get(Plan, plan.id).state == "draft"


def test_a_draft_changed_since_it_was_read_is_not_published(forum):
    plan = solve(forum)
    with pytest.raises(Stale):
        publishing.publish(forum.event, plan, revision=5, now=NOW, actor="tests")


def test_rolling_back_makes_a_new_version_with_the_old_meetings(forum):
    first = publishing.publish(forum.event, solve(forum), revision=0, now=NOW, actor="tests")
    meetings = {(each.company_id, each.table_id, each.round_id) for each in first.assignments}
    publishing.publish(forum.event, solve(forum), revision=0, now=NOW, actor="tests")
    third = publishing.roll_back_to(forum.event, first, now=NOW + timedelta(minutes=1), actor="tests")
    assert third.version == 3
    assert {(each.company_id, each.table_id, each.round_id) for each in third.assignments} == meetings


def test_a_planner_solves_reads_and_publishes_in_the_browser(app, forum, planner):
    assert planner.post("/events/forum/plan/solve", data={"seconds": "60"}).status_code == 302
    do_jobs(app)
    page = planner.get("/events/forum/plan?lang=en").text
    assert "proven best" in page
    plan = db.session.query(Plan).one()
    assert "泓辰" in planner.get(f"/events/forum/plan/{plan.id}").text
    assert "Publish this draft?" in planner.get(f"/events/forum/plan/{plan.id}/publish?lang=en").text
    answer = planner.post(f"/events/forum/plan/{plan.id}/publish", data={"revision": "0"})
    assert "Version 1" in planner.get(f"{answer.headers['Location']}?lang=en").text
    certificate = planner.get(f"/events/forum/plan/{plan.id}/certificate.json").json
    instance = solver.parse(certificate["instance"])
    assert solver.check(instance, solver.parse_solution(certificate["solution"], instance)).ok
    assert certificate["verdict"]["ok"]


def test_a_search_says_what_each_goal_has_reached(app, forum, planner):
    job = jobs.enqueue(
        "solve", event_id=forum.event.id, request={"seconds": 60, "now": NOW.isoformat()}, now=NOW, actor="tests"
    )
    do_jobs(app)
    db.session.refresh(job)
    assert job.state == "done"
    assert [goal["name"] for goal in job.result["goals"]] == ["must", "fair", "interest", "gaps"]
    assert "✓ proven" in planner.get(f"/events/forum/plan/jobs/{job.id}?lang=en").text


def test_a_chinese_reader_is_told_in_chinese_why_a_wish_is_unmet(forum, planner):
    with writing():
        forum.tables[0].capacity = 1
    plan = solve(forum)
    page = planner.get(f"/events/forum/plan/{plan.id}?lang=zh").text
    assert "座位" in page
    assert "every seat" not in page.lower()
    unmet = plan.solution["unmet"][0]
    why = planner.get(f"/events/forum/plan/{plan.id}/why?company={unmet['company']}&host={unmet['host']}&lang=zh")
    assert "核工院" in why.text
    assert unmet["company"] not in re.sub(r"<[^>]+>", " ", why.text)


def test_without_tables_the_page_says_what_is_missing(forum, planner):
    with writing():
        db.session.add(Event(slug="bare", name="空", date=forum.event.date, created_at=NOW))
    assert "Add the hosts" in planner.get("/events/bare/plan?lang=en").text


def test_the_desk_may_not_open_the_plan(forum, desk):
    assert desk.get("/events/forum/plan").status_code == 403


def test_scenarios_stay_beside_the_plan_until_one_is_adopted(app, forum, planner):
    host = f"h{forum.hosts[0].id}"
    planner.post("/events/forum/plan/scenarios", data={"host": host, "capacity": "3", "rounds": "1", "name": "加桌"})
    do_jobs(app)
    scenario = db.session.query(Plan).filter_by(state="scenario").one()
    assert db.session.query(ForumTable).count() == 2
    draft = solve(forum)
    page = planner.get(f"/events/forum/plan/compare?plan={scenario.id}&plan={draft.id}&lang=en").text
    assert "加桌" in page
    planner.post(f"/events/forum/plan/{scenario.id}/adopt")
    db.session.rollback()
    assert db.session.query(ForumTable).count() == 3
    assert len(forum.event.rounds) == 3
    adopted = db.session.query(Plan).filter_by(state="draft", name="加桌").one()
    publishing.publish(forum.event, adopted, revision=0, now=NOW, actor="tests")
    assert db.session.get(Plan, draft.id).state == "draft"


def test_the_command_line_prints_one_json_object(forum, settings, app):
    db.session.commit()
    environment = {"EVENTDAY_INSTANCE": str(settings.instance), "EVENTDAY_SECRET_KEY": "for tests"}
    run = CliRunner().invoke(command, ["forum", "--publish", "--json"], env=environment)
    assert run.exit_code == 0, run.output
    told = json.loads(run.stdout)
    assert set(told) == {"version", "status", "goals", "unmet"}
    assert (told["version"], told["status"]) == (1, "optimal")
