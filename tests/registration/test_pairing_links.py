"""Where a pairing link leads, and how a paired tablet knows that it is of its own server."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eventday.models import Station
from eventday.registration.pair_page import address
from eventday.services.door.calling import digest
from eventday.services.door.pairing_links import pair_url

# The same link stands in eventday/frontend/src/registration/moving.test.ts, where the tablet reads it.
LINK = "https://hall.example:8443/station#pair=CODE.o9iEyZCZVa0KwyKsD--wFgVZrH9WnRmeixpNyxGnDwM"


def test_a_link_for_a_paired_station_proves_its_server_and_one_for_a_new_station_needs_none():
    station = Station(token_digest=digest("the tablet's token"))
    assert pair_url("https://hall.example:8443/", "CODE", station) == LINK
    assert pair_url("https://hall.example:8443", "CODE") == "https://hall.example:8443/station#pair=CODE"


@pytest.mark.parametrize(
    ("configured", "asked", "leads"),
    [
        ("http://localhost:8000", "http://192.168.1.20:8000/", "http://192.168.1.20:8000/"),
        ("https://10.0.0.5:8443", "https://10.0.0.9:8443/", "https://10.0.0.9:8443/"),
        ("http://localhost:8000", "http://localhost:8000/", "http://localhost:8000"),
        ("https://10.0.0.5:8443", "https://127.0.0.1:8443/", "https://10.0.0.5:8443"),
        ("https://forum.example", "http://10.0.0.9:8000/", "https://forum.example"),
    ],
)
def test_it_leads_to_where_the_server_is_now_unless_it_has_a_public_name(app, configured, asked, leads):
    app.config["EVENTDAY"] = replace(app.config["EVENTDAY"], base_url=configured)
    with app.test_request_context(base_url=asked):
        assert address() == leads
