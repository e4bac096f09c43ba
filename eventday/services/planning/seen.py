"""Who has seen a version: an attendee's page says so once it has shown it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from ...models import Assignment, Delegate, Plan, PlanSeen, db


class Seen(NamedTuple):
    """How many of the delegates whom a version concerns have seen it."""

    seen: int
    concerned: int


def note_seen(plan_id: int, delegate_id: int, *, now: datetime) -> None:
    """A delegate's phone has shown this version; noted once (not committed)."""
    if not db.session.query(PlanSeen.id).filter_by(plan_id=plan_id, delegate_id=delegate_id).first():
        db.session.add(PlanSeen(plan_id=plan_id, delegate_id=delegate_id, at=now))
        db.session.flush()


def seen_by(plan: Plan) -> Seen:
    """How many delegates of companies that have meetings in `plan` have seen it."""
    companies = db.session.query(Assignment.company_id).filter_by(plan_id=plan.id)
    concerned = db.session.query(Delegate.id).filter(
        Delegate.event_id == plan.event_id, Delegate.company_id.in_(companies), Delegate.erased_at.is_(None)
    )
    seen = db.session.query(PlanSeen.id).filter(
        PlanSeen.plan_id == plan.id, PlanSeen.delegate_id.in_(concerned.scalar_subquery())
    )
    return Seen(seen.count(), concerned.count())
