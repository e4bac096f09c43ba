"""A round of an instance: its times, and that the list is in their order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from solver.instance import Round
from solver.reading.errors import BadInstance
from solver.reading.fields import Fields


def read_round(value: Any, path: str) -> Round:
    """The round at `path`; raises `BadInstance` where its times are none, or in the wrong order."""
    fields = Fields(value, path, BadInstance, ("id", "start", "end"))
    start, end = fields.text("start", None), fields.text("end", None)
    first, last = _time(start, f"{path}.start"), _time(end, f"{path}.end")
    if first and last and _comparable(first, last) and last <= first:
        raise BadInstance(f"{path}.end", "must be after its start")
    return Round(fields.text("id"), start, end)


def _time(text: str | None, path: str) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise BadInstance(path, f"{text!r} is not an ISO 8601 time such as 2025-06-18T14:30:00+08:00") from None


def _comparable(a: datetime, b: datetime) -> bool:
    return (a.tzinfo is None) == (b.tzinfo is None)


def in_time_order(rounds: Sequence[Round]) -> None:
    """Gaps, `now` and "past" all read the list's order, so a list out of order would be silently misread."""
    starts = [_time(each.start, "") for each in rounds]
    for index in range(1, len(rounds)):
        before, after = starts[index - 1], starts[index]
        if before and after and _comparable(before, after) and after < before:
            raise BadInstance(
                f"$.rounds[{index}].start", "is before the round listed above it; list rounds in time order"
            )
