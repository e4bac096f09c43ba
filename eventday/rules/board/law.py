"""The law of the board: an instance as lookups."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from .seat import Seat


@dataclass
class Law:
    """What the instance allows and what its meetings are worth; rounds are told by their place in the day."""

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
    def of(cls, instance: dict[str, Any]) -> Law:
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

    def forbids(self, seat: Seat) -> str | None:
        """The first rule that refuses the seat whoever else sits where, what can never be before what is not now."""
        company, table, round_id = seat
        who, data = self.companies[company], self.tables[table]
        if self.rounds[round_id] < self.first_open:
            return "past"
        if (company, data["host"]) in self.never:
            return "never"
        if round_id not in data.get("rounds", self.rounds):
            return "closed"
        if who.get("seats", 1) > data["capacity"]:
            return "too_big"
        if round_id not in who.get("rounds", self.rounds):
            return "absent"
        return None if self.may_meet(company, str(data["host"])) else "unwished"
