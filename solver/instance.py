"""The problem as data: who is there, which tables are open, who wishes to meet whom.

An `Instance` is what `eventday.instance/1` says, with every default filled in and every reference known to exist.
`solver.parse` makes one from a dict; nothing else in the package looks at raw input.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

SCHEMA = "eventday.instance/1"


class Wish(NamedTuple):
    """A company's declared interest (1–1000) in a host; the host's own rating where it gave one."""

    company: str
    host: str
    interest: int
    host_interest: int | None = None

    @property
    def worth(self) -> int:
        """What a meeting of the two adds to the goals `interest` and `floor`."""
        return self.interest + (self.host_interest or 0)


class Pair(NamedTuple):
    """A company and a host: a promise, or a ban."""

    company: str
    host: str


class Lock(NamedTuple):
    """An assignment that stays."""

    company: str
    table: str
    round: str


@dataclass(frozen=True, slots=True)
class Round:
    """A time slot. Rounds are kept in the order in which they take place."""

    id: str
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Where a host receives companies: `capacity` counts seats, `min` seats must be taken in every open round."""

    id: str
    host: str
    capacity: int
    min: int
    rounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Host:
    """A host; `max_meetings` counts all its tables, None is no limit."""

    id: str
    max_meetings: int | None = None


@dataclass(frozen=True, slots=True)
class Company:
    """A company: the rounds it is there, how many meetings it must and may have, seats per meeting, teams."""

    id: str
    rounds: tuple[str, ...]
    min_meetings: int = 0
    max_meetings: int | None = None
    seats: int = 1
    delegations: int = 1


@dataclass(frozen=True, slots=True)
class Instance:
    """One day to plan. Immutable; `dataclasses.replace` makes the variants that explanations re-solve."""

    rounds: tuple[Round, ...]
    tables: tuple[Table, ...]
    hosts: tuple[Host, ...]
    companies: tuple[Company, ...]
    wishes: tuple[Wish, ...] = ()
    must: tuple[Pair, ...] = ()
    never: tuple[Pair, ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    locks: tuple[Lock, ...] = ()
    allow_unwished: bool = False
    now: str | None = None
    name: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The instance in the form that `parse` reads, defaults written out."""
        document: dict[str, Any] = {"schema": SCHEMA}
        if self.name is not None:
            document["name"] = self.name
        if self.now is not None:
            document["now"] = self.now
        return document | {
            "rounds": [_without_none(id=r.id, start=r.start, end=r.end) for r in self.rounds],
            "tables": [
                {"id": t.id, "host": t.host, "capacity": t.capacity, "min": t.min, "rounds": list(t.rounds)}
                for t in self.tables
            ],
            "hosts": [_without_none(id=h.id, max_meetings=h.max_meetings) for h in self.hosts],
            "companies": [
                _without_none(
                    id=c.id,
                    rounds=list(c.rounds),
                    min_meetings=c.min_meetings,
                    max_meetings=c.max_meetings,
                    seats=c.seats,
                    delegations=c.delegations,
                )
                for c in self.companies
            ],
            "wishes": [_without_none(**wish._asdict()) for wish in self.wishes],
            "must": [pair._asdict() for pair in self.must],
            "never": [pair._asdict() for pair in self.never],
            "apart": [list(pair) for pair in self.apart],
            "locks": [lock._asdict() for lock in self.locks],
            "allow_unwished": self.allow_unwished,
        }


def _without_none(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
