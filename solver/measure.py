"""What a set of assignments is worth, goal by goal: the definitions of the goals, without any optimisation.

Everyone who reports a value takes it from here, so a method can be wrong about a bound but never about a value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from solver.instance import Instance
from solver.solution import Assignment, Value

DEFAULT_OBJECTIVE = ("must", "fair", "interest", "gaps")


class Measured:
    """The facts that goals are made of: who met whom, and when each company was busy."""

    def __init__(self, instance: Instance, assignments: Iterable[Assignment]) -> None:
        self.instance = instance
        self.assignments = tuple(assignments)
        host_of = {table.id: table.host for table in instance.tables}
        self.pairs = {(company, host_of[table]) for company, table, _ in self.assignments}
        self.wished: dict[str, int] = defaultdict(int)
        self.worth: dict[str, int] = defaultdict(int)
        for wish in instance.wishes:
            if wish[:2] in self.pairs:
                self.wished[wish.company] += 1
                self.worth[wish.company] += wish.worth

    @cached_property
    def busy(self) -> dict[str, set[int]]:
        """The rounds, by their place in the day, in which each company meets somebody."""
        position = {each.id: index for index, each in enumerate(self.instance.rounds)}
        found: dict[str, set[int]] = defaultdict(set)
        for company, _, round_id in self.assignments:
            found[company].add(position[round_id])
        return found


def must(facts: Measured) -> int:
    """How many promised meetings take place (more is better)."""
    return sum(pair in facts.pairs for pair in facts.instance.must)


def fair(facts: Measured) -> tuple[int, ...]:
    """How many companies get 0, 1, 2, … wished meetings (fewer at 0 is better, then fewer at 1, and so on)."""
    return histogram([facts.wished.get(company.id, 0) for company in facts.instance.companies])


def floor(facts: Measured) -> int:
    """The least worth that any company's meetings add up to (more is better)."""
    return min((facts.worth.get(company.id, 0) for company in facts.instance.companies), default=0)


def interest(facts: Measured) -> int:
    """Total worth of all wished meetings (more is better)."""
    return sum(facts.worth.values())


def gaps(facts: Measured) -> int:
    """Idle rounds between a company's first and last meeting, over all companies (fewer is better)."""
    return sum(max(busy) - min(busy) + 1 - len(busy) for busy in facts.busy.values())


GOALS: dict[str, Callable[[Measured], Value]] = {
    "must": must,
    "fair": fair,
    "floor": floor,
    "interest": interest,
    "gaps": gaps,
}
FEWER_IS_BETTER = ("fair", "gaps")


def histogram(counts: Sequence[int]) -> tuple[int, ...]:
    """How often 0, 1, 2, … occur in `counts`, up to the largest."""
    levels = [0] * (max(counts, default=0) + 1)
    for count in counts:
        levels[count] += 1
    return tuple(levels)


def measure(instance: Instance, assignments: Iterable[Assignment], objective: Sequence[str]) -> dict[str, Value]:
    """The value of each goal named in `objective`, in that order."""
    if not objective:
        return {}
    facts = Measured(instance, assignments)
    return {name: GOALS[name](facts) for name in objective}


def rank(name: str, value: Value) -> tuple[int, ...]:
    """A key that is larger for a better value, so that plans compare as tuples of ranks."""
    if isinstance(value, tuple):
        # Both histograms sum to the number of companies, so the first difference decides whatever their lengths;
        # a shorter one continues with zeros, which is what the trailing pad says.
        return tuple(-n for n in value)
    return (-value,) if name in FEWER_IS_BETTER else (value,)


def standing(values: dict[str, Value]) -> tuple[tuple[int, ...], ...]:
    """A plan's values as one tuple that is larger for a better plan, goals compared in order."""
    return tuple(rank(name, value) for name, value in values.items())
