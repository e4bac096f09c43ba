"""My data: given out, erased on request, and erased when the organiser's day has come."""

import json
from datetime import UTC, datetime, timedelta

from eventday.models import Delegate, db
from eventday.services.phones import privacy
from tests.builders import NOW, small_forum
from tests.live import Process, command, until

from .plans import publish


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


def test_a_worker_carries_retention_out_by_itself(settings, client, forum):
    forum.event.retention_until = NOW.date()
    code = forum.codes[0]
    db.session.commit()
    worker = Process(settings, "worker")
    worker.start()
    try:
        until(lambda: client.get(f"/B/{code}").status_code == 404)
    finally:
        worker.kill()
