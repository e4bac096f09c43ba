"""The plan as a workbook: by company, by table, by round."""

from __future__ import annotations

from ...rules.timetable import Meeting, Slot, Timetable
from .workbook import Column, Page, workbook


def plan_workbook(timetable: Timetable) -> bytes:
    """An xlsx with three sheets; companies without a meeting are listed too, so that nobody is overlooked."""
    pages = (_by_company(timetable), _by_table(timetable), _by_round(timetable))
    return workbook(pages, made_at=timetable.published_at)


def _title(timetable: Timetable) -> str:
    return f"{timetable.event} · 对接方案 Plan v{timetable.version} · {timetable.day}"


def _round_columns(timetable: Timetable, width: float) -> list[Column]:
    return [Column(f"{_round_name(slot)}\n{timetable.span(slot)}", width, wrap=True) for slot in timetable.slots]


def _round_name(slot: Slot) -> str:
    return f"{slot.name} {slot.name_en}".strip()


def _by_company(timetable: Timetable) -> Page:
    rows: list[tuple[str | int | None, ...]] = []
    for visitor in timetable.visitors:
        meetings = timetable.of(visitor)
        cells = (
            "\n".join(_where(meeting) for meeting in meetings if meeting.slot.key == slot.key)
            for slot in timetable.slots
        )
        rows.append((visitor.name, visitor.name_en, len(meetings), *cells))
    columns = [
        Column("企业 Company", 34, wrap=True),
        Column("英文名 English", 22, wrap=True),
        Column("场次 Meetings", 9),
        *_round_columns(timetable, 30),
    ]
    return Page("按企业 By company", _title(timetable), columns, rows)


def _where(meeting: Meeting) -> str:
    return " ".join(part for part in (meeting.place.label, meeting.place.room, meeting.place.host) if part)


def _by_table(timetable: Timetable) -> Page:
    rows: list[tuple[str | int | None, ...]] = []
    for place in timetable.places:
        cells = ("\n".join(meeting.visitor.name for meeting in timetable.at(place, slot)) for slot in timetable.slots)
        rows.append((place.label, place.room, place.host, *cells))
    columns = [
        Column("对接桌 Table", 9),
        Column("会议室 Room", 14, wrap=True),
        Column("央国企 Host", 30, wrap=True),
        *_round_columns(timetable, 34),
    ]
    return Page("按对接桌 By table", _title(timetable), columns, rows)


def _by_round(timetable: Timetable) -> Page:
    rows = [
        (
            _round_name(slot),
            timetable.clock(slot.start),
            timetable.clock(slot.end),
            place.label,
            place.room,
            place.host,
            meeting.visitor.name,
            meeting.interest,
        )
        for slot in timetable.slots
        for place in timetable.places
        for meeting in timetable.at(place, slot)
    ]
    columns = [
        Column("轮次 Round", 16),
        Column("开始 Start", 8),
        Column("结束 End", 8),
        Column("对接桌 Table", 9),
        Column("会议室 Room", 14),
        Column("央国企 Host", 32, wrap=True),
        Column("企业 Company", 34, wrap=True),
        Column("意向 Interest", 8),
    ]
    return Page("按轮次 By round", _title(timetable), columns, rows)
