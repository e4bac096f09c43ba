"""One solve, measured: wall and processor seconds, peak memory so far."""

from __future__ import annotations

import resource
import time
from typing import Any, NamedTuple

import solver
from solver import Instance, Solution


class Measured(NamedTuple):
    """A solution and what it took. On a busy machine `cpu` is the fairer number."""

    solution: Solution
    wall: float
    cpu: float
    peak_gb: float


def solve(instance: Instance, **how: Any) -> Measured:
    """Solve and measure; the solution has been through the checker already."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = solver.solve(instance, **how)
    spent = time.perf_counter() - wall, time.process_time() - cpu
    return Measured(found, *spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6)


def told(found: Solution) -> str:
    """Goals as value, or value < bound where unproven."""
    if not found.found:
        return found.status
    return " · ".join(
        f"{goal.name} {_short(goal.value)}" + ("" if goal.proven else f" (bound {_short(goal.bound)})")
        for goal in found.goals
    )


def _short(value: Any) -> str:
    return "/".join(map(str, value)) if isinstance(value, tuple) else str(value)
