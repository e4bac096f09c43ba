"""A seat that became free is offered on the phones of one company, which alone answers."""

from datetime import timedelta

import pytest
import time_machine

from eventday.models import Presence, SeatOffer, db
from eventday.services.planning import drafts, publishing
from tests.builders import NOW, signed_in

from .pages import words


@pytest.fixture
def offer(app, forum):
    """The planner offers the first company its place in the first round again, which version 2 took from it."""
    plan, _answer = drafts.solve_event(forum.event, now=NOW, actor="tests", seconds=60)
    publishing.publish(forum.event, plan, revision=0, now=NOW, actor="tests")
    draft = drafts.copy_to_draft(plan, now=NOW, actor="tests")
    mine = {"company_id": forum.companies[0].id, "round_id": forum.rounds[0].id}
    db.session.delete(next(seat for seat in draft.assignments if mine.items() <= vars(seat).items()))
    db.session.commit()
    db.session.refresh(draft)
    publishing.publish(forum.event, draft, revision=0, now=NOW, actor="tests")
    for presence in db.session.query(Presence):
        presence.state, presence.since = "arrived", NOW
    db.session.commit()
    with time_machine.travel(forum.rounds[0].start - timedelta(minutes=20), tick=False):
        signed_in(app, "planner").post("/events/forum/day/offers")
        yield db.session.query(SeatOffer).one()


def test_it_is_taken_on_the_phone_and_stands_in_the_day(bound, offer):
    phone, address = bound(0)
    shown = words(phone.get(address))
    assert "A seat is free for you" in shown
    assert "Please answer by 14:28." in shown
    before = [meeting["start"][11:16] for meeting in phone.get(f"{address}.json").json["meetings"]]
    phone.post(f"{address}/seat/{offer.id}", data={"answer": "yes"})
    assert "A seat is free for you" not in words(phone.get(address))
    after = [meeting["start"][11:16] for meeting in phone.get(f"{address}.json").json["meetings"]]
    assert (before, after) == (["15:00"], ["14:30", "15:00"])


def test_it_is_let_go_and_asked_no_more(bound, offer):
    phone, address = bound(0)
    phone.post(f"{address}/seat/{offer.id}", data={"answer": "no"})
    assert "A seat is free for you" not in words(phone.get(address))
    assert offer.state == "declined"


def test_another_company_neither_sees_nor_answers_it(bound, offer):
    phone, address = bound(1)
    assert "A seat is free for you" not in words(phone.get(address))
    assert phone.post(f"{address}/seat/{offer.id}", data={"answer": "no"}).status_code == 404
    assert offer.state == "offered"
