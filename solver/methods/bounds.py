"""A valid bound for every goal of a plan: the tightest of flows, a finished search, and what is plain to see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from solver.board import Board
from solver.methods.ceilings import Ceilings, Levels, as_levels, as_value, fair_bound, same
from solver.methods.idle import IdleRounds
from solver.methods.lexicographic import Outcome
from solver.solution import Value


class Bounds:
    """What is known of one board and order of goals. `outcome` is the last search of the whole model."""

    def __init__(self, board: Board, goals: Sequence[str], ceilings: Ceilings) -> None:
        self.board, self.goals, self.ceilings = board, goals, ceilings
        self.outcome: Outcome | None = None
        self.idle: dict[tuple[int, ...], int] = {}
        self.calm: list[tuple[dict[str, Value], int]] = []
        self.plain = {name: most(board, name) for name in goals}

    @cached_property
    def days(self) -> IdleRounds:
        """What bounds idle rounds."""
        return IdleRounds(self.board)

    def learn_idle(self, earlier: Mapping[str, Value], idle: int) -> None:
        """Plans that reach just `earlier`, which are all the goals before `gaps`, have no fewer idle rounds."""
        self.calm.append((dict(earlier), idle))

    def given(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """A bound for each goal, given what `values` says the goals before it reach."""
        reached: dict[str, Levels] = {}
        bounds: dict[str, Value] = {}
        companies = len(self.board.there)
        for name in self.goals:
            levels = as_levels(name, values[name])
            limits = self._limits(name, levels, reached)
            if name == "gaps":
                limits = [min(limits[0], -self._forced_idle(values, bounds))]
            if name == "fair":
                bounds[name] = fair_bound(levels + [0] * (len(limits) - len(levels)), limits, companies)
            else:
                bounds[name] = as_value(name, limits, companies)
            reached[name] = levels
        return bounds

    def _limits(self, name: str, levels: Levels, reached: dict[str, Levels]) -> Levels:
        """Per level of a goal: the tightest limit that is known."""
        plain = self.plain[name]
        limits = []
        for level in range(max(len(levels), len(plain))):
            known = [plain[level] if level < len(plain) else 0]
            flow = self.ceilings.of(name, reached | {name: levels[:level]}, level)
            known += [] if flow is None else [flow]
            known += self._searched(name, level, levels, reached)
            limits.append(min(known))
        return limits

    def _forced_idle(self, values: Mapping[str, Value], bounds: Mapping[str, Value]) -> int:
        """Idle rounds that come with what the goals before, those of `bounds`, reach: at least so many."""
        forced = [idle for earlier, idle in self.calm if all(values[goal] == earlier[goal] for goal in bounds)]
        if "fair" in bounds and bounds["fair"] == values["fair"]:
            more_than = tuple(as_levels("fair", values["fair"]))
            if more_than not in self.idle:
                self.idle[more_than] = self.days.bound(more_than)
            forced.append(self.idle[more_than])
        return max(forced, default=0)

    def _searched(self, name: str, level: int, levels: Levels, reached: dict[str, Levels]) -> list[int]:
        """What the whole model proved, which holds while the earlier goals are where it left them."""
        found = self.outcome
        if found is None or name not in found.limit or level >= len(found.limit[name]):
            return []
        kept_pace = all(same(held, found.reached.get(other, [])) for other, held in reached.items())
        ahead = same(levels[:level], found.reached[name][:level])
        return [found.limit[name][level]] if kept_pace and ahead else []


def most(board: Board, name: str) -> Levels:
    """What no plan can pass, without any calculation: a goal's levels as gains."""
    if name == "must":
        return [sum(board.promised)]
    if name == "interest":
        return [sum(board.worth)]
    if name == "gaps":
        return [0]
    reach = [0] * len(board.there)
    wishes = [0] * len(board.there)
    for pair, (company, _) in enumerate(board.pairs):
        reach[company] += board.worth[pair]
        wishes[company] += board.wished[pair]
    if name == "floor":
        return [min(reach, default=0)]
    mosts = [min(own, limit) for own, limit in zip(wishes, board.most, strict=True)]
    return [sum(count > level for count in mosts) for level in range(max(mosts, default=0))]


def loosest_bound(board: Board, name: str) -> Value:
    """A bound that holds whatever else is known."""
    return as_value(name, most(board, name), len(board.there))
