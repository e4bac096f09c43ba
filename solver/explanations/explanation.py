"""The shape of an answer: a machine's word, two sentences, and the facts behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from solver.solution import Assignment, Move, Value
from solver.unmet import UNMET

REASONS = UNMET | {
    "met": "the two do meet",
    "not_wished": "no wish was declared, and unwished meetings are not allowed",
}
"""The fixed vocabulary of `reason`."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who sits on a seat that the company could have taken: its claim is its wish's worth and its wished meetings."""

    company: str
    table: str
    round: str
    worth: int
    wished_meetings: int

    def to_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("company", "table", "round", "worth", "wished_meetings")}


@dataclass(frozen=True, slots=True)
class Swap:
    """The cheapest plan that grants the meeting, found by solving again: goals before and after, and who moves.

    `proven` tells whether no cheaper one can exist.
    """

    before: dict[str, Value]
    after: dict[str, Value]
    moves: tuple[Move, ...]
    added: tuple[Assignment, ...]
    proven: bool

    @property
    def free(self) -> bool:
        """Granting the meeting costs no goal anything."""
        return self.before == self.after

    def to_json(self) -> dict[str, Any]:
        return {
            "goals": [
                {"name": name, "before": _plain(self.before[name]), "after": _plain(self.after[name])}
                for name in self.before
            ],
            "moves": [move.to_json() for move in self.moves],
            "added": [each._asdict() for each in self.added],
            "proven": self.proven,
        }


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one pair does not meet. `kind`: must, wish, or pair (neither).

    `relaxations` are changes of the rules, each verified.
    """

    company: str
    host: str
    kind: str
    reason: str
    zh: str
    en: str
    holders: tuple[Holder, ...] = ()
    swap: Swap | None = None
    relaxations: tuple[tuple[str, str], ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "company": self.company,
            "host": self.host,
            "kind": self.kind,
            "reason": self.reason,
            "zh": self.zh,
            "en": self.en,
            "holders": [holder.to_json() for holder in self.holders],
            "swap": self.swap.to_json() if self.swap else None,
            "relaxations": [{"zh": zh, "en": en} for zh, en in self.relaxations],
        }


def _plain(value: Value) -> int | list[int]:
    return list(value) if isinstance(value, tuple) else value
