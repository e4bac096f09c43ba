"""The day at one moment: where each company stands, and what disturbs the published plan (`disruptions` notices it)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ...models import Delegate, Event, Plan, Presence, Round, db
from ...rules.board import Seat


@dataclass(frozen=True)
class Disruption:
    """`kind`: not_here, late, left, withdrawn, walk_in, returned; of hosts and tables host_*, closed, link_down.

    Ids are the documents'; `rounds` are those in which a planned meeting cannot be held because of it.
    """

    kind: str
    company: str = ""
    table: str = ""
    rounds: tuple[str, ...] = ()
    until: datetime | None = None


@dataclass
class Situation:
    """The day at one moment. `document` is the question as things now stand, `seats` are the live plan's."""

    event: Event
    plan: Plan | None
    now: datetime
    running: Round | None
    upcoming: Round | None
    document: dict[str, Any]
    seats: list[Seat] = field(default_factory=list)
    disruptions: list[Disruption] = field(default_factory=list)
    arrivals: dict[int, str] = field(default_factory=dict)

    @property
    def signature(self) -> str:
        """Changes when the answer would: a proposal made for another signature is stale."""
        text = json.dumps([self.plan.id if self.plan else 0, self.document], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def arrivals(event_id: int) -> dict[int, str]:
    """Where each company stands: arrived when one of its delegates is here, left when all who came have gone."""
    rows = (
        db.session.query(Delegate.company_id, Presence.state)
        .join(Presence, Presence.delegate_id == Delegate.id)
        .filter(Delegate.event_id == event_id, Delegate.merged_into_id.is_(None), Delegate.erased_at.is_(None))
    )
    found: dict[int, str] = {}
    rank = {"expected": 0, "left": 1, "arrived": 2}
    for company, state in rows:
        if rank.get(state, 0) >= rank.get(found.get(company, "expected"), 0):
            found[company] = state
    return found
