"""One solve, measured: wall and processor seconds, peak memory so far."""

from __future__ import annotations

import resource
import time
from typing import Any, NamedTuple

import solver
from solver import Instance, Solution


class Measured(NamedTuple):
    """A solution and what it took, the processes it started included. On a busy machine `cpu` is the fairer number."""

    solution: Solution
    wall: float
    cpu: float
    peak_gb: float


def solve(instance: Instance, **how: Any) -> Measured:
    """Solve and measure; the solution has been through the checker already."""
    wall, cpu = time.perf_counter(), processor()
    found = solver.solve(instance, **how)
    spent = time.perf_counter() - wall, processor() - cpu
    return Measured(found, *spent, peak())


def processor() -> float:
    """Seconds of processor time of this process and of those it has waited for."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def peak() -> float:
    """GB that this process and its largest child have had at most, taken as if both had been at once."""
    return sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1e6


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
