"""A company's wishes on its delegates' phones: rated until they are closed, answered when the plan is out."""

from datetime import UTC, datetime, timedelta

from eventday.models import Need, Wish, db
from tests.builders import NOW

from .pages import words
from .plans import publish


def test_wishes_are_rated_until_they_are_closed(bound, forum):
    phone, address = bound(0)
    hosts = [host.id for host in forum.hosts]
    need = Need(event_id=forum.event.id, host_id=hosts[1], title="智能巡检")
    db.session.add(need)
    db.session.flush()
    phone.post(
        f"{address}/wishes", data={f"interest-{hosts[0]}": 0, f"interest-{hosts[1]}": 3, f"needs-{hosts[1]}": need.id}
    )
    (wish,) = db.session.query(Wish).filter_by(company_id=forum.companies[0].id)
    assert (wish.host_id, wish.interest, [each.title for each in wish.needs]) == (hosts[1], 3, ["智能巡检"])
    forum.event.wishes_close_at = NOW
    assert "Wishes are closed" in phone.get(f"{address}/wishes").text
    assert phone.post(f"{address}/wishes", data={f"interest-{hosts[1]}": 5}).status_code == 403
    assert wish.interest == 3


def test_needs_are_counted_before_they_are_unveiled_and_named_after(bound, forum):
    phone, address = bound(0)
    db.session.add(Need(event_id=forum.event.id, host_id=forum.hosts[0].id, title="智能巡检", description="井下"))
    forum.event.needs_unveil_at = datetime.now(UTC) + timedelta(hours=1)
    before = phone.get(f"{address}/wishes").text
    assert "1 need" in before
    assert "智能巡检" not in before
    forum.event.needs_unveil_at = NOW
    assert "智能巡检" in phone.get(f"{address}/wishes").text


def test_an_unmet_wish_says_why_in_plain_words_and_one_can_wait_for_a_seat(bound, forum):
    phone, address = bound(0)
    plan = publish(forum, (0, 0, 0))
    plan.solution = {
        "unmet": [{"company": f"c{forum.companies[0].id}", "host": f"h{forum.hosts[1].id}", "reason": "full"}]
    }
    db.session.commit()
    text = words(phone.get(f"{address}/wishes"))
    assert "✓ You meet" in text
    assert "! No meeting Every seat that the company could take is taken by others." in text
    phone.post(f"{address}/standby/{forum.hosts[1].id}", data={"waiting": "yes"})
    assert "You are waiting for a seat" in words(phone.get(f"{address}/wishes"))
    phone.post(f"{address}/standby/{forum.hosts[1].id}", data={"waiting": "no"})
    assert "You are waiting for a seat" not in words(phone.get(f"{address}/wishes"))
