"""Rounds, tables, needs, programme, wishes, promises and projects: edited by hand, refused with a reason."""

from datetime import UTC, datetime

import pytest

from eventday.models import (
    Apart,
    Assignment,
    ForumTable,
    HostLimit,
    Need,
    PairRule,
    Participation,
    Plan,
    ProgrammeItem,
    Project,
    Round,
    Wish,
    db,
)

from .. import builders


def publish(forum):
    plan = Plan(event_id=forum.event.id, state="published", version=1, created_at=builders.NOW)
    db.session.add(plan)
    db.session.flush()
    seat = {"company_id": forum.companies[0].id, "table_id": forum.tables[0].id, "round_id": forum.rounds[0].id}
    db.session.add(Assignment(plan_id=plan.id, **seat))
    return plan


def test_a_round_is_entered_in_the_time_of_the_event(organiser, forum):
    data = {"name": "第三轮", "start": "15：30", "end": "15:55"}
    before = forum.event.revision
    assert organiser.post("/events/forum/rounds/new", data=data).status_code == 302
    row = db.session.query(Round).filter_by(name="第三轮").one()
    assert row.start == datetime(2025, 6, 18, 7, 30, tzinfo=UTC)
    assert db.session.get(type(forum.event), forum.event.id).revision > before


def test_one_more_round_is_proposed_after_the_last(organiser, forum):
    page = organiser.get("/events/forum/rounds/new").text
    assert 'value="15:30"' in page
    assert 'value="15:55"' in page
    assert "第三轮" in page


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"start": "14:40", "end": "15:10"}, "start"),
        ({"end": "15:20"}, "end"),
        ({"name": "第一轮"}, "name"),
        ({"start": ""}, "start"),
        ({"start": "half past two"}, "start"),
    ],
)
def test_a_round_that_cannot_be_is_refused(organiser, forum, change, field):
    data = {"name": "第三轮", "start": "15:30", "end": "15:55"} | change
    answer = organiser.post("/events/forum/rounds/new", data=data)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert db.session.query(Round).count() == 2


def test_the_programme_shows_rounds_and_follows_when_they_move(organiser, forum):
    organiser.post("/events/forum/programme/rounds")
    organiser.post("/events/forum/programme/rounds")
    assert db.session.query(ProgrammeItem).count() == 2
    first = forum.rounds[0]
    organiser.post(f"/events/forum/rounds/{first.id}", data={"name": first.name, "start": "14:20", "end": "14:50"})
    line = db.session.query(ProgrammeItem).filter_by(round_id=first.id).one()
    assert line.start == datetime(2025, 6, 18, 6, 20, tzinfo=UTC)


@pytest.mark.parametrize("noun", ["rounds", "tables"])
def test_what_the_published_plan_uses_is_not_deleted(organiser, forum, noun):
    publish(forum)
    row = getattr(forum, noun)[0]
    for answer in (
        organiser.get(f"/events/forum/{noun}/{row.id}/delete?lang=en"),
        organiser.post(f"/events/forum/{noun}/{row.id}/delete?lang=en"),
    ):
        assert "It sits in a plan." in answer.text
    assert db.session.get(type(row), row.id) is not None


@pytest.mark.parametrize("noun", ["rounds", "tables"])
def test_what_nothing_stands_on_is_deleted_after_asking(organiser, forum, noun):
    publish(forum).state = "discarded"
    forum.tables[0].closed_rounds = [forum.rounds[0]]
    row = getattr(forum, noun)[0]
    kind, number = type(row), row.id
    assert organiser.get(f"/events/forum/{noun}/{number}/delete").status_code == 200
    assert db.session.get(kind, number) is not None
    assert organiser.post(f"/events/forum/{noun}/{number}/delete").status_code == 302
    assert db.session.get(kind, number) is None


def test_a_table_takes_its_host_limit_and_closed_rounds(organiser, forum):
    table = forum.tables[0]
    data = {
        "label": "T1", "host_id": str(table.host_id), "capacity": "6", "minimum": "2", "host_limit": "12",
        "closed": [str(forum.rounds[1].id)], "video_url": "https://meet.example.com/1", "video_state": "ready",
    }  # fmt: skip
    assert organiser.post(f"/events/forum/tables/{table.id}", data=data).status_code == 302
    saved = db.session.get(ForumTable, table.id)
    assert (saved.capacity, saved.minimum, [each.id for each in saved.closed_rounds]) == (6, 2, [forum.rounds[1].id])
    assert db.session.query(HostLimit).one().max_meetings == 12
    organiser.post(f"/events/forum/tables/{table.id}", data=data | {"host_limit": ""})
    assert db.session.query(HostLimit).count() == 0


def test_a_host_may_have_several_tables_and_whoever_hosts_takes_part(organiser, forum):
    for label in ("T3", "T4"):
        data = {"label": label, "host_id": str(forum.companies[0].id), "capacity": "4", "video_state": "unknown"}
        assert organiser.post("/events/forum/tables/new", data=data).status_code == 302
    assert db.session.query(ForumTable).filter_by(host_id=forum.companies[0].id).count() == 2
    assert db.session.query(Participation).filter_by(company_id=forum.companies[0].id).count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("label", "T2"), ("capacity", "-1"), ("capacity", ""), ("minimum", "9"), ("video_url", "meet"), ("host_id", "")],
)
def test_a_table_that_cannot_be_is_refused(organiser, forum, field, value):
    data = {"label": "T9", "host_id": str(forum.hosts[0].id), "capacity": "4", "video_state": "unknown", field: value}
    answer = organiser.post("/events/forum/tables/new", data=data)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text


def test_deleting_a_need_leaves_the_wish_for_its_host(organiser, forum):
    data = {"host_id": str(forum.hosts[0].id), "title": "阀门国产化", "number": "1-1"}
    organiser.post("/events/forum/needs/new", data=data)
    need = db.session.query(Need).one()
    assert organiser.post("/events/forum/needs/new", data=data).status_code == 422  # the same title again
    wish = db.session.query(Wish).filter_by(host_id=forum.hosts[0].id).first()
    wish.needs = [need]
    number = wish.id
    assert organiser.post(f"/events/forum/needs/{need.id}/delete").status_code == 302
    assert db.session.get(Wish, number).needs == []


def test_wishes_are_set_host_by_host(organiser, forum):
    company, (first, second) = forum.companies[0], forum.hosts
    data = {f"interest-{first.id}": "3", f"host-interest-{first.id}": "4", f"note-{first.id}": "焊接"}
    assert organiser.post(f"/events/forum/wishes/{company.id}", data=data).status_code == 302
    wish = db.session.query(Wish).filter_by(company_id=company.id).one()
    assert (wish.host_id, wish.interest, wish.host_interest, wish.note) == (first.id, 3, 4, "焊接")
    organiser.post(f"/events/forum/wishes/{company.id}", data={f"interest-{second.id}": "5"})
    assert db.session.query(Wish).filter_by(company_id=company.id).one().host_id == second.id


@pytest.mark.parametrize("typed", ["6", "much", "-1", "²"])
def test_a_wish_out_of_range_is_refused_and_what_was_typed_stays(organiser, forum, typed):
    company, host = forum.companies[0], forum.hosts[0]
    answer = organiser.post(
        f"/events/forum/wishes/{company.id}", data={f"interest-{host.id}": typed, f"note-{host.id}": "焊接"}
    )
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.text
    assert "焊接" in answer.text
    assert db.session.query(Wish).filter_by(company_id=company.id).count() == 2


def test_a_pair_has_one_rule_and_the_last_word_counts(organiser, forum):
    pair = {"company_id": str(forum.companies[0].id), "host_id": str(forum.hosts[0].id), "add_rule": "1"}
    for rule in ("must", "never"):
        assert organiser.post("/events/forum/promises", data=pair | {"rule": rule}).status_code == 302
    row = db.session.query(PairRule).one()
    assert row.rule == "never"
    organiser.post(f"/events/forum/promises/{row.id}/remove")
    assert db.session.query(PairRule).count() == 0


def test_two_companies_are_kept_apart_once_whichever_comes_first(organiser, forum):
    one, two = (str(company.id) for company in forum.companies[:2])
    data = {"first_id": two, "second_id": one, "add_apart": "1"}
    assert organiser.post("/events/forum/promises", data=data).status_code == 302
    again = organiser.post("/events/forum/promises", data=data | {"first_id": one, "second_id": two})
    assert again.status_code == 422
    same = organiser.post("/events/forum/promises", data=data | {"first_id": one, "second_id": one})
    assert same.status_code == 422
    assert db.session.query(Apart).count() == 1


def test_totals_of_projects_open_to_the_rows_behind_them(organiser, forum):
    host = forum.hosts[0].id
    for name, supplier, stage in (("甲", 0, "negotiating"), ("乙", 0, "progressing"), ("丙", 1, "negotiating")):
        data = {"name": name, "host_id": host, "supplier_id": forum.companies[supplier].id, "stage": stage}
        assert organiser.post("/events/forum/projects/new", data=data).status_code == 302
    page = organiser.get("/events/forum/projects?lang=en").text
    assert "3 projects of 2 enterprises with 1 hosts" in page
    rows = organiser.get("/events/forum/projects?stage=negotiating&lang=en").text
    assert rows.count('class="row-link"') == 2
    assert "乙" not in rows
    number = db.session.query(Project).filter_by(name="乙").one().id
    assert organiser.post(f"/events/forum/projects/{number}/delete").status_code == 302
