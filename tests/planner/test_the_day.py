"""The day's loop: what check-in knows becomes proposals; a planner accepts one; only those affected are told."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from eventday.models import Event, Job, Participation, Plan, Presence, Round, SeatOffer, Wish, db, writing
from eventday.rules.errors import Invalid, Stale
from eventday.services.planning import disruptions, drafts, publishing, repairs, rulings, standby
from eventday.services.planning.ids import seats_of
from eventday.services.work import job_runs
from tests.builders import NOW, add_company, add_delegate, signed_in

from .test_plan import do_jobs


@pytest.fixture
def live(forum) -> Plan:
    """Version 1 of the small forum, each company with both meetings."""
    plan, _answer = drafts.solve_event(forum.event, now=NOW, actor="tests", seconds=60)
    return publishing.publish(forum.event, plan, revision=0, now=NOW, actor="tests")


def arrive(forum, *places: int) -> None:
    """The companies at these places are here; hosts have no delegates in this forum."""
    with writing():
        for place in places:
            presence = db.session.get(Presence, forum.delegates[place].id)
            presence.state, presence.since = "arrived", NOW


def before_first_round(forum, minutes: int):
    return forum.rounds[0].start - timedelta(minutes=minutes)


def test_a_company_not_here_shortly_before_its_round_is_noticed(forum, live):
    arrive(forum, 0, 1, 2)
    early = disruptions.look(forum.event, now=before_first_round(forum, 30))
    assert early.disruptions == []
    close = disruptions.look(forum.event, now=before_first_round(forum, 9))
    assert [(each.kind, each.company) for each in close.disruptions] == [("not_here", f"c{forum.companies[3].id}")]


def test_silence_says_nothing_where_nobody_is_scanned(forum, live):
    assert disruptions.look(forum.event, now=before_first_round(forum, 5)).disruptions == []


def test_nobody_present_loses_a_meeting_because_another_is_absent(forum, live):
    arrive(forum, 0, 1, 2)
    found = repairs.propose(forum.event, now=before_first_round(forum, 9))
    before = seats_of(live)
    for proposal in found["proposals"]:
        after = [tuple(each.values()) for each in proposal["solution"]["assignments"]]
        for company in forum.companies[:3]:
            had = sum(seat.company == f"c{company.id}" for seat in before)
            assert sum(seat[0] == f"c{company.id}" for seat in after) >= had


def test_an_accepted_proposal_is_the_next_version_and_changes_only_whom_it_names(app, forum, live):
    arrive(forum, 0, 1, 2)
    with time_machine.travel(before_first_round(forum, 9), tick=False):
        planner = signed_in(app, "planner")
        planner.post("/events/forum/day/proposals")
        do_jobs(app)
        page = planner.get("/events/forum/day?lang=en").text
        assert "is not here yet" in page
        assert "Accept and publish" in page
        number = page.split("/day/proposals/")[-1].split("/")[0]
        planner.post(f"/events/forum/day/proposals/{number}/0")
    db.session.rollback()
    now_live = drafts.live_plan(forum.event.id)
    assert now_live.version == 2
    changed = {seat.company for seat in set(seats_of(live)) ^ set(seats_of(now_live))}
    assert f"c{forum.companies[3].id}" in changed
    assert all(c.absent_rounds == [] for c in db.session.query(Participation))


def test_before_anything_is_published_or_even_entered_the_page_says_what_comes_first(app, forum, planner):
    with writing():
        db.session.add(Event(slug="bare", name="空", date=forum.event.date, created_at=NOW))
    for slug in ("forum", "bare"):
        assert "Nothing is published yet" in planner.get(f"/events/{slug}/day?lang=en").text


def test_the_answer_to_a_poll_leaves_the_session_alone(planner, live):
    """Or one that comes late would take away what a form sent meanwhile has to say."""
    planner.get("/events/forum/day")
    answer = planner.get("/events/forum/day/now")
    assert (answer.status_code, answer.headers.getlist("Set-Cookie")) == (200, [])


def test_the_first_proposal_can_be_read_and_taken_while_others_are_worked_out(app, forum, live):
    arrive(forum, 0, 1, 2)
    with time_machine.travel(before_first_round(forum, 9), tick=False):
        planner = signed_in(app, "planner")
        asked = planner.post("/events/forum/day/proposals", headers={"HX-Request": "true"}).text
        awaiting = asked.split('hx-get="')[1].split('"')[0].replace("&amp;", "&")
        assert planner.get(awaiting).status_code == 204
        job = db.session.query(Job).one()
        held = job_runs.claim(job.id, worker="tests 1", now=NOW)
        found = repairs.propose(forum.event, now=before_first_round(forum, 9))
        job_runs.beat(held, now=NOW, progress=found | {"proposals": found["proposals"][:1]})
        page = planner.get(f"{awaiting}&lang=en").text
        assert "Working out what else can be done" in page
        assert page.count("Accept and publish") == 1
        planner.post(f"/events/forum/day/proposals/{job.id}/0")
    assert drafts.live_plan(forum.event.id).version == 2


def test_proposals_for_an_older_version_are_refused(app, forum, live):
    arrive(forum, 0, 1, 2)
    now = before_first_round(forum, 9)
    with time_machine.travel(now, tick=False):
        planner = signed_in(app, "planner")
        planner.post("/events/forum/day/proposals")
        do_jobs(app)
        copy = drafts.copy_to_draft(live, now=now, actor="tests")
        publishing.publish(forum.event, copy, revision=0, now=now, actor="tests")
        answer = planner.post("/events/forum/day/proposals/1/0")
    assert answer.status_code == 409
    assert drafts.live_plan(forum.event.id).version == 2


def test_a_host_who_leaves_costs_its_meetings_and_it_is_said(forum, live):
    arrive(forum, 0, 1, 2, 3)
    now = before_first_round(forum, 20)
    rulings.set_withdrawn(forum.event, f"h{forum.hosts[0].id}", True, now=now, actor="tests")
    look = disruptions.look(forum.event, now=now)
    assert {each.kind for each in look.disruptions} == {"host_gone"}
    first = repairs.propose(forum.event, now=now)["proposals"][0]
    assert first["gone"] == 4
    assert len(first["companies"]) == 4


def test_a_host_who_comes_later_costs_the_rounds_before_and_who_is_here_is_not_late(forum, live):
    arrive(forum, 0, 1, 2, 3)
    now, host = before_first_round(forum, 20), f"h{forum.hosts[0].id}"
    rulings.set_late(forum.event, host, forum.rounds[0].end, now=now, actor="tests")
    look = disruptions.look(forum.event, now=now)
    assert [(each.kind, each.rounds) for each in look.disruptions] == [("host_late", (f"r{forum.rounds[0].id}",))]
    first = repairs.propose(forum.event, now=now)["proposals"][0]
    assert {new[2] for _company, who, _old, new in first["changes"] if who == host and new} <= {
        f"r{forum.rounds[1].id}"
    }
    with pytest.raises(Invalid, match="here already"):
        rulings.set_late(forum.event, f"c{forum.companies[0].id}", forum.rounds[0].end, now=now, actor="tests")


def test_a_walk_in_with_a_wish_is_offered_a_place(forum, live):
    with writing():
        newcomer = add_company("上海新来有限公司", short_name="新来")
        db.session.add(Participation(event_id=forum.event.id, company_id=newcomer.id, walk_in=True))
        db.session.add(Wish(event_id=forum.event.id, company_id=newcomer.id, host_id=forum.hosts[1].id, interest=5))
        person = add_delegate(forum.event, newcomer, "新人")
        db.session.get(Presence, person.id).state = "arrived"
        forum.tables[1].capacity = 3
    arrive(forum, 0, 1, 2, 3)
    now = before_first_round(forum, 15)
    assert [each.kind for each in disruptions.look(forum.event, now=now).disruptions] == ["walk_in"]
    first = repairs.propose(forum.event, now=now)["proposals"][0]
    assert (first["new"], first["moved"], first["gone"]) == (1, 0, 0)
    standby.offer_seats(forum.event, now=now, actor="tests")
    offer = db.session.query(SeatOffer).filter_by(company_id=newcomer.id).one()
    rulings.set_withdrawn(forum.event, f"c{forum.companies[0].id}", True, now=now, actor="tests")
    standby.answer(forum.event, offer.id, True, now=now, actor="tests")
    sits = {seat.company for seat in seats_of(drafts.live_plan(forum.event.id))}
    assert sits == {f"c{each.id}" for each in (*forum.companies[1:], newcomer)}


def test_a_seat_given_up_by_a_late_company_is_restored_when_it_arrives_in_time(app, forum, live):
    arrive(forum, 0, 1, 2)
    now = before_first_round(forum, 9)
    before = seats_of(live)
    first = repairs.propose(forum.event, now=now)["proposals"][0]
    look = disruptions.look(forum.event, now=now)
    answer = first["solution"]
    draft = drafts.add_draft(forum.event.id, look.document, answer, now=now, actor="t", based_on_id=live.id)
    publishing.publish(forum.event, draft, revision=None, now=now, actor="t", document=look.document)
    company = f"c{forum.companies[3].id}"
    assert sum(seat.company == company for seat in seats_of(draft)) == 1
    arrive(forum, 3)
    look = disruptions.look(forum.event, now=now + timedelta(minutes=2))
    assert [(each.kind, each.company) for each in look.disruptions] == [("returned", company)]
    again = repairs.propose(forum.event, now=now + timedelta(minutes=2))["proposals"][0]
    after = {tuple(each.values()) for each in again["solution"]["assignments"]}
    assert {tuple(seat) for seat in before} == after


def test_rounds_that_have_begun_are_history(forum, live):
    arrive(forum, 0, 1)
    now = forum.rounds[0].start + timedelta(minutes=22)
    look = disruptions.look(forum.event, now=now)
    assert look.document["now"] == f"r{forum.rounds[1].id}"
    for proposal in repairs.propose(forum.event, now=now)["proposals"]:
        past = {
            tuple(e.values()) for e in proposal["solution"]["assignments"] if e["round"] == f"r{forum.rounds[0].id}"
        }
        assert past == {tuple(seat) for seat in seats_of(live) if seat.round == f"r{forum.rounds[0].id}"}


def test_an_overrun_shifts_the_rest_of_the_day(app, forum, live):
    arrive(forum, 0, 1, 2)
    start = forum.rounds[1].start
    now = forum.rounds[0].start + timedelta(minutes=20)
    assert rulings.shift_rounds(forum.event, 10, now=now, actor="tests") == 1
    db.session.rollback()
    assert db.session.get(Round, forum.rounds[1].id).start == start + timedelta(minutes=10)
    with time_machine.travel(now, tick=False):
        told = signed_in(app, "planner").get("/events/forum/day?lang=en").text
    assert "15:10–15:35" in told
    assert "15:00" not in told


def test_a_free_seat_is_offered_by_claim_and_accepting_it_publishes(forum, live):
    arrive(forum, 0, 1, 2, 3)
    now = before_first_round(forum, 20)
    draft = drafts.copy_to_draft(live, now=now, actor="t")
    with writing():
        gone = [row for row in draft.assignments if row.company_id == forum.companies[0].id]
        first_round = next(row for row in gone if row.round_id == forum.rounds[0].id)
        db.session.delete(first_round)
    db.session.refresh(draft)
    publishing.publish(forum.event, draft, revision=0, now=now, actor="t")
    assert standby.offer_seats(forum.event, now=now, actor="tests") == 1
    offer = db.session.query(SeatOffer).one()
    assert offer.company_id == forum.companies[0].id
    standby.answer(forum.event, offer.id, True, now=now + timedelta(minutes=1), actor="tests")
    assert drafts.live_plan(forum.event.id).version == 3
    assert len(seats_of(drafts.live_plan(forum.event.id))) == 8
    with pytest.raises(Stale):
        standby.answer(forum.event, offer.id, True, now=now + timedelta(minutes=2), actor="tests")


def test_who_asked_to_wait_is_offered_a_seat_before_who_merely_wished(app, forum, live):
    arrive(forum, 0, 1, 2, 3)
    now = before_first_round(forum, 20)
    draft = drafts.copy_to_draft(live, now=now, actor="t")
    first = forum.rounds[0].id
    with writing():
        table = forum.tables[0]
        given_up = [row for row in draft.assignments if (row.round_id, row.table_id) == (first, table.id)]
        for row in given_up:
            db.session.delete(row)
        # The dearer wish is the other's: without the wait it would come first.
        patient = max(row.company_id for row in given_up)
        wish = db.session.query(Wish).filter_by(company_id=patient, host_id=table.host_id).one()
        wish.standby_at = now
    db.session.refresh(draft)
    publishing.publish(forum.event, draft, revision=0, now=now, actor="t")
    with time_machine.travel(now, tick=False):
        assert "waits for" in signed_in(app, "planner").get("/events/forum/day?lang=en").text
    assert standby.offer_seats(forum.event, now=now, actor="tests") == 2
    assert db.session.query(SeatOffer).order_by(SeatOffer.id).first().company_id == patient
