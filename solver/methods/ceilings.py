"""How far each goal can go at most, given what the goals before it have reached.

Several chains of goals are relaxed to flows. A chain speaks of a goal only while everything before it *in that
chain* has been reached in full; then its limit holds for every plan that does as well on the earlier goals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import pairwise

import numpy as np

from solver.board import Board
from solver.clock import OutOfTimeError, Run
from solver.methods.exchange import interest_beside
from solver.methods.flows import Pause
from solver.methods.network import CostOverflowError, Network
from solver.methods.relaxation import LINEAR, Ideal, complete, ideal, only_wishes_matter, taste
from solver.solution import Value

Levels = list[int]
"""A goal as gains to be made large: of `fair`, how many companies have more than k wished meetings, for k = 0, 1, …"""


Chain = tuple[tuple[str, ...], bool]
"""Goals in order, and whether their network is loose."""


class Ceilings:
    """Bounds from flows for one instance and order of goals.

    Chains are listed tightest first and solved when first asked for; a later one is asked only where no earlier one
    can tell. `pause` may end a large flow by raising; what it would have told stays unknown.
    """

    def __init__(self, board: Board, goals: Sequence[str], pause: Pause | None = None) -> None:
        self.board, self.pause, self.asking = board, pause, False
        self.learned: tuple[Mapping[str, Levels], Mapping[str, Levels]] = ({}, {})
        self.floor: int | None = None
        self.priced: list[tuple[Levels, Levels, int]] = []
        self.linear = linear = tuple(goal for goal in goals if goal in LINEAR)
        self.exact = "fair" not in linear or only_wishes_matter(board)
        self.too_large: set[Chain] = set()
        self.solved: dict[Chain, Ideal | None] = {}
        if "interest" not in linear:
            linear = (*linear, "interest")  # no bound is asked of it, but a plan worth more is a better start
        if self.exact:
            main: Chain = (linear, "fair" in linear and not all(board.wished))
            loose: list[Chain] = [(("fair",), True)]
        else:
            main = (linear[: linear.index("fair")], False)
            loose = [(tuple(goal for goal in linear if goal != "must"), True), (("fair",), True)]
        singles: list[Chain] = [((goal,), False) for goal in linear if goal != "fair"]
        self.chains: list[Chain] = list(dict.fromkeys([main, *loose, *singles]))

    def impossible(self, meanwhile: Pause | None = None) -> bool:
        """The minima alone cannot be met. `meanwhile` is called while the first flow takes long (see `flows`)."""
        main = self.chains[0]
        return self._solve(main, meanwhile) is None and main in self.solved and main not in self.too_large

    def _solve(self, chain: Chain, meanwhile: Pause | None = None) -> Ideal | None:
        if chain in self.solved or self.asking:  # a plan that is made meanwhile gets the bounds that are known
            return self.solved.get(chain)
        self.asking = True
        try:
            self.solved[chain] = ideal(self.board, *chain, pause=self.pause, meanwhile=meanwhile)
        except CostOverflowError:
            self.solved[chain] = None
            self.too_large.add(chain)
        except OutOfTimeError:
            return None
        finally:
            self.asking = False
        return self.solved[chain]

    def another(self, of_pair: np.ndarray) -> Ideal | None:
        """A flow as good as `dream`, chosen among its equals by a number per pair."""
        if self.dream is None:
            return None
        with suppress(CostOverflowError, OutOfTimeError):
            return ideal(self.board, *self.chains[0], tie=lambda network: taste(network, of_pair), pause=self.pause)
        return None

    def learn(self, reached: Mapping[str, Levels], limits: Mapping[str, Levels]) -> None:
        """Take over what another search for the same goals in the same order has proven."""
        self.learned = (reached, limits)

    @property
    def dream(self) -> Ideal | None:
        """The flow for all linear goals in order, when it stands for them exactly."""
        return self.solved.get(self.chains[0]) if self.exact else None

    @property
    def target(self) -> Ideal | None:
        """A flow worth laying into rounds, whether or not it is exact."""
        with suppress(CostOverflowError):
            if self.exact:
                return self.dream
            wished = self._solve(self.chains[1])
            return complete(self.board, wished.pairs if wished else [], self.pause)
        return None

    def price(self, reached: Mapping[str, Levels], run: Run) -> None:
        """Look for a limit of `interest` beside a fairness that falls short of its flow; `of` knows it from then on."""
        for goals, loose in self.chains:
            if "fair" not in goals or "interest" not in goals[goals.index("fair") :]:
                continue
            found, earlier = self._solve((goals, loose)), goals[: goals.index("fair")]
            if found is None or not _kept_pace(earlier, found, reached):
                continue
            best = as_levels("fair", found.values["fair"])
            fair = reached["fair"] + [0] * len(best)
            short = next((k for k, most in enumerate(best) if fair[k] < most), None)
            if short is not None:
                must = reached["must"][0] if "must" in earlier else None
                limit = interest_beside(Network(self.board, loose), must, fair, short, run)
                if limit is not None:
                    self.priced.append((reached.get("must", []) if "must" in earlier else [], fair, limit))
            return

    def of(self, goal: str, reached: Mapping[str, Levels], level: int = 0) -> int | None:
        """The most that a goal's level can gain, or None when no chain can tell. `reached`: what is held already."""
        limits = self._learned_limit(goal, reached, level)
        limits += [self.floor] if goal == "floor" and self.floor is not None else []
        if goal == "interest":
            limits += [limit for must, fair, limit in self.priced if _as_far(must, fair, reached)]
        for chain in self.chains:
            found = self._solve(chain) if goal in chain[0] else None
            if found is None or not _kept_pace(chain[0][: chain[0].index(goal)], found, reached):
                continue
            levels = as_levels(goal, found.values[goal])
            if same(levels[:level], reached.get(goal, [])[:level]):
                limits.append(levels[level] if level < len(levels) else 0)
                break
        return min(limits, default=None)

    def _learned_limit(self, goal: str, reached: Mapping[str, Levels], level: int) -> list[int]:
        known, limits = self.learned
        earlier = [name for name in known if name != goal][: list(known).index(goal) if goal in known else 0]
        if goal not in limits or level >= len(limits[goal]):
            return []
        if any(not same(list(known[name]), list(reached.get(name, []))) for name in earlier):
            return []
        return [limits[goal][level]] if list(known[goal])[:level] == reached.get(goal, [])[:level] else []


def _kept_pace(earlier: Sequence[str], found: Ideal, reached: Mapping[str, Levels]) -> bool:
    return all(same(as_levels(goal, found.values[goal]), reached.get(goal, [])) for goal in earlier)


def _as_far(must: Levels, fair: Levels, reached: Mapping[str, Levels]) -> bool:
    """At least these promises are kept, and it is at least as fair: then what bounds such plans bounds this one."""
    held = reached.get("fair", [])
    padded = held + [0] * (len(fair) - len(held))
    return reached.get("must", []) >= must and padded >= fair[: len(padded)]


def same(a: Levels, b: Levels) -> bool:
    """Equal, a level left out being zero."""
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
