"""Where somebody is, told from the log: cases that a reader can check by hand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from eventday.rules.presence import Sighting, repeated_by, where_is


def at(clock: str) -> datetime:
    hour, minute = clock.split(":")
    return datetime(2025, 6, 18, int(hour), int(minute), tzinfo=UTC)


def seen(scan: str) -> Sighting:
    """`a in 12:00`; `b in 12:50 =a`: told already, of a; `b in 12:50 =a green`: its station had let them pass."""
    name, kind, clock, *more = scan.split()
    repeats = next((word[1:] for word in more if word.startswith("=")), None)
    return Sighting(name, kind, at(clock), repeats, "green" in more)


# What it is, the log in the order of arrival, what was undone, the scan that tells where they are.
PLACES = [
    ("nobody saw them", "", "", None),
    ("who came in is in", "a in 12:00", "", "a"),
    ("who went out after it is out", "a in 12:00, x out 12:40", "", "x"),
    ("an old in that arrives late moves nobody", "x out 12:40, a in 12:00", "", "x"),
    ("of one time the later entry counts", "a in 12:00, x out 12:00", "", "x"),
    ("a repetition leaves the first in its place", "a in 12:00, b in 12:05 =a", "", "a"),
    ("and an earlier one that arrives late as well", "a in 12:00, b in 11:58 =a green", "", "a"),
    ("a late out before a later sighting inside", "a in 12:00, b in 12:50 =a, x out 12:40", "", "b"),
    ("a late in before a later sighting outside", "x out 12:00, y out 12:50 =x, a in 12:40", "", "y"),
    ("one of two that both let in is taken back", "a in 12:00, b in 12:01 =a green", "a", "b"),
    ("both are taken back", "a in 12:00, b in 12:01 =a green", "a b", None),
    ("a mere repetition falls with the mistake it repeats", "a in 12:00, b in 12:01 =a", "a", None),
    ("and with it what repeats the repetition", "a in 12:00, b in 12:50 =a, x out 12:40, c in 12:55 =b", "a", "x"),
    ("an undone re-entry leaves them out", "a in 12:00, x out 12:40, b in 12:50, c in 12:55 =b", "b", "x"),
    ("an undone out leaves them in since they came", "a in 12:00, x out 12:40, b in 12:50", "x", "a"),
]


@pytest.mark.parametrize(("log", "undone", "place"), [case[1:] for case in PLACES], ids=[case[0] for case in PLACES])
def test_the_log_tells_where_somebody_is(log, undone, place):
    found = where_is([seen(each) for each in log.split(", ") if each], undone.split())
    assert (found.id if found else None) == place


# What it is, the log, what was undone, a scan, what it repeats (None: it is accepted).
SCANS = [
    ("the first", "", "", "in 12:00", None),
    ("a second in names the first", "a in 12:00", "", "in 12:05", "a"),
    ("also where it was made before it", "a in 12:00", "", "in 11:58", "a"),
    ("after an out it is accepted", "a in 12:00, x out 12:40", "", "in 12:50", None),
    ("made before that out it is a second one", "a in 12:00, x out 12:40", "", "in 12:10", "a"),
    ("made before the re-entry it is the re-entry's", "a in 12:00, x out 12:40, b in 12:50", "", "in 12:45", "b"),
    ("after an undo it is accepted", "a in 12:00", "a", "in 12:05", None),
    ("a late out parts what was one stay", "a in 12:00, b in 12:50 =a", "", "out 12:40", None),
    ("a second out of one way out", "a in 12:00, x out 12:40", "", "out 12:30", "x"),
    ("an out before the only way in", "a in 12:00", "", "out 11:50", None),
]


@pytest.mark.parametrize(
    ("log", "undone", "scan", "first"), [case[1:] for case in SCANS], ids=[case[0] for case in SCANS]
)
def test_the_log_tells_what_a_scan_repeats(log, undone, scan, first):
    kind, clock = scan.split()
    found = repeated_by(kind, at(clock), [seen(each) for each in log.split(", ") if each], undone.split())
    assert (found.id if found else None) == first
