"""Reading the audit trail. Entries name people and rows by number; names are looked up when it is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from ...models import (
    AuditEntry,
    Company,
    Delegate,
    Event,
    Need,
    Plan,
    ProgrammeItem,
    Project,
    Round,
    Staff,
    Station,
    db,
)

_NUMBERED = re.compile(r"(\w+) (\d+)")
_PAIR = re.compile(r"companies (\d+) and (\d+)")
# kind: its model, and the columns that may name it, best first
_NAMED: dict[str, tuple[Any, ...]] = {
    "company": (Company, Company.name),
    "host": (Company, Company.name),
    "delegate": (Delegate, Delegate.name),
    "need": (Need, Need.title),
    "plan": (Plan, Plan.name),
    "programme": (ProgrammeItem, ProgrammeItem.title),
    "project": (Project, Project.name),
    "round": (Round, Round.name),
    "staff": (Staff, Staff.name, Staff.email),
    "station": (Station, Station.name),
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
    """Everybody who appears in the event's trail, with a name where one is known, else ""."""
    rows = db.session.query(AuditEntry.actor).filter_by(event_id=event.id).distinct().order_by(AuditEntry.actor)
    actors = [row[0] for row in rows]
    known = names_of(actors)
    return {actor: known.get(actor, "") for actor in actors}


def nouns_of(event: Event) -> list[str]:
    """What the entries are about."""
    rows = db.session.query(AuditEntry.action).filter_by(event_id=event.id).distinct()
    return sorted({row[0].partition(".")[0] for row in rows})


def target_names(entries: Sequence[AuditEntry]) -> dict[str, str]:
    """The names of the rows that `entries` are about, where there still is one."""
    return names_of(each for entry in entries for each in references_in(entry.target))


def references_in(target: str) -> list[str]:
    """What a target names, one by one: `companies 3 and 4` are `company 3` and `company 4`."""
    if pair := _PAIR.fullmatch(target):
        return [f"company {number}" for number in pair.groups()]
    return target.split(", ")


def names_of(references: Iterable[str]) -> dict[str, str]:
    """Names for references such as `company 12`, where the row still has one: one query a kind."""
    wanted: dict[str, set[int]] = {}
    for reference in references:
        found = _NUMBERED.fullmatch(reference)
        if found and found[1] in _NAMED:
            wanted.setdefault(found[1], set()).add(int(found[2]))
    names = {}
    for kind, numbers in wanted.items():
        model, *columns = _NAMED[kind]
        for number, *known in db.session.query(model.id, *columns).filter(model.id.in_(numbers)):
            if name := next(filter(None, known), ""):
                names[f"{kind} {number}"] = name
    return names
