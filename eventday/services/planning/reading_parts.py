"""What a reading of a plan is made of: companies and hosts, tables, rounds, chips, and meetings that are missing."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ...models import Company, Event, ForumTable, Participation, Round, Wish, db
from ...rules.board import Seat
from ...rules.company_names import short_form
from ...rules.name_search import search_keys
from .ids import company_id, host_id, number, round_id, table_id
from .situation import arrivals


@dataclass(frozen=True)
class Party:
    """A company or a host: names in both languages, and the words it is found by."""

    id: str
    name: str
    name_en: str = ""
    short: str = ""
    words: str = ""
    state: str = ""  # expected, arrived, left; empty where it has no delegate

    @property
    def label(self) -> str:
        return self.short or self.name


@dataclass(frozen=True)
class Place:
    """A table with its host."""

    id: str
    label: str
    host: Party
    capacity: int
    room: str = ""
    room_en: str = ""
    closed: frozenset[str] = frozenset()
    minimum: int = 0


@dataclass(frozen=True)
class Slot:
    """A round."""

    id: str
    name: str
    name_en: str
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Chip:
    """A company on the board."""

    seat: Seat
    party: Party
    interest: int | None
    locked: bool = False
    promised: bool = False


@dataclass(frozen=True)
class Missing:
    """A wish or a promise without a meeting."""

    company: Party
    host: Party
    kind: str
    reason: str
    interest: int | None = None


def slots_of(event: Event, document: dict[str, Any], *, as_planned: bool = False) -> list[Slot]:
    """The rounds of `document`: at the times that hold now, since the day may run late, or `as_planned` then."""
    rows = {round_id(each.id): each for each in event.rounds}
    slots = []
    for position, each in enumerate(document["rounds"], start=1):
        row = rows.get(each["id"])
        names = (row.name, row.name_en) if row else (f"第{position}轮（新增）", f"Round {position} (added)")
        if row is None or as_planned:
            start, end = (datetime.fromisoformat(each[key]) for key in ("start", "end"))
        else:
            start, end = row.start, row.end
        slots.append(Slot(each["id"], *names, start, end))
    return slots


def places_of(event: Event, document: dict[str, Any], parties: dict[str, Party]) -> list[Place]:
    rows = {table_id(each.id): each for each in db.session.query(ForumTable).filter_by(event_id=event.id)}
    every = {each["id"] for each in document["rounds"]}
    places = []
    for each in document["tables"]:
        row = rows.get(each["id"])
        label, room, room_en = (row.label, row.room, row.room_en) if row else (each["id"].replace("t", ""), "", "")
        closed = frozenset(every.difference(each.get("rounds", every)))
        place = Place(
            each["id"], label, parties[each["host"]], each["capacity"], room, room_en, closed, each.get("min", 0)
        )
        places.append(place)
    return places


def parties_of(event: Event) -> dict[str, Party]:
    """Everybody who takes part, as company and as host."""
    here = arrivals(event.id)
    parts = db.session.query(Participation.company_id).filter_by(event_id=event.id)
    hosts = db.session.query(ForumTable.host_id).filter_by(event_id=event.id)
    wished = db.session.query(Wish.host_id).filter_by(event_id=event.id)
    rows = db.session.query(Company).filter(Company.id.in_(parts.union(hosts, wished))).all()
    shared = Counter(row.short_name or short_form(row.name) for row in rows)
    found = {}
    for row in rows:
        names = (row.name, row.short_name, row.name_en)
        words = " ".join(key for name in names if name for key in search_keys(name))
        short = row.short_name or short_form(row.name)
        if shared[short] > 1:  # two that would read alike are called by their whole names
            short = row.short_name
        for identifier in (company_id(row.id), host_id(row.id)):
            found[identifier] = Party(identifier, row.name, row.name_en, short, words, here.get(row.id, ""))
    return found


def rows_in(sentence: str) -> dict[str, Company | ForumTable | Round]:
    """What the ids in a sentence of the optimiser's stand for, whoever they are."""
    found: dict[str, Company | ForumTable | Round] = {}
    for identifier in set(re.findall(r"\b[chtr]\d+\b", sentence)):
        model: Any = {"c": Company, "h": Company, "t": ForumTable, "r": Round}[identifier[0]]
        row = db.session.get(model, number(identifier))
        if row is not None:
            found[identifier] = row
    return found
