"""The rule at the door, held to the cases that the tablet's rule is held to as well."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from eventday.rules.checkin import Decision, Facts, Meeting, Place, Slot, decide, seat_at
from eventday.rules.codes import read_code

CASES = json.loads((Path(__file__).parent / "checkin_cases.json").read_text(encoding="utf-8"))
ROUNDS = [
    Slot(each["id"], datetime.fromisoformat(each["start"]), datetime.fromisoformat(each["end"]))
    for each in CASES["rounds"]
]


@pytest.mark.parametrize("case", CASES["texts"], ids=lambda case: case["name"])
def test_a_text_is_a_code_or_none(case):
    assert read_code(case["text"]) == case["code"]


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
