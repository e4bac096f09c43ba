"""The board: may this company sit there, and what would it cost, goal by goal?

Works on an instance document (`eventday.instance/1`) and plain (company, table, round) seats, one cell in constant
time, so that a whole board of verdicts is painted while a chip is still being lifted. The optimiser's own checker
has the last word when a drop is stored; this is the same law told cell by cell.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .errors import sentence


class Seat(NamedTuple):
    """An assignment by the ids of the instance."""

    company: str
    table: str
    round: str


# Why a cell does not take a chip, as a planner reads it.
REASONS = {
    "past": sentence("this round has begun"),
    "held": sentence("the meeting has begun"),
    "locked": sentence("the meeting is locked"),
    "never": sentence("the two must never meet"),
    "closed": sentence("the table is closed in this round"),
    "too_big": sentence("the company needs more seats than the table has"),
    "absent": sentence("the company is not there in this round"),
    "once_per_host": sentence("the company already meets this host"),
    "once_per_round": sentence("the company sits elsewhere in this round"),
    "company_limit": sentence("the company has as many meetings as it may have"),
    "host_limit": sentence("the host has as many meetings as it may have"),
    "full": sentence("every seat is taken"),
    "apart": sentence("a company sits there that it is kept apart from"),
    "unwished": sentence("the company did not wish to meet this host"),
    "minimum": sentence("the table it leaves would fall below its minimum"),
    "min_meetings": sentence("the company must have at least as many meetings as it has now"),
}


@dataclass(frozen=True)
class Verdict:
    """`reason` is None where the chip may go; `who` names companies in the way. Costs: more is better, `gaps` fewer."""

    reason: str | None
    who: tuple[str, ...] = ()
    must: int = 0
    wished: tuple[int, int] = (0, 0)
    interest: int = 0
    gaps: int = 0

    def to_json(self) -> dict[str, Any]:
        """For the page."""
        return {
            "reason": self.reason,
            "who": list(self.who),
            "must": self.must,
            "wished": list(self.wished),
            "interest": self.interest,
            "gaps": self.gaps,
        }


@dataclass
class _Law:
    """The instance as lookups."""

    tables: dict[str, dict[str, Any]]
    companies: dict[str, dict[str, Any]]
    host_limit: dict[str, int]
    rounds: dict[str, int]
    worth: dict[tuple[str, str], int]
    must: set[tuple[str, str]]
    never: set[tuple[str, str]]
    locks: set[Seat]
    foes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    allow_unwished: bool = False
    first_open: int = 0

    @classmethod
    def of(cls, instance: dict[str, Any]) -> _Law:
        order = {each["id"]: index for index, each in enumerate(instance["rounds"])}
        law = cls(
            tables={each["id"]: each for each in instance["tables"]},
            companies={each["id"]: each for each in instance["companies"]},
            host_limit={
                each["id"]: each["max_meetings"]
                for each in instance.get("hosts", ())
                if each.get("max_meetings") is not None
            },
            rounds=order,
            worth={
                (w["company"], w["host"]): w["interest"] + (w.get("host_interest") or 0)
                for w in instance.get("wishes", ())
            },
            must={(each["company"], each["host"]) for each in instance.get("must", ())},
            never={(each["company"], each["host"]) for each in instance.get("never", ())},
            locks={Seat(each["company"], each["table"], each["round"]) for each in instance.get("locks", ())},
            allow_unwished=bool(instance.get("allow_unwished")),
            first_open=order.get(instance.get("now") or "", 0),
        )
        for first, second in instance.get("apart", ()):
            law.foes[first].add(second)
            law.foes[second].add(first)
        return law

    def may_meet(self, company: str, host: str) -> bool:
        locked = any(lock.company == company and self.tables[lock.table]["host"] == host for lock in self.locks)
        return self.allow_unwished or (company, host) in self.worth or (company, host) in self.must or locked


class Board:
    """A plan on the table: ask for verdicts, or for the faults it has under the rules as they stand now."""

    def __init__(self, instance: dict[str, Any], seats: Iterable[Seat]) -> None:
        self.law = _Law.of(instance)
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

    def _host(self, seat: Seat) -> str:
        return str(self.law.tables[seat.table]["host"])

    def taken(self, table: str, round_id: str) -> int:
        """Seats in use."""
        return sum(self.law.companies[company].get("seats", 1) for company in self.at[table, round_id])

    def verdicts(self, company: str, origin: Seat | None = None) -> dict[tuple[str, str], Verdict]:
        """For every (table, round): may `company` sit there, leaving `origin` if given, and at what cost?"""
        blocked = self._bound_to_stay(origin) if origin else None
        before = self._worth_of(company)
        if origin:
            self._take(origin)
        try:
            found = {}
            for table, data in self.law.tables.items():
                for round_id in self.law.rounds:
                    seat = Seat(company, table, round_id)
                    if seat == origin:
                        continue
                    refusal = (blocked, ()) if blocked else self._refusal(seat, str(data["host"]))
                    found[table, round_id] = self._weigh(seat, before, *refusal)
            return found
        finally:
            if origin:
                self._put(origin)

    def removal(self, origin: Seat) -> Verdict:
        """May the meeting be taken off the board, and at what cost?"""
        reason = self._bound_to_stay(origin)
        company = self.law.companies[origin.company]
        if reason is None and len(self.of[origin.company]) <= company.get("min_meetings", 0):
            reason = "min_meetings"
        before = self._worth_of(origin.company)
        self._take(origin)
        after = self._worth_of(origin.company)
        self._put(origin)
        return _difference(reason, (), before, after)

    def _bound_to_stay(self, origin: Seat) -> str | None:
        if self.law.rounds[origin.round] < self.law.first_open:
            return "held"
        if origin in self.law.locks:
            return "locked"
        left = self.taken(origin.table, origin.round) - self.law.companies[origin.company].get("seats", 1)
        return "minimum" if left < self.law.tables[origin.table].get("min", 0) else None

    def _refusal(self, seat: Seat, host: str) -> tuple[str | None, tuple[str, ...]]:
        """The first rule that refuses the seat, what can never be before what is only in the way."""
        law, (company, table, round_id) = self.law, seat
        who, data = law.companies[company], law.tables[table]
        if law.rounds[round_id] < law.first_open:
            return "past", ()
        if (company, host) in law.never:
            return "never", ()
        if round_id not in data.get("rounds", law.rounds):
            return "closed", ()
        if who.get("seats", 1) > data["capacity"]:
            return "too_big", ()
        if round_id not in who.get("rounds", law.rounds):
            return "absent", ()
        if not law.may_meet(company, host):
            return "unwished", ()
        return self._in_the_way(seat, host)

    def _in_the_way(self, seat: Seat, host: str) -> tuple[str | None, tuple[str, ...]]:
        law, (company, table, round_id) = self.law, seat
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

    def _worth_of(self, company: str) -> tuple[int, int, int, int]:
        """(promises kept, wished meetings, interest, idle rounds between the first and last) of one company."""
        pairs = {(company, self._host(seat)) for seat in self.of[company]}
        wished = [self.law.worth[pair] for pair in pairs if pair in self.law.worth]
        busy = {self.law.rounds[seat.round] for seat in self.of[company]}
        gaps = max(busy) - min(busy) + 1 - len(busy) if busy else 0
        return len(pairs & self.law.must), len(wished), sum(wished), gaps

    def _weigh(
        self, seat: Seat, before: tuple[int, int, int, int], reason: str | None, who: tuple[str, ...]
    ) -> Verdict:
        if reason:
            return Verdict(reason, who)
        self._put(seat)
        after = self._worth_of(seat.company)
        self._take(seat)
        return _difference(None, (), before, after)

    def faults(self) -> Iterator[tuple[str, Seat]]:
        """Every seat that the rules as they stand would not allow, with the reason; nothing is changed by asking."""
        for seat in sorted(self.seats):
            if self.law.rounds[seat.round] < self.law.first_open:
                continue
            self._take(seat)
            reason, _who = self._refusal(seat, self._host(seat))
            self._put(seat)
            if reason:
                yield reason, seat


def _difference(
    reason: str | None, who: tuple[str, ...], before: tuple[int, int, int, int], after: tuple[int, int, int, int]
) -> Verdict:
    return Verdict(reason, who, after[0] - before[0], (before[1], after[1]), after[2] - before[2], after[3] - before[3])
