"""A plan as planners read it: by table, by company, goal by goal, with every unmet wish and its reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from ...models import Event, Plan
from ...rules.board import Board, Seat
from .answers import unmet_of
from .ids import seats_of
from .instance import event_instance
from .reading_parts import Chip, Missing, Party, Place, Slot, parties_of, places_of, slots_of
from .today import as_of


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
    def chips_of(self) -> dict[tuple[str, str], list[Chip]]:
        """The chips of each (company, round)."""
        found: dict[tuple[str, str], list[Chip]] = defaultdict(list)
        for chips in self.cells.values():
            for chip in chips:
                found[chip.seat.company, chip.seat.round].append(chip)
        return found

    @cached_property
    def tables_of(self) -> dict[str, list[Place]]:
        """The tables of each host."""
        found: dict[str, list[Place]] = defaultdict(list)
        for place in self.places:
            found[place.host.id].append(place)
        return found

    @cached_property
    def missing_of(self) -> dict[str, list[Missing]]:
        """What each company lacks."""
        found: dict[str, list[Missing]] = defaultdict(list)
        for row in self.unmet:
            found[row.company.id].append(row)
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
    slots = slots_of(event, document, as_planned=plan.state in ("superseded", "scenario"))
    parties = parties_of(event)
    return Reading(
        plan,
        document,
        slots,
        places_of(event, document, parties),
        parties,
        seats,
        {(w["company"], w["host"]): w["interest"] + (w.get("host_interest") or 0) for w in document["wishes"]},
    )
