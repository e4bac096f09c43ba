"""What changed is marked, old and new, on the phones that it concerns, until their owners have read it."""

import re
from datetime import timedelta

import time_machine

from tests.builders import NOW, add_delegate, signed_in

from .pages import words
from .plans import publish


def acknowledge(client, forum):
    """Press the button of the first delegate's page, as it stands there."""
    address = f"/B/{forum.codes[0]}"
    note = re.search(r'name="version" value="([^"]+)"', client.get(f"{address}?lang=en").text)[1]
    assert client.post(f"{address}/seen", data={"version": note}).status_code == 302


def test_a_change_is_marked_old_and_new_for_those_it_concerns_until_they_acknowledge_it(client, page, forum):
    publish(forum, (0, 0, 0), (1, 0, 1), (2, 1, 0))
    publish(forum, (0, 0, 1), (1, 0, 1), (2, 1, 0), (3, 1, 1), version=2)
    assert "Your schedule changed" in page(0)
    assert "14:30 T1 B1会议室 → 15:00 T1 B1会议室" in words(page(0))
    assert "Your schedule changed" not in page(1)
    assert "Your schedule changed" not in page(2)
    assert "New:" in page(3)
    acknowledge(client, forum)
    assert "Your schedule changed" not in page(0)
    publish(forum, (1, 0, 1), (2, 1, 0), (3, 1, 1), version=3)
    assert "Called off:" in page(0)


def test_a_table_that_moves_is_marked_old_and_new_for_its_guests_until_they_acknowledge_it(app, client, page, forum):
    publish(forum, (0, 0, 0), (1, 1, 0), (2, 0, 0))
    forum.tables[0].room_en = "Room B1"
    address = f"/B/{forum.codes[0]}.json"
    with time_machine.travel(NOW + timedelta(minutes=30)):
        planner, before = signed_in(app, "planner"), client.get(address)

        def move(room, room_en=""):
            told = {"what": "move", "table": f"t{forum.tables[0].id}", "room": room, "room_en": room_en}
            assert planner.post("/events/forum/day/rulings", data=told).status_code == 302

        move("大厅东侧", "East wing")
        assert client.get(address, headers={"If-None-Match": before.headers["ETag"]}).status_code == 200
        assert "14:30 T1 Room B1 → 14:30 T1 East wing" in words(page(0))
        assert "14:30 T1 B1会议室 → 14:30 T1 大厅东侧" in words(page(0, "zh"))
        assert "Your schedule changed" not in page(1)
        acknowledge(client, forum)
        assert "Your schedule changed" not in page(0)
        move("B9")
        assert "14:30 T1 East wing → 14:30 T1 B9 " in words(page(0))
        move("C1")
        assert "14:30 T1 East wing → 14:30 T1 C1 " in words(page(0)), "from where its reader last was"
        assert "14:30 T1 Room B1 → 14:30 T1 C1 " in words(page(2)), "who has read nothing yet knows the first room"
        publish(forum, (0, 0, 1), (1, 1, 0), (2, 0, 0), version=2)
        assert "14:30 T1 East wing → 15:00 T1 C1 " in words(page(0)), "nor is it told a room that it never knew"
        move("大厅东侧")
        publish(forum, (0, 0, 0), (1, 1, 0), (2, 0, 0), version=3)
        assert "Your schedule changed" not in page(0), "back where it was"


def test_a_room_corrected_on_the_tables_own_page_is_told_too(app, page, forum):
    publish(forum, (0, 0, 0))
    table = forum.tables[0]
    same = {"label": table.label, "host_id": table.host_id, "capacity": table.capacity, "video_state": "unknown"}
    with time_machine.travel(NOW + timedelta(minutes=30)):
        answer = signed_in(app, "organiser").post(f"/events/forum/tables/{table.id}", data=same | {"room": "B9"})
        assert answer.status_code == 302
        assert "14:30 T1 B1会议室 → 14:30 T1 B9 " in words(page(0))


def test_a_host_is_told_once_of_its_table_that_moves_and_nobody_of_a_meeting_that_is_over(client, page, forum):
    receiver = add_delegate(forum.event, forum.hosts[0], "李建", role="host")
    publish(forum, (0, 0, 0), (1, 0, 1))
    table, address = forum.tables[0], f"/B/{receiver.badge.code}?lang=en"
    moved = {"room": table.room, "room_en": ""}
    table.room, table.stood = "B9", [moved | {"until": forum.rounds[0].start.isoformat()}]
    assert client.get(address).text.count("<del>") == 1
    table.stood = [moved | {"until": forum.rounds[0].end.isoformat()}]
    assert "Your schedule changed" not in page(0)
    assert "Your schedule changed" in page(1)


def test_a_meeting_moved_back_to_where_it_was_is_no_change(page, forum):
    publish(forum, (0, 0, 0))
    publish(forum, (0, 1, 0), version=2)
    publish(forum, (0, 0, 0), version=3)
    assert "Your schedule changed" not in page(0)
