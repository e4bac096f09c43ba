"""A plan as planners read it: by table, by company, goal by goal, with every unmet wish and its reason."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from ...models import Company, Event, ForumTable, Participation, Plan, Round, Wish, db
from ...rules.board import Board, Seat
from ...rules.name_search import search_keys
from .answers import unmet_of
from .ids import company_id, host_id, number, round_id, seats_of, table_id
from .instance import event_instance
from .situation import arrivals
from .today import as_of


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


@dataclass
class Reading:
    """Everything a page shows of `plan`; `document` is the question it is judged by."""

    plan: Plan
    document: dict[str, Any]
    slots: list[Slot]
    places: list[Place]
    parties: dict[str, Party]
    seats: list[Seat]
    worth: dict[tuple[str, str], int] = field(default_factory=dict)

    @cached_property
    def board(self) -> Board:
        """The rules' own view of it."""
        return Board(self.document, [seat for seat in self.seats if seat.company in self._known])

    @cached_property
    def _known(self) -> set[str]:
        return {each["id"] for each in self.document["companies"]}

    @cached_property
    def host_of(self) -> dict[str, Party]:
        """The host at each table."""
        return {place.id: place.host for place in self.places}

    @cached_property
    def cells(self) -> dict[tuple[str, str], list[Chip]]:
        """The chips of each (table, round), dearest wish first."""
        locks = {Seat(**lock) for lock in self.document["locks"]}
        promised = {(each["company"], each["host"]) for each in self.document["must"]}
        found: dict[tuple[str, str], list[Chip]] = defaultdict(list)
        for seat in self.seats:
            pair = (seat.company, self.host_of[seat.table].id)
            chip = Chip(seat, self.parties[seat.company], self.worth.get(pair), seat in locks, pair in promised)
            found[seat.table, seat.round].append(chip)
        for chips in found.values():
            chips.sort(key=lambda chip: (-(chip.interest or 0), chip.party.label))
        return found

    @cached_property
    def by_company(self) -> dict[str, dict[str, list[Seat]]]:
        """Company → round → seats."""
        found: dict[str, dict[str, list[Seat]]] = {each: {} for each in self._known}
        for seat in self.seats:
            found.setdefault(seat.company, {}).setdefault(seat.round, []).append(seat)
        return found

    @cached_property
    def wished(self) -> Counter[str]:
        """How many wished meetings each company gets."""
        counts = Counter(dict.fromkeys(self._known, 0))
        for seat in self.seats:
            counts[seat.company] += (seat.company, self.host_of[seat.table].id) in self.worth
        return counts

    @cached_property
    def companies(self) -> list[Party]:
        """Those whom the plan serves, fewest wished meetings first."""
        return sorted(
            (self.parties[each] for each in self._known), key=lambda party: (self.wished[party.id], party.label)
        )

    @property
    def worst_off(self) -> list[Party]:
        """Those with the fewest wished meetings."""
        return [party for party in self.companies if self.wished[party.id] == self.wished[self.companies[0].id]]

    @property
    def spread(self) -> list[int]:
        """How many companies get 0, 1, 2, … wished meetings."""
        counts = Counter(self.wished[each] for each in self._known)
        return [counts[level] for level in range(max(counts, default=0) + 1)]

    @cached_property
    def unmet(self) -> list[Missing]:
        """Promises first, then wishes, the dearest first."""
        rows = [
            Missing(
                self.parties[each["company"]],
                self.parties[each["host"]],
                each["kind"],
                each["reason"],
                self.worth.get((each["company"], each["host"])),
            )
            for each in unmet_of(self.document, [seat for seat in self.seats if seat.company in self._known])
        ]
        promised = {(row.company.id, row.host.id) for row in rows if row.kind == "must"}
        rows = [row for row in rows if row.kind == "must" or (row.company.id, row.host.id) not in promised]
        return sorted(rows, key=lambda row: (row.kind != "must", -(row.interest or 0), row.company.label))

    @cached_property
    def faults(self) -> list[tuple[str, Seat]]:
        """Seats that the rules as they now stand would refuse."""
        return list(self.board.faults())


def read(event: Event, plan: Plan, *, now: datetime) -> Reading:
    """What `plan` says; a draft is judged by the event as it stands now, any other plan by the question it answered."""
    seats = seats_of(plan)
    document = plan.instance
    if plan.state == "draft" or not document:
        document = as_of(event, event_instance(event), seats, now=now)
    slots = _slots(event, document)
    parties = _parties(event)
    return Reading(
        plan,
        document,
        slots,
        _places(event, document, parties),
        parties,
        seats,
        {(w["company"], w["host"]): w["interest"] + (w.get("host_interest") or 0) for w in document["wishes"]},
    )


def _slots(event: Event, document: dict[str, Any]) -> list[Slot]:
    rows = {round_id(each.id): each for each in event.rounds}
    slots = []
    for position, each in enumerate(document["rounds"], start=1):
        row = rows.get(each["id"])
        names = (row.name, row.name_en) if row else (f"第{position}轮（新增）", f"Round {position} (added)")
        start, end = (datetime.fromisoformat(each[key]) for key in ("start", "end"))
        slots.append(Slot(each["id"], *names, start, end))
    return slots


def _places(event: Event, document: dict[str, Any], parties: dict[str, Party]) -> list[Place]:
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


def _parties(event: Event) -> dict[str, Party]:
    """Everybody who takes part, as company and as host."""
    here = arrivals(event.id)
    parts = db.session.query(Participation.company_id).filter_by(event_id=event.id)
    hosts = db.session.query(ForumTable.host_id).filter_by(event_id=event.id)
    wished = db.session.query(Wish.host_id).filter_by(event_id=event.id)
    rows = db.session.query(Company).filter(Company.id.in_(parts.union(hosts, wished)))
    found = {}
    for row in rows:
        names = (row.name, row.short_name, row.name_en)
        words = " ".join(key for name in names if name for key in search_keys(name))
        for identifier in (company_id(row.id), host_id(row.id)):
            found[identifier] = Party(identifier, row.name, row.name_en, row.short_name, words, here.get(row.id, ""))
    return found


def names_in(sentence: str) -> dict[str, str]:
    """The names behind the ids in a sentence of the optimiser's, whoever they are."""
    found: dict[str, str] = {}
    for identifier in set(re.findall(r"\b[chtr]\d+\b", sentence)):
        model: Any = {"c": Company, "h": Company, "t": ForumTable, "r": Round}[identifier[0]]
        row = db.session.get(model, number(identifier))
        if row is not None:
            found[identifier] = row.name if isinstance(row, Round) else row.label
    return found
