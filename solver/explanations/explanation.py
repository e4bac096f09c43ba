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

CLAIMS = {
    "held": "the meeting has taken place",
    "locked": "the seat is locked",
    "must": "the meeting is promised",
    "fair": "the day would be less fair without it",
    "interest": "the meeting is worth more",
    "equal": "their claim is as good",
    "weaker": "their claim by itself is weaker: only what else would have to change, or no search, kept them there",
    "own": "the company itself sits there",
}
"""The fixed vocabulary of a holder's `claim`, strongest first."""

SEARCHES = {
    "": "nothing was to be searched for: the two meet, or the rules themselves rule it out",
    "proven": "no plan that grants the meeting is better in the goals, and none as good changes fewer seats",
    "cheapest": "no plan that grants the meeting is better in the goals; whether one as good changes fewer is open",
    "found": "a plan that grants the meeting; a better one may exist",
    "impossible": "no plan grants the meeting while the rules stay as they are",
    "none": "no plan that grants the meeting was found",
}
"""The fixed vocabulary of `search`."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who sits where the company could have sat, with the worth of its wish, its wished meetings, and its `claim`.

    Of a company that is `busy`, the seats that it has elsewhere itself.
    """

    company: str
    table: str
    round: str
    worth: int
    wished_meetings: int
    claim: str

    def to_json(self) -> dict[str, Any]:
        """The holder by its fields."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Swap:
    """The cheapest plan that grants the meeting, found by solving again: goals before and after, and who moves.

    `proven` tells whether no cheaper one can exist, nor one as cheap that moves fewer.
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

    `relaxations` are changes of the rules, each verified. `search` tells how far swaps were searched (see `SEARCHES`),
    `out_of_time` that the search of swaps or of changes ended before it was done.
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
    search: str = ""
    out_of_time: bool = False

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
            "search": self.search,
            "out_of_time": self.out_of_time,
        }


def _plain(value: Value) -> int | list[int]:
    return list(value) if isinstance(value, tuple) else value
