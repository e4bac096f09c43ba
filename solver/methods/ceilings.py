"""How far each goal can go at most, given what the goals before it have reached.

Several chains of goals are relaxed to flows. A chain speaks of a goal only while everything before it *in that
chain* has been reached in full; then its limit holds for every plan that does as well on the earlier goals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import pairwise

from solver.board import Board
from solver.methods.network import CostOverflowError
from solver.methods.relaxation import LINEAR, Ideal, ideal, only_wishes_matter
from solver.solution import Value

Levels = list[int]
"""A goal as gains to be made large: of `fair`, how many companies have more than k wished meetings, for k = 0, 1, …"""


class Ceilings:
    """Bounds from flows for one instance and order of goals. `impossible`: the minima alone cannot be met."""

    def __init__(self, board: Board, goals: Sequence[str]) -> None:
        self.board = board
        self.chains: list[tuple[tuple[str, ...], Ideal]] = []
        self.learned: tuple[Mapping[str, Levels], Mapping[str, Levels]] = ({}, {})
        self.impossible = False
        self.linear = linear = tuple(goal for goal in goals if goal in LINEAR)
        self.exact = "fair" not in linear or only_wishes_matter(board)
        if self.exact:
            self._add(linear, loose="fair" in linear and not all(board.wished))
            singles = [goal for goal in linear[1:] if goal != "fair"]
        else:
            before_fair = linear[: linear.index("fair")]
            self._add(before_fair, loose=False)
            self._add(tuple(goal for goal in linear if goal != "must"), loose=True)
            self._add(("fair",), loose=True)
            singles = [goal for goal in linear if goal not in before_fair[:1] and goal != "fair"]
        for goal in singles:
            self._add((goal,), loose=False)

    def learn(self, reached: Mapping[str, Levels], limits: Mapping[str, Levels]) -> None:
        """Take over what another search for the same goals in the same order has proven."""
        self.learned = (reached, limits)

    def _add(self, chain: tuple[str, ...], loose: bool) -> None:
        if any(known == chain for known, _ in self.chains):
            return
        with suppress(CostOverflowError):
            found = ideal(self.board, chain, loose)
            if found is None:
                self.impossible = True
            elif chain:
                self.chains.append((chain, found))

    @property
    def dream(self) -> Ideal | None:
        """The flow for all linear goals in order, when it stands for them exactly."""
        return self.chains[0][1] if self.exact and self.chains else None

    @property
    def target(self) -> Ideal | None:
        """A flow worth laying into rounds, whether or not it is exact."""
        with suppress(CostOverflowError):
            return self.dream or ideal(self.board, self.linear)
        return None

    def of(self, goal: str, reached: Mapping[str, Levels], level: int = 0) -> int | None:
        """The most that a goal's level can gain, or None when no chain can tell. `reached`: what is held already."""
        limits = [
            levels[level] if level < len(levels) else 0
            for chain, found in self.chains
            if goal in chain and _kept_pace(chain[: chain.index(goal)], found, reached)
            for levels in [as_levels(goal, found.values[goal])]
            if levels[:level] == reached.get(goal, [])[:level]
        ]
        limits += self._learned_limit(goal, reached, level)
        return min(limits, default=None)

    def _learned_limit(self, goal: str, reached: Mapping[str, Levels], level: int) -> list[int]:
        known, limits = self.learned
        earlier = [name for name in known if name != goal][: list(known).index(goal) if goal in known else 0]
        if goal not in limits or level >= len(limits[goal]):
            return []
        if any(not _same(list(known[name]), list(reached.get(name, []))) for name in earlier):
            return []
        return [limits[goal][level]] if list(known[goal])[:level] == reached.get(goal, [])[:level] else []


def _kept_pace(earlier: Sequence[str], found: Ideal, reached: Mapping[str, Levels]) -> bool:
    return all(_same(as_levels(goal, found.values[goal]), reached.get(goal, [])) for goal in earlier)


def _same(a: Levels, b: Levels) -> bool:
    length = max(len(a), len(b))
    return a + [0] * (length - len(a)) == b + [0] * (length - len(b))


def as_levels(goal: str, value: Value) -> Levels:
    """A goal's value as the gains that its stages maximise one after another."""
    if isinstance(value, tuple):
        return [sum(value[k + 1 :]) for k in range(len(value) - 1)]
    return [-value] if goal == "gaps" else [value]


def as_value(goal: str, levels: Sequence[int], companies: int) -> Value:
    """Back from gains per level to the goal's value; missing levels of `fair` are zero."""
    if goal != "fair":
        return (-levels[0] if goal == "gaps" else levels[0]) if levels else 0
    more_than = [companies, *levels, 0]
    counts = [above - further for above, further in pairwise(more_than)]
    while len(counts) > 1 and counts[-1] == 0:
        counts.pop()
    return tuple(counts)


def fair_bound(reached: Sequence[int], limits: Sequence[int], companies: int) -> Value:
    """A histogram no plan can better: as reached up to the first level left open, there its limit, then all on top.

    The levels after an open one were solved under its reached value, so their limits do not hold for a plan that does
    better there.
    """
    for level, (value, limit) in enumerate(zip(reached, limits, strict=True)):
        if value < limit:
            best = [*reached[:level], *[limit] * (len(reached) - level)]
            return as_value("fair", best, companies)
    return as_value("fair", reached, companies)
