"""Random days at the door, lived against a model: stations come and go, answers are lost, batches come twice and late.

Every answer is what the model says. In the end the server's log is the union of what the stations recorded, each scan
once; everybody is where the model has them; and whoever was let in twice is known as a conflict.
"""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from eventday.models import Badge, Conflict, Presence, Scan, db
from tests import builders

from .doorman import Doorman
from .tablet import Tablet

STATIONS, BADGES = 3, 2
STEPS = st.lists(
    st.tuples(
        st.integers(0, STATIONS - 1),
        st.one_of(
            st.tuples(st.sampled_from(["in", "in", "out"]), st.integers(0, BADGES - 1)),
            st.tuples(st.just("undo"), st.integers(0, 9)),
            st.tuples(st.just("send"), st.sampled_from(["heard", "lost", "twice", "jumbled"])),
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
    doorman: Doorman
    lead: bool
    online: bool = True
    queue: list[dict] = field(default_factory=list)
    # By id, what this station would tell the person by itself; by badge, which way they went last as far as it knows.
    made: dict[str, str] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    batches: list[list[dict]] = field(default_factory=list)

    def scan(self, kind: str, badge: str, at: str) -> str:
        told = "already" if self.known.get(badge) == kind else "accepted"
        self.known[badge] = kind
        return self._keep({"kind": kind, "badge": badge, "at": at}, told)

    def undo(self, undoes: str, at: str) -> None:
        self._keep({"kind": "undo", "undoes": undoes, "at": at}, "undone")

    def _keep(self, scan: dict, told: str) -> str:
        scan["id"] = str(uuid.uuid4())
        self.made[scan["id"]] = told
        self.queue.append(scan if self.online else scan | {"told": told})
        return scan["id"]

    def send(self, how: str) -> None:
        if not self.online or not self.queue:
            return
        batch = self.queue[::-1] if how == "jumbled" else self.queue[:3]
        self.batches.append(batch)
        self._hand_in(batch)
        if how == "twice":
            self._hand_in(batch)
        if how == "lost":  # from now on the person has been told what the station decided
            self.queue = [{"told": self.made[scan["id"]]} | scan for scan in self.queue]
        else:
            self.queue = [scan for scan in self.queue if scan not in batch]

    def _hand_in(self, batch: list[dict]) -> None:
        answers = self.tablet.send(*batch)
        papers = [self.doorman.take(self.tablet.name, self.lead, scan) for scan in batch]
        assert [each["id"] for each in answers] == [scan["id"] for scan in batch]
        assert [each["outcome"] for each in answers] == [paper.outcome for paper in papers]
        firsts = [paper.first.station if paper.first else None for paper in papers]
        assert [each["first"] and each["first"]["device"] for each in answers] == firsts

    def arrive_late(self, which: int) -> None:
        """A batch of long ago, held up by the network, reaches the server after newer ones."""
        if self.batches:
            self._hand_in(self.batches[which % len(self.batches)])


@settings(max_examples=20)
@given(steps=STEPS)
def test_the_log_is_the_union_of_what_the_stations_recorded_whatever_happens_on_the_way(app, steps):
    forum = builders.small_forum(f"forum-{uuid.uuid4()}")  # each example a forum of its own: the log is append-only
    event, doorman, moved = forum.event.id, Doorman(), []
    roles = ["lead", "gate", "desk"]
    tablets = [Tablet(app, forum.event, f"Gate {number}", role=roles[number]) for number in range(STATIONS)]
    desks = [Desk(tablet, doorman, role == "lead") for tablet, role in zip(tablets, roles, strict=True)]
    start = datetime.now(UTC)
    clock = ((start + timedelta(seconds=second)).isoformat(timespec="milliseconds") for second in count())
    for number, (act, what) in steps:
        desk = desks[number]
        match act:
            case "in" | "out":
                moved.append(desk.scan(act, forum.codes[what], next(clock)))
            case "undo" if moved:
                desk.undo(moved[-1 - what % len(moved)], next(clock))
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
    places = db.session.query(Badge.code, Presence).join(Presence, Presence.delegate_id == Badge.delegate_id)
    found = {code: (row.state, row.scan_id) for code, row in places.filter(Presence.event_id == event)}
    nowhere = ("expected", None)
    assert {code: found.get(code, nowhere) for code in forum.codes} == {c: doorman.place(c) for c in forum.codes}
    conflicts = db.session.query(Conflict).filter_by(event_id=event)
    assert Counter(row.second_scan_id for row in conflicts) == dict.fromkeys(doorman.conflicts, 1)
    db.session.rollback()
