"""The calendar file of a delegate: it moves what it knows, and speaks the language of its link."""

from datetime import timedelta

import icalendar

from .plans import publish


def calendar(client, forum, lang="zh"):
    return icalendar.Calendar.from_ical(client.get(f"/B/{forum.codes[0]}.ics?lang={lang}").data)


def test_the_calendar_moves_what_it_knows_and_cancels_what_is_gone(client, forum):
    def entries():
        found = calendar(client, forum).walk("VEVENT")
        return {
            str(e["UID"]): (e.decoded("SEQUENCE"), f"{e.decoded('DTSTART'):%H:%M}", str(e["STATUS"])) for e in found
        }

    assert entries() == {}
    publish(forum, (0, 0, 0), (0, 1, 1))
    first, second = f"forum-{forum.companies[0].id}-{forum.hosts[0].id}@eventday", None
    (second,) = set(entries()) - {first}
    assert entries() == {first: (1, "06:30", "CONFIRMED"), second: (1, "07:00", "CONFIRMED")}
    publish(forum, (0, 0, 1), version=2)
    assert entries() == {first: (2, "07:00", "CONFIRMED"), second: (2, "07:00", "CANCELLED")}


def test_it_speaks_the_language_of_its_link_and_says_how_often_to_look_again(client, forum):
    publish(forum, (0, 0, 0))
    forum.hosts[0].name_en, forum.tables[0].room_en, forum.event.venue = "SNERDI", "Room B1", "宝山区会议中心"
    page = client.get(f"/B/{forum.codes[0]}?lang=en").text
    assert f"/B/{forum.codes[0]}.ics?lang=en" in page
    assert f'href="webcal://localhost/B/{forum.codes[0]}.ics?lang=en"' in page
    english, chinese = calendar(client, forum, "en"), calendar(client, forum, "zh")
    assert english.decoded("REFRESH-INTERVAL") == timedelta(minutes=15)
    (told,), (same,) = english.walk("VEVENT"), chinese.walk("VEVENT")
    assert (told["SUMMARY"], told["LOCATION"]) == ("T1 · SNERDI", "Room B1 T1 宝山区会议中心")
    assert told["DESCRIPTION"] == "Baoshan forum\nRound 1"
    assert (same["SUMMARY"], same["DESCRIPTION"]) == (f"T1 · {forum.hosts[0].name}", "宝山对接会\n第一轮")
