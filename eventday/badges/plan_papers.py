"""A plan on paper: a sheet for every table, a slip for every company, the whole board. Each says its version."""

from __future__ import annotations

from typing import Any

from ..rules.errors import DomainError, sentence
from ..rules.timetable import Place, Slot, Timetable, Visitor
from .typesetting import pdf


class EmptyPlanError(DomainError):
    """A plan without a table or a round has no paper."""

    code = "empty_plan"


def table_sheets_pdf(timetable: Timetable) -> bytes:
    """A4, one page a table, to stand on it: table, room, host, and who comes in which round."""
    return _pdf("table-sheets.typ", timetable, {"tables": [_table(timetable, place) for place in timetable.places]})


def company_slips_pdf(timetable: Timetable) -> bytes:
    """A4 to be cut in four: a slip for every company, those without a meeting too."""
    return _pdf("company-slips.typ", timetable, {"companies": [_company(timetable, one) for one in timetable.visitors]})


def board_pdf(timetable: Timetable) -> bytes:
    """A3, for the wall: tables as rows, rounds as columns; as many pages as the tables need."""
    return _pdf("board.typ", timetable, {"tables": [_table(timetable, place) for place in timetable.places]})


def _pdf(template: str, timetable: Timetable, data: dict[str, Any]) -> bytes:
    if not timetable.slots or not timetable.places:
        raise EmptyPlanError(sentence("There is nothing to print: the plan has no rounds or no tables."))
    heading = {
        "event": timetable.event,
        "event_en": timetable.event_en,
        "venue": timetable.venue,
        "day": timetable.day,
        "version": f"v{timetable.version}",
        "published": timetable.published_at.astimezone(timetable.zone).strftime("%Y-%m-%d %H:%M"),
        "rounds": [_slot(timetable, slot) for slot in timetable.slots],
    }
    return pdf(template, {**heading, **data}, made_at=timetable.published_at)


def _slot(timetable: Timetable, slot: Slot) -> dict[str, str]:
    return {"name": slot.name, "name_en": slot.name_en, "span": timetable.span(slot)}


def _table(timetable: Timetable, place: Place) -> dict[str, Any]:
    rounds = [
        {
            **_slot(timetable, slot),
            "closed": slot.key in place.closed,
            "companies": [
                {"name": meeting.visitor.name, "capabilities": meeting.visitor.capabilities}
                for meeting in timetable.at(place, slot)
            ],
        }
        for slot in timetable.slots
    ]
    return {**_place(place), "rounds": rounds}


def _place(place: Place) -> dict[str, str]:
    return {
        "label": place.label,
        "host": place.host,
        "host_en": place.host_en,
        "room": place.room,
        "room_en": place.room_en,
        "video": place.video,
    }


def _company(timetable: Timetable, visitor: Visitor) -> dict[str, Any]:
    meetings = [{**_slot(timetable, one.slot), **_place(one.place)} for one in timetable.of(visitor)]
    return {"name": visitor.name, "name_en": visitor.name_en, "meetings": meetings}
