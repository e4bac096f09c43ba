"""How a phone is bound to a badge, and what nobody may do without."""

import re

import pytest

from eventday.models import BindAttempt, db

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
