"""Phones that are bound to badges, for the tests of what they may do."""

from __future__ import annotations

import pytest

from tests.builders import add_delegate


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
    """A delegate of the first host, with a phone number; the last of `forum.delegates`."""
    person = add_delegate(forum.event, forum.hosts[0], "李建", role="host", phone="+8613800000200")
    forum.delegates.append(person)
    return person


@pytest.fixture
def page(client, forum):
    """`page(0)`: the page of the forum's first delegate, in English."""
    return lambda delegate, lang="en": client.get(f"/B/{forum.codes[delegate]}?lang={lang}").text
