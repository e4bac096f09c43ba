"""What a phone may do once it is bound to a badge, and what nobody may do without."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
import vobject

from eventday.models import BindAttempt, Delegate, MeetingNote, Need, Presence, Project, Scan, Wish, db
from eventday.rules.rotating_code import code_at
from eventday.services.phones import privacy
from tests.builders import NOW, add_delegate, small_forum
from tests.live import command

from .plans import publish


@pytest.fixture
def bound(app, forum):
    """`bound(0)`: a browser bound to the forum's first delegate, and the address of that delegate's page."""

    def bind(number):
        phone = app.test_client()
        address = f"/B/{forum.codes[number]}"
        answer = phone.post(f"{address}/bind?lang=en", data={"digits": forum.delegates[number].phone[-4:]})
        assert answer.status_code == 302
        return phone, address

    return bind


@pytest.fixture
def host(forum):
    """A delegate of the first host, with a phone number."""
    person = add_delegate(forum.event, forum.hosts[0], "李建", role="host", phone="+8613800000200")
    forum.delegates.append(person)
    return person


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


PAGES = ("wishes", "outcomes", "contacts", "contacts.vcf", "privacy", "my-data.json", "visitors")


@pytest.mark.parametrize("page", PAGES)
def test_a_badge_alone_opens_nothing_that_writes_or_lists(client, forum, page):
    answer = client.get(f"/B/{forum.codes[0]}/{page}")
    assert answer.status_code == 302
    assert "/bind" in answer.headers["Location"]


@pytest.mark.parametrize("page", PAGES)
def test_a_phone_bound_to_one_badge_opens_nothing_of_another(bound, forum, page):
    phone, _ = bound(0)
    assert "/bind" in phone.get(f"/B/{forum.codes[1]}/{page}").headers["Location"]


def test_wrong_digits_are_refused_and_after_five_even_right_ones(client, forum):
    address = f"/B/{forum.codes[0]}/bind?lang=en"
    for _ in range(5):
        assert "do not match" in client.post(address, data={"digits": "9999"}).text
    answer = client.post(address, data={"digits": "0100"})
    assert answer.status_code == 422
    assert "ask the desk" in answer.text
    assert db.session.query(BindAttempt).count() == 5


def test_somebody_without_a_number_is_not_bound_by_an_empty_answer_but_by_the_desks_code(client, desk, forum):
    forum.delegates[0].phone = ""
    address = f"/B/{forum.codes[0]}"
    assert client.post(f"{address}/bind", data={"digits": ""}).status_code == 422
    button = re.search(r'formaction="([^"]+)"', desk.get(f"/events/forum/badges?q={forum.delegates[0].name}").text)[1]
    page = desk.post(button).text
    code = re.search(r"(\d{3}) (\d{3})", page).expand(r"\1\2")
    assert client.post(f"{address}/bind", data={"digits": code}).status_code == 302
    assert client.get(f"{address}/contacts").status_code == 200
    assert client.post(f"{address}/bind", data={"digits": code}).status_code == 422


def test_a_phone_that_is_given_away_writes_no_more(bound):
    phone, address = bound(0)
    assert phone.get(f"{address}/contacts").status_code == 200
    phone.post(f"{address}/unbind")
    assert phone.get(f"{address}/contacts").status_code == 302


# ---- wishes ----


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


# ---- meeting people ----


def test_contact_details_are_exchanged_when_both_have_agreed_and_not_before(bound, forum):
    (mine, my_page), (theirs, their_page), (others, other_page) = bound(0), bound(1), bound(2)
    forum.delegates[1].email = "zeng@example.com"
    mine.post(f"{their_page}/offer")
    offered = mine.get(their_page).text
    assert "You have offered" in offered
    assert f'href="{my_page}"' in offered  # the way back from somebody else's page
    for phone, page in ((mine, my_page), (theirs, their_page)):
        assert "Nobody yet" in phone.get(f"{page}/contacts").text
    asked = theirs.get(their_page).text
    assert f"<strong>{forum.delegates[0].name}</strong>" in asked
    assert "would like to exchange" in asked
    theirs.post(f"{their_page}/answer/{forum.delegates[0].id}", data={"answer": "yes"})
    card = vobject.readOne(mine.get(f"{my_page}/contacts.vcf").text)
    assert (card.fn.value, card.email.value) == (forum.delegates[1].name, "zeng@example.com")
    assert card.org.value == [forum.companies[1].name]
    assert forum.delegates[0].name in theirs.get(f"{their_page}/contacts").text
    assert "Nobody yet" in others.get(f"{other_page}/contacts").text
    mine.post(f"{their_page}/offer", data={"do": "withdraw"})
    assert "Nobody yet" in theirs.get(f"{their_page}/contacts").text


def test_details_taken_back_leave_a_receipt_of_who_had_them(bound, forum):
    (mine, my_page), (theirs, their_page) = bound(0), bound(1)
    mine.post(f"{their_page}/offer")
    assert "received your details" not in mine.get(f"{my_page}/privacy").text
    theirs.post(f"{their_page}/answer/{forum.delegates[0].id}", data={"answer": "yes"})
    mine.post(f"{their_page}/offer", data={"do": "withdraw"})
    text = words(mine.get(f"{my_page}/privacy"))
    assert "1 person has received your details" in text
    assert re.search(f"{forum.delegates[1].name} · {forum.companies[1].name} .* taken back", text)
    (receipt,) = json.loads(mine.get(f"{my_page}/my-data.json").text)["contact_details_received_by"]
    assert receipt["name"] == forum.delegates[1].name
    assert receipt["withdrawn_at"]


def test_whoever_declines_is_asked_no_more_and_the_other_is_not_told(bound, forum):
    (mine, _), (theirs, their_page) = bound(0), bound(1)
    mine.post(f"{their_page}/offer")
    theirs.post(f"{their_page}/answer/{forum.delegates[0].id}", data={"answer": "no"})
    assert "would like to exchange" not in theirs.get(their_page).text
    assert "You have offered" in mine.get(their_page).text


def test_a_stranger_or_somebody_of_another_event_can_offer_nothing(app, client, bound, forum):
    other = small_forum("other")
    phone, _ = bound(0)
    assert client.post(f"/B/{forum.codes[1]}/offer").status_code == 403
    assert phone.post(f"/B/{other.codes[0]}/offer").status_code == 403


# ---- hosts ----


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


# ---- checking oneself in ----


def test_a_bound_phone_checks_itself_in_by_the_code_on_the_screen(app, bound, forum):
    phone, address = bound(0)
    forum.event.screen_key = "the key of this screen"
    with time_machine.travel(NOW, tick=False):
        forum.event.scene = "arrivals"
        code = code_at(app.config["EVENTDAY"].secret_key, forum.event.id, NOW)
        answer = phone.get(f"/HERE/{forum.event.id}/{code}")
        assert answer.headers["Location"] == address
        assert "You are checked in." in phone.get(address).text
        phone.get(f"/here/{forum.event.id}/{code.lower()}")
        assert "You were checked in already." in phone.get(address).text
    assert db.session.get(Presence, forum.delegates[0].id).state == "arrived"
    assert [scan.outcome for scan in db.session.query(Scan).order_by(Scan.number)] == ["accepted", "already"]


def test_a_photo_of_the_code_is_of_no_use_later_or_elsewhere(app, bound, forum):
    phone, _ = bound(0)
    other = small_forum("other")
    secret = app.config["EVENTDAY"].secret_key
    with time_machine.travel(NOW, tick=False):
        for event, at in ((forum.event, NOW - timedelta(minutes=2)), (other.event, NOW)):
            answer = phone.get(f"/HERE/{forum.event.id}/{code_at(secret, event.id, at)}")
            assert answer.status_code == 403
            assert "changes every minute" in answer.text
    assert db.session.query(Scan).count() == 0


def test_a_phone_of_nobodys_is_told_how_to_check_in(app, client, forum):
    with time_machine.travel(NOW, tick=False):
        code = code_at(app.config["EVENTDAY"].secret_key, forum.event.id, NOW)
        assert "whose phone this is" in client.get(f"/HERE/{forum.event.id}/{code}?lang=en").text
    assert db.session.query(Scan).count() == 0


# ---- privacy ----


def test_i_am_given_all_my_data(bound, forum):
    phone, address = bound(0)
    publish(forum, (0, 0, 0))
    phone.post(f"{address}/notes/{forum.hosts[0].id}", data={"outcome": "maybe", "next_step": "call"})
    told = json.loads(phone.get(f"{address}/my-data.json").text)
    assert told["person"]["name"] == forum.delegates[0].name
    assert told["person"]["phone"] == forum.delegates[0].phone
    assert told["notes"][0]["next_step"] == "call"
    assert told["phones"][0]["how"] == "digits"


def test_erased_means_gone_from_every_page(bound, client, forum):
    (phone, address), (other, other_page) = bound(0), bound(1)
    name = forum.delegates[0].name
    other.post(f"{address}/offer")
    phone.post(f"{address}/answer/{forum.delegates[1].id}", data={"answer": "yes"})
    assert name in other.get(f"{other_page}/contacts").text
    assert phone.post(f"{address}/erase").status_code == 302
    erased = phone.post(f"{address}/erase", data={"sure": "yes"}).text
    assert "You are erased" in erased
    assert f"{forum.delegates[1].name} · {forum.companies[1].name}" in erased  # who has the details outside
    assert client.get(address).status_code == 404
    assert phone.get(f"{address}/contacts").status_code == 404
    theirs = other.get(f"{other_page}/contacts").text
    assert "Nobody yet" in theirs
    assert f"The data of somebody of {forum.companies[0].name}" in theirs
    assert name not in theirs
    person = db.session.get(Delegate, forum.delegates[0].id)
    assert (person.name, person.phone, person.email) == ("", "", "")


def test_personal_data_ends_on_the_day_that_the_organiser_set_and_not_before(client, forum):
    other = small_forum("other")
    forum.event.retention_until = NOW.date()
    last_moment = datetime(2025, 6, 18, 15, 59, tzinfo=UTC)  # 23:59 in Shanghai
    assert privacy.end_retention(now=last_moment) == 0
    assert client.get(f"/B/{forum.codes[0]}").status_code == 200
    codes = forum.codes
    assert privacy.end_retention(now=last_moment + timedelta(minutes=1)) == 4
    assert [client.get(f"/B/{code}").status_code for code in codes] == [404] * 4
    assert client.get(f"/B/{other.codes[0]}").status_code == 200
    assert privacy.end_retention(now=last_moment + timedelta(days=1)) == 0


def test_retention_is_carried_out_by_command(app, settings, client, forum):
    forum.event.retention_until = NOW.date()
    code = forum.codes[0]
    db.session.commit()
    assert command(settings, "retention").stdout == "erased 4 people\n"
    assert client.get(f"/B/{code}").status_code == 404
