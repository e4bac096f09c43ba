"""The rule at the door, held to the cases that the tablet's rule is held to as well."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from eventday.rules.checkin import Decision, Facts, Meeting, Movement, Place, Slot, decide, last_movement, seat_at

CASES = json.loads((Path(__file__).parent / "checkin_cases.json").read_text(encoding="utf-8"))
ROUNDS = [
    Slot(each["id"], datetime.fromisoformat(each["start"]), datetime.fromisoformat(each["end"]))
    for each in CASES["rounds"]
]


@pytest.mark.parametrize("case", CASES["decisions"], ids=lambda case: case["name"])
def test_a_scan_is_decided(case):
    assert decide(Facts(**case["facts"])) == Decision(**case["expect"])


@pytest.mark.parametrize("case", CASES["seats"], ids=lambda case: case["name"])
def test_a_company_belongs_at_a_table_or_elsewhere(case):
    at = datetime.fromisoformat(f"2025-06-18T{case['at']}:00+08:00")
    expect = case["expect"]
    right = Meeting(*expect["right"]) if "right" in expect else None
    found = seat_at(case["table"], [Meeting(*each) for each in case["meetings"]], ROUNDS, at)
    assert found == Place(expect["seat"], expect.get("round"), right)


def test_the_last_movement_is_the_latest_by_its_time_and_then_by_its_place_in_the_log():
    one, two = (datetime(2025, 6, 18, hour, tzinfo=UTC) for hour in (5, 6))
    late_news = Movement("in", one, 3)
    assert last_movement([Movement("in", one, 1), Movement("out", two, 2), late_news]) == Movement("out", two, 2)
    assert last_movement([Movement("in", one, 1), Movement("out", one, 2)]) == Movement("out", one, 2)
    assert last_movement([]) is None
