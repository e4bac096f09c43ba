"""What a station is told about a scan, built from the log alone: a repeated scan gets the same answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from ...rules.errors import sentence
from .calling import StationFacts
from .scan_lookup import LoggedScan
from .scan_people import Person

Answer = dict[str, Any]

# One sentence per outcome; the door translates it. Names are for the screen, the sentence is for the log and for eyes.
SENTENCES = {
    "accepted": sentence("Checked in."),
    "already": sentence("Checked in already, at %(time)s by %(device)s."),
    "unknown": sentence("This is no badge of ours. Search by name, or register a walk-in."),
    "revoked": sentence("This badge was replaced. Ask for the new one, or search by name."),
    "wrong_event": sentence("This badge belongs to another event."),
    "wrong_table": sentence("Not at this table now."),
    "undone": sentence("Taken back."),
    "nothing_to_undo": sentence("There is nothing to take back."),
    "invalid": sentence("This scan could not be read (%(field)s). Scan once more."),
}
LEFT = sentence("Checked out.")
LEFT_ALREADY = sentence("Checked out already, at %(time)s by %(device)s.")
AT_TABLE = sentence("Welcome to the table.")
WALKED_UP = sentence("Seated on a free seat.")
AT_TABLE_ALREADY = sentence("At this table already, since %(time)s.")
RIGHT_TABLE = sentence("Your table is %(table)s, %(room)s, %(time)s.")
NO_SEAT = sentence("No seat is free at this table now.")
NO_TABLE = sentence("This station has no table. An organiser chooses one under Stations.")
NOT_ITS_TASK = sentence("This station lets people in by their badge and nothing else. Go to a desk.")
NOT_YOURS = sentence("Only the station that made a scan, or a lead, may take it back.")


def answers_for(
    logged: Sequence[tuple[str | None, LoggedScan]], station: StationFacts, people: dict[int, Person]
) -> list[Answer]:
    """An answer for each (id as it was sent, entry of the log), in order. `message` is (sentence, its parameters)."""
    return [_answer(sent, scan, station, people) for sent, scan in logged]


def _answer(sent: str | None, scan: LoggedScan, station: StationFacts, people: dict[int, Person]) -> Answer:
    if scan.event_id != station.event_id:
        # An id that another event's station used: nothing of that event is told.
        message = (SENTENCES["invalid"], {"field": "id"})
        return {
            "id": sent,
            "outcome": "invalid",
            "delegate": None,
            "first": None,
            "field": "id",
            "message": message,
        }
    detail = scan.detail
    first = detail.get("first")
    answer: Answer = {
        "id": sent,
        "outcome": scan.outcome,
        "delegate": describe(people.get(scan.delegate_id or 0)),
        "first": first and {**first, "at": _local(first["at"], station.zone)},
        "message": _message(scan, station.zone),
    }
    if "field" in detail:
        answer["field"] = detail["field"]
    if detail.get("right"):
        answer["right"] = {**detail["right"], "start": _local(detail["right"]["start"], station.zone)}
    for name in ("walk_up", "free_seats", "seat", "clock_off_ms"):
        if name in detail:
            answer[name] = detail[name]
    return answer


def describe(person: Person | None) -> dict[str, Any] | None:
    """A delegate as stations show them: no phone, no e-mail."""
    if person is None:
        return None
    return {
        "id": person.id,
        "name": person.name,
        "name_en": person.name_en,
        "title": person.title,
        "company": person.company,
        "company_id": person.company_id,
        "kind": person.kind,
        "role": person.role,
    }


def _message(scan: LoggedScan, zone: ZoneInfo) -> tuple[str, dict[str, Any]]:
    detail, first = scan.detail, scan.detail.get("first") or {}
    words = {"time": _clock(first.get("at"), zone), "device": first.get("device") or ""}
    match scan.kind, scan.outcome:
        case "out", "accepted":
            return LEFT, {}
        case "out", "already":
            return LEFT_ALREADY, words
        case "table", "accepted":
            return (WALKED_UP if detail.get("walk_up") else AT_TABLE), {}
        case "table", "already":
            return AT_TABLE_ALREADY, words
        case "table", "wrong_table":
            right = detail.get("right")
            if not right:
                return NO_SEAT, {}
            return RIGHT_TABLE, {
                "table": right["table"],
                "room": right["room"],
                "time": _clock(right["start"], zone),
            }
        case "undo", "invalid" if detail.get("field") == "undoes" and scan.delegate_id:
            return NOT_YOURS, {}
        case "table", "invalid" if detail.get("field") == "table":
            return NO_TABLE, {}
        case "in" | "out" | "undo" | "table", "invalid" if detail.get("field") in ("kind", "delegate"):
            return NOT_ITS_TASK, {}  # it could be read, so it was its station's role that forbade it
    return SENTENCES[scan.outcome], words | {"field": detail.get("field", "")}


def _local(moment: str | None, zone: ZoneInfo) -> str | None:
    if moment is None:
        return None
    return datetime.fromisoformat(moment).astimezone(zone).isoformat(timespec="milliseconds")


def _clock(moment: str | None, zone: ZoneInfo) -> str:
    return datetime.fromisoformat(moment).astimezone(zone).strftime("%H:%M") if moment else ""
