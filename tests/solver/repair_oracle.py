"""The oracle of repairs: every plan of a tiny mended day, with what a repair is to keep written down a second time.

Minima come before everything else, as far as they can be met together; then kept promises, what companies lose,
promises, moves and goals. Shares nothing with the solver but the documents.
"""

from __future__ import annotations

import copy
from collections import Counter
from typing import Any

from .exhaustive import Day, Plan, plans, worth

GOALS = ("must", "fair", "interest", "gaps")


class Mended:
    """A document as things now stand and the published seats, sorted into history and what is still possible."""

    def __init__(self, document: dict[str, Any], published: Plan) -> None:
        self.day = Day(document)
        order = self.day.rounds
        self.ahead = order[order.index(document.get("now", order[0])) :]
        self.history = [each for each in published if each[2] not in self.ahead]
        self.rest = self._day_ahead(document)
        self.possible = {each for each in published if each[2] in self.ahead and self._possible(*each)}

    def _day_ahead(self, document: dict[str, Any]) -> Day:
        """Nothing is asked but what rules still ask of the rounds ahead."""
        rest = Day(copy.deepcopy(document))
        rest.rounds = self.ahead
        held = Counter(c for c, _, _ in self.history)
        received = Counter(rest.tables[t]["host"] for _, t, _ in self.history)
        for name, company in rest.companies.items():
            company["max_meetings"] -= held[name]
            company["min_meetings"] = 0
        for table in rest.tables.values():
            table["min"] = 0
        rest.host_most = {host: most - received[host] for host, most in rest.host_most.items()}
        rest.locks = [(c, t, r) for c, t, r in rest.locks if r in self.ahead and self._open(rest, c, t, r)]
        asked = set(rest.wishes) | set(rest.must) | {(c, rest.tables[t]["host"]) for c, t, _ in rest.locks}
        rest.may = rest.may if document.get("allow_unwished") else asked
        rest.may = rest.may - {(c, rest.tables[t]["host"]) for c, t, _ in self.history}
        return rest

    @staticmethod
    def _open(day: Day, c: str, t: str, r: str) -> bool:
        return r in day.companies[c]["rounds"] and r in day.tables[t]["rounds"]

    def _possible(self, c: str, t: str, r: str) -> bool:
        table, company = self.rest.tables[t], self.rest.companies[c]
        may = (c, table["host"]) in self.rest.may - self.rest.never
        return may and self._open(self.rest, c, t, r) and company["seats"] <= table["capacity"]

    def best(self, max_moves: int | None = None) -> list[Any] | None:
        """The worth of the best repair, None when there is none."""
        every = [self.history + plan for plan in plans(self.rest)]
        if not every:
            return None
        met = max(map(self._minima_met, every))
        every = [plan for plan in every if self._minima_met(plan) == met]
        if max_moves is not None:
            every = [plan for plan in every if self.moves(plan) <= max_moves]
        return max((self.worth(plan, max_moves) for plan in every), default=None)

    def worth(self, plan: Plan, max_moves: int | None = None) -> list[Any]:
        """What a repair is judged by, in order; with a limit on moves the goals come before them."""
        moves, goals = [-self.moves(plan)], worth(self.day, plan, GOALS)
        first = [self._minima_met(plan), self.promises_kept(plan), -self.shortfall(plan), goals[0]]
        return first + (moves + goals[1:] if max_moves is None else goals[1:] + moves)

    def moves(self, plan: Plan) -> int:
        return len(self.possible - set(plan))

    def promises_kept(self, plan: Plan) -> int:
        published, now = self._pairs(self.possible), self._pairs(plan)
        return sum(each in published and each in now for each in self.day.must)

    def shortfall(self, plan: Plan) -> int:
        """Meetings, and wished meetings, that companies fall short of what was published and still could be."""
        ahead = [each for each in plan if each[2] in self.ahead]
        short = 0
        for company in self.day.companies:
            for asked in (self.rest.may, set(self.day.wishes)):
                before, after = (
                    sum(c == company and (c, h) in asked for c, h in self._pairs(part))
                    for part in (self.possible, ahead)
                )
                short += max(0, before - after)
        return short

    def _pairs(self, plan: Any) -> set[tuple[str, str]]:
        return {(c, self.day.tables[t]["host"]) for c, t, _ in plan}

    def _minima_met(self, plan: Plan) -> int:
        met = Counter(c for c, _, _ in plan)
        total = sum(min(own["min_meetings"], met[name]) for name, own in self.day.companies.items())
        for name, table in self.day.tables.items():
            taken = [
                sum(self.day.companies[c]["seats"] for c, t, when in plan if (t, when) == (name, r))
                for r in table["rounds"]
                if r in self.ahead
            ]
            total += min([table["min"], *taken]) if taken else 0
        return total
