"""What a scan means: one rule for the server and for a tablet without a connection.

`frontend/src/registration/checkin-rule.ts` says the same in the tablet's language; both are held to
`tests/registration/checkin_cases.json`. Change a line here, change it there, and add a case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Outcome = Literal[
    "accepted",
    "already",
    "unknown",
    "revoked",
    "wrong_event",
    "wrong_table",
    "undone",
    "nothing_to_undo",
    "invalid",
]
State = Literal["expected", "arrived", "left"]
# How the badge stands at this event.
BadgeState = Literal["live", "revoked", "elsewhere", "unknown"]
# What became of the scan that an undo names: it stands, it does not (refused, or undone before), there is none.
Target = Literal["standing", "void", "none"]
# Whether the company belongs at this table: now, elsewhere now, later only, or nowhere any more.
Seat = Literal["mine", "elsewhere", "later", "free"]

# A table scan this long before a round begins belongs to it.
EARLY = timedelta(minutes=15)


@dataclass(frozen=True)
class Facts:
    """Everything that decides one scan."""

    kind: str
    badge: BadgeState = "live"
    state: State = "expected"
    # kind undo: what it names, whether this station made it, whether this station leads.
    target: Target = "none"
    own: bool = False
    lead: bool = False
    # kind table: whose seat it is, whether this person was seen here before, how many seats nobody holds.
    seat: Seat = "free"
    seen: bool = False
    free_seats: int = 0
    # Somebody at the table has said: seat them here although they are expected elsewhere later.
    walk_up: bool = False


@dataclass(frozen=True)
class Decision:
    """The outcome; the state it leads to (None: unchanged); the field that is wrong; whether it is a walk-up."""

    outcome: Outcome
    state: State | None = None
    field: str | None = None
    walk_up: bool = False


def decide(facts: Facts) -> Decision:
    """The outcome of one scan."""
    if facts.kind == "undo":
        return _undo(facts)
    if facts.badge == "unknown":
        return Decision("unknown")
    if facts.badge == "elsewhere":
        return Decision("wrong_event")
    if facts.badge == "revoked":
        return Decision("revoked")
    if facts.kind == "table":
        return _at_table(facts)
    if facts.kind == "in":
        return Decision("already") if facts.state == "arrived" else Decision("accepted", "arrived")
    # Somebody who leaves without having been scanned in was inside all the same: the gate tells what it saw.
    return Decision("already") if facts.state == "left" else Decision("accepted", "left")


def _undo(facts: Facts) -> Decision:
    if facts.target != "standing":
        return Decision("nothing_to_undo")
    if not (facts.own or facts.lead):
        return Decision("invalid", field="undoes")
    return Decision("undone")


def _at_table(facts: Facts) -> Decision:
    if facts.seen:
        return Decision("already")
    if facts.seat == "mine":
        return Decision("accepted")
    may_sit = facts.free_seats > 0 and (facts.seat == "free" or (facts.seat == "later" and facts.walk_up))
    return Decision("accepted", walk_up=True) if may_sit else Decision("wrong_table")


@dataclass(frozen=True)
class Slot:
    """A round as a station knows it."""

    id: int
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Meeting:
    """Where the plan wants a company: a table, a round."""

    table: int
    round: int


@dataclass(frozen=True)
class Place:
    """What `seat_at` found: whose seat, the round that a visit counts for, and the meeting to send them to."""

    seat: Seat
    round: int | None = None
    right: Meeting | None = None


def round_at(rounds: Iterable[Slot], at: datetime) -> Slot | None:
    """The round that a scan at `at` belongs to: the running one, else one that begins within EARLY."""
    coming = min((slot for slot in rounds if slot.end > at), key=lambda slot: (slot.start, slot.id), default=None)
    return coming if coming and coming.start - EARLY <= at else None


def seat_at(table: int, meetings: Sequence[Meeting], rounds: Sequence[Slot], at: datetime) -> Place:
    """Whether the company with these meetings belongs at `table` at `at`, and if not, where."""
    slots = {slot.id: slot for slot in rounds}
    known = sorted(
        (each for each in meetings if each.round in slots),
        key=lambda each: (slots[each.round].start, each.round, each.table),
    )
    now = round_at(rounds, at)
    if now:
        here_now = [each for each in known if each.round == now.id]
        if any(each.table == table for each in here_now):
            return Place("mine", now.id)
        if here_now:
            return Place("elsewhere", now.id, here_now[0])
        later = [each for each in known if slots[each.round].start > now.start]
        return Place("later", now.id, later[0]) if later else Place("free", now.id)
    # Between or outside the rounds a table still knows its own: the next meeting here, else the last one.
    coming = [each for each in known if slots[each.round].end > at]
    here = [each for each in coming if each.table == table] or [each for each in known if each.table == table][-1:]
    if here:
        return Place("mine", here[0].round)
    if known:
        return Place("elsewhere", None, (coming or known[-1:])[0])
    return Place("free")
