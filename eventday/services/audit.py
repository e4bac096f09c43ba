"""The audit trail: who changed what. Written in the same transaction as the change."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..models import AuditEntry, db


def record(
    *, at: datetime, actor: str, action: str, event_id: int | None = None, target: str = "", **detail: Any
) -> None:
    """Note that `actor` did `action` to `target`. `detail` names fields and counts, never personal data."""
    db.session.add(AuditEntry(at=at, actor=actor, action=action, event_id=event_id, target=target, detail=detail))
