"""Conflicts: two stations let one badge in while apart. Both scans stand; a person says what it was."""

from __future__ import annotations

from datetime import datetime

from ...models import Conflict, db, next_revision
from ...rules.errors import Invalid, NotFound
from .. import audit

# The same person scanned twice; somebody else carried the badge.
VERDICTS = ("same", "other")


def settle(event_id: int, number: int, verdict: str, *, now: datetime, actor: str) -> Conflict:
    """Note what it was. The first word counts: the conflict that is returned tells it, and who said it.

    Raises NotFound, or Invalid for an unknown verdict.
    """
    if verdict not in VERDICTS:
        raise Invalid("Say whether it was the same person or somebody else.", field="verdict")
    conflict = db.session.query(Conflict).filter_by(id=number, event_id=event_id).with_for_update().one_or_none()
    if conflict is None:
        raise NotFound("There is no such conflict at this event.")
    if conflict.settled_at is None:
        conflict.settled_at, conflict.settled_by, conflict.verdict = now, actor, verdict
        target = f"conflict {number}"
        audit.record(at=now, actor=actor, action="conflict.settle", event_id=event_id, target=target, verdict=verdict)
        next_revision(db.session(), event_id)
    db.session.commit()
    return conflict
