"""The day as it runs: which round is next, and what of a plan is already history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from ...models import Event, Plan, Round, db
from ...rules.board import Seat
from .ids import round_id

NEAR = timedelta(hours=4)


def next_round(event: Event, now: datetime) -> Round | None:
    """The first round that has not begun, while the forum runs; None before its first round and after its last.

    Before, nothing is history yet; after, somebody plans over a day gone by, and all of it is open again.
    """
    ahead = [each for each in event.rounds if each.start > now]
    return ahead[0] if ahead and len(ahead) < len(event.rounds) else None


def running_round(event: Event, now: datetime) -> Round | None:
    """The round in which companies sit now."""
    return next((each for each in event.rounds if each.start <= now < each.end), None)


def as_of(event: Event, document: dict[str, Any], seats: Sequence[Seat], *, now: datetime) -> dict[str, Any]:
    """The question as it stands at `now`: rounds that have begun are history, with everybody who sat in them.

    A lock that the plan's own history contradicts, or of somebody who cannot come any more, binds nobody.
    """
    upcoming = next_round(event, now)
    if upcoming is None:
        return document
    open_rounds = {round_id(each.id) for each in event.rounds if each.start > now}
    known = {each["id"] for each in document["companies"]}
    gone = sorted({seat.company for seat in seats if seat.company not in known and seat.round not in open_rounds})
    companies = [{key: value for key, value in each.items() if key != "min_meetings"} for each in document["companies"]]
    available = {each["id"]: set(each.get("rounds", open_rounds)) for each in companies}
    open_at = {each["id"]: set(each.get("rounds", open_rounds)) for each in document["tables"]}
    return document | {
        "now": round_id(upcoming.id),
        "companies": [*companies, *({"id": each, "rounds": []} for each in gone)],
        "tables": [{key: value for key, value in each.items() if key != "min"} for each in document["tables"]],
        "locks": [
            lock
            for lock in document["locks"]
            if lock["round"] in open_rounds & available.get(lock["company"], set()) & open_at.get(lock["table"], set())
        ],
    }


def any_forum_near(now: datetime) -> bool:
    """Whether a forum with a published plan runs or begins within hours: planners may ask for repairs any moment."""
    rounds = db.session.query(Round.id).join(Plan, (Plan.event_id == Round.event_id) & (Plan.state == "published"))
    return rounds.filter(Round.end > now, Round.start < now + NEAR).first() is not None
