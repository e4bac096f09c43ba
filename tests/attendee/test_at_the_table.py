"""At the table: a host's visitors, what the host thinks of them, and what each side says the meeting came to."""

from eventday.models import MeetingNote, Need, Project, Wish, db

from .pages import words
from .plans import publish


def test_a_host_sees_who_comes_with_wishes_needs_and_past_projects(bound, forum, host):
    phone, address = bound(4)
    publish(forum, (0, 0, 0), (1, 0, 1), (2, 1, 0))
    forum.companies[0].capabilities = "精密加工"
    wish = db.session.query(Wish).filter_by(company_id=forum.companies[0].id, host_id=forum.hosts[0].id).one()
    wish.needs = [Need(event_id=forum.event.id, host_id=forum.hosts[0].id, title="智能巡检")]
    db.session.add(
        Project(
            event_id=forum.event.id,
            name="阀门联合研制",
            host_id=forum.hosts[0].id,
            supplier_id=forum.companies[0].id,
            stage="progressing",
        )
    )
    text = words(phone.get(f"{address}/visitors"))
    first, second = text.index(forum.companies[0].name), text.index(forum.companies[1].name)
    assert text.index("Round 1 · 14:30") < first < text.index("Round 2 · 15:00") < second
    assert all(part in text for part in ("精密加工", "Wish: 5 of 5 · 智能巡检", "阀门联合研制"))
    assert forum.companies[2].name not in text.partition("Who wishes to meet you")[0]
    assert f"Your needs 智能巡检 {forum.companies[0].name}" in text


def test_a_host_rates_companies_until_the_plan_is_published(bound, forum, host):
    phone, address = bound(4)
    phone.post(f"{address}/ratings", data={f"rating-{forum.companies[0].id}": 4, f"rating-{forum.companies[1].id}": 0})
    rated = {w.company_id: w.host_interest for w in db.session.query(Wish).filter_by(host_id=forum.hosts[0].id)}
    assert rated[forum.companies[0].id] == 4
    assert rated[forum.companies[1].id] is None
    publish(forum, (0, 0, 0))
    assert phone.post(f"{address}/ratings", data={f"rating-{forum.companies[0].id}": 1}).status_code == 403


def test_a_company_has_no_visitors_page_and_rates_nobody(bound, forum):
    phone, address = bound(0)
    assert phone.get(f"{address}/visitors").status_code == 404


def test_each_side_notes_the_outcome_and_neither_sees_the_others(bound, forum, host):
    (company, my_page), (soe, their_page) = bound(0), bound(4)
    publish(forum, (0, 0, 0))
    company.post(
        f"{my_page}/notes/{forum.hosts[0].id}", data={"outcome": "intent", "next_step": "send the sample by Friday"}
    )
    soe.post(f"{their_page}/notes/{forum.companies[0].id}", data={"outcome": "no", "next_step": "price too high"})
    notes = {note.side: (note.outcome, note.next_step) for note in db.session.query(MeetingNote)}
    assert notes == {"company": ("intent", "send the sample by Friday"), "host": ("no", "price too high")}
    mine, theirs = company.get(f"{my_page}/outcomes").text, soe.get(f"{their_page}/visitors").text
    assert "send the sample by Friday" in mine
    assert "price too high" not in mine
    assert "price too high" in theirs
    assert "send the sample by Friday" not in theirs


def test_a_note_needs_a_meeting_and_one_of_the_four_outcomes(bound, forum):
    phone, address = bound(0)
    publish(forum, (0, 0, 0))
    assert phone.post(f"{address}/notes/{forum.hosts[1].id}", data={"outcome": "maybe"}).status_code == 404
    assert phone.post(f"{address}/notes/{forum.hosts[0].id}", data={"outcome": "great"}).status_code == 422
