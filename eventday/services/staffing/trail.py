"""Reading the audit trail. Entries name people and rows by number; names are looked up when it is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ...models import AuditEntry, Company, Delegate, Event, Need, Project, Round, Staff, db

_NUMBERED = re.compile(r"(\w+) (\d+)")
_NAMED: dict[str, tuple[Any, Any]] = {
    "company": (Company, Company.name),
    "delegate": (Delegate, Delegate.name),
    "need": (Need, Need.title),
    "project": (Project, Project.name),
    "round": (Round, Round.name),
    "staff": (Staff, Staff.email),
}


def entries_of(event: Event, *, actor: str = "", noun: str = ""):
    """A query over the event's entries, latest first: of one actor, about one kind of thing."""
    query = db.session.query(AuditEntry).filter_by(event_id=event.id)
    if actor:
        query = query.filter(AuditEntry.actor == actor)
    if noun:
        query = query.filter((AuditEntry.action == noun) | AuditEntry.action.startswith(f"{noun}.", autoescape=True))
    return query.order_by(AuditEntry.at.desc(), AuditEntry.id.desc())


def actor_names(event: Event) -> dict[str, str]:
    """Everybody who appears in the event's trail, with a name to show."""
    rows = db.session.query(AuditEntry.actor).filter_by(event_id=event.id).distinct().order_by(AuditEntry.actor)
    actors = [row[0] for row in rows]
    numbers = {
        actor: int(found[2]) for actor in actors if (found := _NUMBERED.fullmatch(actor)) and found[1] == "staff"
    }
    known = {row.id: row.name or row.email for row in db.session.query(Staff).filter(Staff.id.in_(numbers.values()))}
    return {actor: known.get(numbers.get(actor, 0), actor) for actor in actors}


def nouns_of(event: Event) -> list[str]:
    """What the entries are about."""
    rows = db.session.query(AuditEntry.action).filter_by(event_id=event.id).distinct()
    return sorted({row[0].partition(".")[0] for row in rows})


def target_names(entries: Sequence[AuditEntry]) -> dict[str, str]:
    """The names of the rows that `entries` are about, where there still is one: one query a kind."""
    wanted: dict[str, set[int]] = {}
    for entry in entries:
        found = _NUMBERED.fullmatch(entry.target)
        if found and found[1] in _NAMED:
            wanted.setdefault(found[1], set()).add(int(found[2]))
    names = {}
    for kind, numbers in wanted.items():
        model, column = _NAMED[kind]
        for number, name in db.session.query(model.id, column).filter(model.id.in_(numbers)):
            if name:
                names[f"{kind} {number}"] = name
    return names
