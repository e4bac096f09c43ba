"""Random days at the door, lived against a model: stations come and go, answers are lost, batches come twice and late.

In the end the server's log is the union of what the stations recorded, each scan once; each badge that only came in was
accepted once; presence is what the log says; and whoever was let in twice is known as a conflict.
"""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from eventday.models import Conflict, Presence, Scan, db
from tests import builders

from .tablet import Tablet

STATIONS, BADGES = 3, 2
STEPS = st.lists(
    st.tuples(
        st.integers(0, STATIONS - 1),
        st.one_of(
            st.tuples(st.just("scan"), st.integers(0, BADGES - 1)),
            st.tuples(st.just("send"), st.sampled_from(["heard", "lost", "twice"])),
            st.tuples(st.just("late"), st.integers(0, 5)),
            st.tuples(st.just("line"), st.booleans()),
        ),
    ),
    min_size=30,
    max_size=60,
)


@dataclass
class Desk:
    """A station as the app is one: decides by itself, keeps, sends in order, forgets only what was answered."""

    tablet: Tablet
    online: bool = True
    queue: list[dict] = field(default_factory=list)
    # By id, what this station would tell the person by itself.
    made: dict[str, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    batches: list[list[dict]] = field(default_factory=list)

    def scan(self, badge: str) -> None:
        told = "already" if badge in self.seen else "accepted"
        self.seen.add(badge)
        scan = {"id": str(uuid.uuid4()), "kind": "in", "badge": badge, "at": datetime.now(UTC).isoformat()}
        self.made[scan["id"]] = told
        self.queue.append(scan if self.online else scan | {"told": told})

    def send(self, how: str) -> None:
        if not self.online or not self.queue:
            return
        batch = self.queue[:3]
        self.batches.append(batch)
        answers = [self.tablet.send(*batch) for _ in range(2 if how == "twice" else 1)]
        assert all(each == answers[0] for each in answers)
        if how == "lost":  # from now on the person has been told what the station decided
            self.queue = [{"told": self.made[scan["id"]]} | scan for scan in self.queue]
            return
        assert [result["id"] for result in answers[0]] == [scan["id"] for scan in batch]
        self.queue = self.queue[len(batch) :]

    def arrive_late(self, which: int) -> None:
        """A batch of long ago, held up by the network, reaches the server after newer ones."""
        if self.batches:
            self.tablet.send(*self.batches[which % len(self.batches)])


@settings(max_examples=20)
@given(steps=STEPS)
def test_the_log_is_the_union_of_what_the_stations_recorded_whatever_happens_on_the_way(app, steps):
    forum = builders.small_forum(f"forum-{uuid.uuid4()}")  # each example a forum of its own: the log is append-only
    event = forum.event.id
    desks = [Desk(Tablet(app, forum.event, f"Gate {number}", role="gate")) for number in range(STATIONS)]
    for number, (act, what) in steps:
        desk = desks[number]
        match act:
            case "scan":
                desk.scan(forum.codes[what])
            case "send":
                desk.send(what)
            case "late":
                desk.arrive_late(what)
            case "line":
                desk.online = what
    for desk in desks:
        desk.online = True
        while desk.queue:
            desk.send("heard")

    log = db.session.query(Scan).filter_by(event_id=event).order_by(Scan.number).all()
    recorded = {key: desk for desk in desks for key in desk.made}
    assert Counter(scan.id for scan in log) == Counter(recorded.keys())
    assert all(scan.station_id == recorded[scan.id].tablet.id for scan in log)
    people = {scan.delegate_id for scan in log}
    assert Counter(scan.delegate_id for scan in log if scan.outcome == "accepted") == dict.fromkeys(people, 1)
    arrived = db.session.query(Presence).filter_by(event_id=event, state="arrived")
    assert {presence.delegate_id for presence in arrived} == people
    assert {presence.scan_id for presence in arrived} == {scan.id for scan in log if scan.outcome == "accepted"}

    first = {scan.delegate_id: scan.station_id for scan in log if scan.outcome == "accepted"}
    told = {scan["id"]: scan.get("told") for desk in desks for batch in desk.batches for scan in batch}
    twice = {
        scan.id
        for scan in log
        if scan.outcome == "already" and told[scan.id] == "accepted" and scan.station_id != first[scan.delegate_id]
    }
    conflicts = db.session.query(Conflict).filter_by(event_id=event)
    assert Counter(row.second_scan_id for row in conflicts) == dict.fromkeys(twice, 1)
    db.session.rollback()
