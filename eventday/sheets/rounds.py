"""Rounds: time slots, as a start and an end, or as one cell `14:30-14:55`."""

from __future__ import annotations

import re
from datetime import datetime, time

from .cells import UnreadableError, as_clock, as_text
from .grid import Value
from .headers import Schema
from .record import Record, RowRefusedError
from .rows import Kind, RoundRow
from .vocabulary import words

SCHEMA = Schema(
    Kind.ROUNDS,
    fields=words("rounds"),
    required=(("round",), ("start", "span")),
)

_BETWEEN = re.compile(r"\s*(?:[-–—~～至到−－]|\bto\b)\s*(?=\D{0,4}\d{1,2}\s*[:：点时])")
Moment = time | datetime


def read_round(record: Record) -> RoundRow:
    """A round. Raises RowRefusedError without a name, or when start or end cannot be read, or in the wrong order."""
    name = record.needed("round", "no_round_name", limit=60)
    start, end = record.clock("start"), record.clock("end")
    if start is None and (span := record.parsed("span", lambda value: _span(value, record.year))):
        start, end = span
    if start is None or end is None:
        raise RowRefusedError("no_round_times")
    if day := record.day("date"):
        start, end = (datetime.combine(day, as_time(moment)) for moment in (start, end))
    if as_time(start) >= as_time(end):
        raise RowRefusedError(
            "round_ends_before_it_starts", start=f"{as_time(start):%H:%M}", end=f"{as_time(end):%H:%M}"
        )
    return RoundRow(record.place, name, start, end, name_en=record.text("name_en", 60))


def as_time(moment: Moment) -> time:
    """The reading of the clock without its day."""
    return moment.time() if isinstance(moment, datetime) else moment


def _span(value: Value, year: int) -> tuple[Moment, Moment] | None:
    text = as_text(value)
    if not text:
        return None
    parts = _BETWEEN.split(text)
    if len(parts) != 2:
        raise UnreadableError("not_a_span", value=text)
    start, end = (as_clock(part, year) for part in parts)
    if start is None or end is None:
        raise UnreadableError("not_a_span", value=text)
    if as_time(end) < as_time(start) and isinstance(end, time) and end.hour < 12:
        end = end.replace(hour=end.hour + 12)  # 下午2:30-3:00 says only once which half of the day it means
    return start, end
