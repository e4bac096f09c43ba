"""The independent checker: which rules a plan breaks, and what it is worth. Knows no optimisation library.

It is written from the rules alone (see `broken_rules`) and shares no code with the methods that make plans, so that it
can judge anybody's plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from solver.broken_rules import broken_rules
from solver.collector import collector_rests
from solver.instance import Instance
from solver.measure import DEFAULT_OBJECTIVE, GOALS, measure, standing
from solver.solution import Solution, Value
from solver.unmet import UNMET


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken rule (`rule` is a fixed word) and a sentence that says where."""

    rule: str
    detail: str


@dataclass(frozen=True, slots=True)
class Report:
    """The checker's verdict: broken rules, and each goal's value as measured from the assignments."""

    violations: tuple[Violation, ...]
    goals: dict[str, Value] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return not self.violations

    def to_json(self) -> dict[str, Any]:
        return {
            "ok": self.ok,
            "violations": [{"rule": each.rule, "detail": each.detail} for each in self.violations],
            "goals": [
                {"name": name, "value": list(value) if isinstance(value, tuple) else value}
                for name, value in self.goals.items()
            ],
        }


@collector_rests()
def check(
    instance: Instance,
    solution: Solution,
    *,
    objective: Sequence[str] | None = None,
    pause: Callable[[], None] | None = None,
) -> Report:
    """Judge a plan: its broken rules, the goals it states (or `objective`) as measured, and false statements in it.

    A repaired plan carries `now`: what took place before it is history and is not held against who is there today.
    A solution without a plan (infeasible, unknown) breaks no rule. `pause` is called between rules and may end it by
    raising: on a huge day the checker takes seconds.
    """
    if not solution.found:
        return Report(())
    stated = {goal.name: goal for goal in solution.goals}
    names = [name for name in stated if name in GOALS] or DEFAULT_OBJECTIVE if objective is None else objective
    violations = [
        *(Violation(*each) for each in broken_rules(instance, solution, pause)),
        *_false_statements(instance, solution),
    ]
    if pause:
        pause()
    return Report(tuple(violations), measure(instance, solution.assignments, names))


def _false_statements(instance: Instance, solution: Solution) -> Iterator[Violation]:
    """What the solution says of itself must be what is measured: values, bounds no worse than values, the verdict."""
    names = [goal.name for goal in solution.goals if goal.name in GOALS]
    measured = measure(instance, solution.assignments, names)
    for goal in solution.goals:
        if goal.name not in GOALS:
            yield Violation("goals", f"{goal.name} is not a goal")
        elif measured[goal.name] != goal.value:
            yield Violation("goals", f"{goal.name} is stated as {goal.value} and measures {measured[goal.name]}")
        elif standing({goal.name: goal.bound}) < standing({goal.name: goal.value}):
            yield Violation("goals", f"{goal.name} is {goal.value}, better than its bound {goal.bound}")
        elif goal.claimed is not None and goal.claimed != goal.proven:
            told = "proven" if goal.claimed else "unproven"
            yield Violation("goals", f"{goal.name} is told as {told}, with value {goal.value} and bound {goal.bound}")
    if solution.status == "optimal" and not all(goal.proven for goal in solution.goals):
        yield Violation("status", "the status is optimal although not every goal is proven")
    yield from _false_absences(instance, solution)


def _false_absences(instance: Instance, solution: Solution) -> Iterator[Violation]:
    """What is told as unmet must have been asked for, and must not take place."""
    if not solution.unmet:
        return
    asked = {
        "wish": {(wish.company, wish.host) for wish in instance.wishes},
        "must": {(pair.company, pair.host) for pair in instance.must},
    }
    host_of = {table.id: table.host for table in instance.tables}
    met = {(company, host_of[table]) for company, table, _ in solution.assignments}
    for company, host, kind, reason, _ in solution.unmet:
        if (company, host) not in asked.get(kind, set()):
            yield Violation("unmet", f"{company} with {host} is told as an unmet {kind} and was never asked for")
        elif (company, host) in met:
            yield Violation("unmet", f"{company} with {host} is told as unmet and takes place")
        elif reason not in UNMET:
            yield Violation("unmet", f"{company} with {host}: {reason!r} is not a reason")
