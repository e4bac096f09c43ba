"""Companies on tables and rounds under the law: what each cell says to a chip, and what stands against the rules."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from .law import Law
from .seat import Seat
from .verdict import Verdict, Worth

Refusal = tuple[str | None, tuple[str, ...]]


class Board:
    """A plan on the table: ask for verdicts, or for the faults it has under the rules as they stand now."""

    def __init__(self, instance: dict[str, Any], seats: Iterable[Seat]) -> None:
        self.law = Law.of(instance)
        self.seats: set[Seat] = set()
        self.at: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.of: dict[str, set[Seat]] = defaultdict(set)
        self.received: Counter[str] = Counter()
        for seat in seats:
            self._put(Seat(*seat))

    def _put(self, seat: Seat) -> None:
        self.seats.add(seat)
        self.at[seat.table, seat.round].add(seat.company)
        self.of[seat.company].add(seat)
        self.received[self._host(seat)] += 1

    def _take(self, seat: Seat) -> None:
        self.seats.discard(seat)
        self.at[seat.table, seat.round].discard(seat.company)
        self.of[seat.company].discard(seat)
        self.received[self._host(seat)] -= 1

    @contextmanager
    def _without(self, seat: Seat | None) -> Iterator[None]:
        """The board while `seat` is in the hand."""
        if seat:
            self._take(seat)
        try:
            yield
        finally:
            if seat:
                self._put(seat)

    def _host(self, seat: Seat) -> str:
        return str(self.law.tables[seat.table]["host"])

    def taken(self, table: str, round_id: str) -> int:
        """Seats in use."""
        return sum(self.law.companies[company].get("seats", 1) for company in self.at[table, round_id])

    def verdicts(self, company: str, origin: Seat | None = None) -> dict[tuple[str, str], Verdict]:
        """For every (table, round): may `company` sit there, leaving `origin` if given, and at what cost?"""
        blocked = self._bound_to_stay(origin) if origin else None
        before = self._worth_of(company)
        cells = [Seat(company, table, round_id) for table in self.law.tables for round_id in self.law.rounds]
        with self._without(origin):
            return {
                (seat.table, seat.round): self._weigh(seat, before, (blocked, ()) if blocked else self._refusal(seat))
                for seat in cells
                if seat != origin
            }

    def removal(self, origin: Seat) -> Verdict:
        """May the meeting be taken off the board, and at what cost?"""
        reason = self._bound_to_stay(origin)
        company = self.law.companies[origin.company]
        if reason is None and len(self.of[origin.company]) <= company.get("min_meetings", 0):
            reason = "min_meetings"
        before = self._worth_of(origin.company)
        with self._without(origin):
            return Verdict.of_change(reason, before, self._worth_of(origin.company))

    def faults(self) -> Iterator[tuple[str, Seat]]:
        """Every seat that the rules as they stand would not allow, with the reason; nothing is changed by asking."""
        for seat in sorted(self.seats):
            if self.law.rounds[seat.round] < self.law.first_open:
                continue
            with self._without(seat):
                reason, _who = self._refusal(seat)
            if reason:
                yield reason, seat

    def _bound_to_stay(self, origin: Seat) -> str | None:
        if self.law.rounds[origin.round] < self.law.first_open:
            return "held"
        if origin in self.law.locks:
            return "locked"
        left = self.taken(origin.table, origin.round) - self.law.companies[origin.company].get("seats", 1)
        return "minimum" if left < self.law.tables[origin.table].get("min", 0) else None

    def _refusal(self, seat: Seat) -> Refusal:
        """The first rule that refuses the seat: what forbids it outright before what is only in the way."""
        forbidden = self.law.forbids(seat)
        return (forbidden, ()) if forbidden else self._in_the_way(seat)

    def _in_the_way(self, seat: Seat) -> Refusal:
        law, (company, table, round_id), host = self.law, seat, self._host(seat)
        who, there = law.companies[company], self.at[table, round_id]
        mine = self.of[company]
        if any(self._host(other) == host for other in mine):
            return "once_per_host", ()
        if sum(other.round == round_id for other in mine) >= who.get("delegations", 1):
            return "once_per_round", ()
        most = who.get("max_meetings")
        if most is not None and len(mine) >= most:
            return "company_limit", ()
        if host in law.host_limit and self.received[host] >= law.host_limit[host]:
            return "host_limit", ()
        if self.taken(table, round_id) + who.get("seats", 1) > law.tables[table]["capacity"]:
            return "full", tuple(sorted(there))
        if foes := law.foes.get(company, set()) & there:
            return "apart", tuple(sorted(foes))
        return None, ()

    def _worth_of(self, company: str) -> Worth:
        pairs = {(company, self._host(seat)) for seat in self.of[company]}
        wished = [self.law.worth[pair] for pair in pairs if pair in self.law.worth]
        busy = {self.law.rounds[seat.round] for seat in self.of[company]}
        gaps = max(busy) - min(busy) + 1 - len(busy) if busy else 0
        return Worth(len(pairs & self.law.must), len(wished), sum(wished), gaps)

    def _weigh(self, seat: Seat, before: Worth, refusal: Refusal) -> Verdict:
        if refusal[0]:
            return Verdict(*refusal)
        self._put(seat)
        after = self._worth_of(seat.company)
        self._take(seat)
        return Verdict.of_change(None, before, after)
