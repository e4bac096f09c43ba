"""Contact details go from phone to phone when both have agreed, and leave a receipt."""

import json
import re

import vobject

from tests.builders import small_forum

from .pages import words


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


def test_nobody_is_offered_anything_without_their_badge(bound, forum):
    (mine, my_page), (theirs, their_page) = bound(0), bound(1)
    answer = mine.post(f"{my_page}/answer/{forum.delegates[1].id}", data={"answer": "yes"})
    assert answer.status_code == 404
    assert "would like to exchange" not in theirs.get(their_page).text
