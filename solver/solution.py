"""A plan, what it is worth, and what it could not do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

SCHEMA = "eventday.solution/1"
VERSION = "eventday-solver/1.0"

Status = Literal["optimal", "feasible", "infeasible", "unknown"]
Value = int | tuple[int, ...]
"""What a goal is worth: a number, or for `fair` how many companies get 0, 1, 2, … wished meetings."""


class Assignment(NamedTuple):
    """A company at a table in a round."""

    company: str
    table: str
    round: str


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal's value and a bound no plan can pass, given the values of the goals before it."""

    name: str
    value: Value
    bound: Value
    claimed: bool | None = field(default=None, compare=False)
    """What a file says of `proven`, which `check` holds it to."""

    @property
    def proven(self) -> bool:
        """Value and bound have met."""
        return self.value == self.bound

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "value": _plain(self.value), "bound": _plain(self.bound), "proven": self.proven}


class Unmet(NamedTuple):
    """A wish or a promise (`kind`: wish, must) without a meeting, and what stopped it (`reason`: see UNMET)."""

    company: str
    host: str
    kind: str
    reason: str
    detail: str


class Seat(NamedTuple):
    """One end of a move."""

    table: str
    round: str


class Move(NamedTuple):
    """A published assignment that is not kept; `to` is None when the meeting had to go."""

    company: str
    origin: Seat
    to: Seat | None
    reason: str

    def to_json(self) -> dict[str, Any]:
        return {
            "company": self.company,
            "from": self.origin._asdict(),
            "to": self.to._asdict() if self.to else None,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Problem:
    """Why there is no plan, or what a planner must know of this one: a sentence in Chinese and in English."""

    reason: str
    zh: str
    en: str
    companies: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        named = {key: list(getattr(self, key)) for key in ("companies", "hosts", "tables", "rounds")}
        return {"reason": self.reason, "detail": self.en, "zh": self.zh, "en": self.en} | {
            key: value for key, value in named.items() if value
        }


@dataclass(frozen=True, slots=True)
class Solution:
    """The answer to one instance. `now` is set on a repaired day: rounds before it are history."""

    status: Status
    assignments: tuple[Assignment, ...] = ()
    goals: tuple[Goal, ...] = ()
    unmet: tuple[Unmet, ...] = ()
    moves: tuple[Move, ...] = ()
    problems: tuple[Problem, ...] = ()
    seconds: float = 0.0
    seed: int = 0
    method: str = ""
    now: str | None = None

    @property
    def found(self) -> bool:
        """There is a plan."""
        return self.status in ("optimal", "feasible")

    def goal(self, name: str) -> Goal | None:
        """The goal of that name, if it was asked for."""
        return next((goal for goal in self.goals if goal.name == name), None)

    def to_json(self) -> dict[str, Any]:
        """The solution as `eventday.solution/1`."""
        document = self.to_rows()
        return document | {key: [row._asdict() for row in document[key]] for key in ("assignments", "unmet")}

    def to_rows(self) -> dict[str, Any]:
        """The same, with assignments and unmet pairs as the tuples they are: of a huge day there are a million."""
        document: dict[str, Any] = {
            "schema": SCHEMA,
            "status": self.status,
            "assignments": self.assignments,
            "goals": [goal.to_json() for goal in self.goals],
            "unmet": self.unmet,
            "moves": [move.to_json() for move in self.moves],
            "problems": [problem.to_json() for problem in self.problems],
            "seconds": round(self.seconds, 3),
            "seed": self.seed,
            "solver": VERSION + (f" {self.method}" if self.method else ""),
        }
        return document | ({"now": self.now} if self.now else {})


def _plain(value: Value) -> int | list[int]:
    return list(value) if isinstance(value, tuple) else value
