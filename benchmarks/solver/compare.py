"""Ours against greedy, plain CP-SAT and HiGHS, in one run, for `interest` alone (what the rivals can be asked for).

Each rival works alone within 4 GB and the limit given, counted from the loaded event: building its model is part of
it. What had no plan by then, or could not even be built, is said.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import solver
from benchmarks.solver.alone import Ended, alone
from benchmarks.solver.crowds import crowd
from benchmarks.solver.measured import peak, processor, solve
from benchmarks.solver.rivals import Answer, greedy, highs, plain_cp_sat

FORUM, SMALL, MIDDLE, LARGE, HUGE = (45, 4, 3), (200, 20, 6), (1000, 50, 8), (10_000, 500, 12), (100_000, 2_000, 12)
EVENTS: list[tuple[tuple[int, int, int], dict[str, Any]]] = [
    (FORUM, {"wishes": 3}),
    (FORUM, {"wishes": 3, "absent": 0.15, "minimum": 2, "apart": 5}),
    (SMALL, {}),
    (SMALL, {"absent": 0.15}),
    (SMALL, {"absent": 0.3}),
    (SMALL, {"absent": 0.15, "minimum": 2, "apart": 20}),
    (MIDDLE, {}),
    (MIDDLE, {"absent": 0.15}),
    (MIDDLE, {"absent": 0.3}),
    (MIDDLE, {"absent": 0.15, "minimum": 2, "apart": 100}),
    (LARGE, {}),
    (LARGE, {"absent": 0.15}),
    (LARGE, {"absent": 0.3}),
    (LARGE, {"absent": 0.15, "minimum": 1, "apart": 1000}),
    (HUGE, {}),
    (HUGE, {"absent": 0.15}),
]
RIVALS: dict[str, Callable[..., Answer]] = {"greedy": greedy, "plain CP-SAT": plain_cp_sat, "HiGHS MILP": highs}
PATIENCE = 1500.0
"""Seconds that ours and greedy may take, which always answer; where nothing else is running, ours needs some tens."""


def run(seconds: float, largest: int, only: str) -> None:
    solve(solver.parse(crowd(20, 4, 3)), objective=("interest",), seconds=seconds)  # loads the library
    print(
        f"goal interest; rivals get {seconds:.0f} s and 4 GB, CP-SAT two workers; value, % below the best known bound, "
        "wall and processor seconds, processor seconds as a multiple of ours (> where a limit ended it)"
    )
    for size, more in EVENTS:
        label = named(size, more)
        if size[0] <= largest and only in label:
            _compare(label, solver.parse(crowd(*size, **more)), seconds)


def named(size: tuple[int, int, int], more: dict[str, Any]) -> str:
    """An event in words."""
    words = ["×".join(f"{number:,}" for number in size)]
    words += [f"{more['absent']:.0%} absent"] if "absent" in more else []
    words += [f"minima of {more['minimum']}"] if "minimum" in more else []
    words += [f"{more['apart']} kept-apart pairs"] if "apart" in more else []
    return ", ".join(words)


def _compare(label: str, instance: solver.Instance, seconds: float) -> None:
    print(f"\n{label}: {len(instance.wishes):,} wishes", flush=True)
    ours = alone(partial(_ours, instance, PATIENCE), PATIENCE)
    if ours.answer is None:
        print(f"  ours           {ours.why}", flush=True)
        return
    value, best, method, cpu, memory = ours.answer
    print(f"  ours           {_row(value, best, ours._replace(cpu=cpu))}  {memory:.2f} GB, {method}", flush=True)
    for name, rival in RIVALS.items():
        limit = PATIENCE if rival is greedy else seconds
        ended = alone(partial(rival, instance, limit), limit)
        answer = ended.answer or Answer(None, None)
        cut = "" if rival is greedy or _closed(answer) else ">"
        note = f"  {answer.broken} minima not reached" if answer.broken else ""
        why = ended.why or f"no plan in {ended.wall:.0f} s"
        print(f"  {name:<14} {_row(answer.value, best, ended, why)}  {cut}×{ended.cpu / cpu:.1f}{note}", flush=True)


def _ours(instance: solver.Instance, seconds: float, built: Callable[[], None]) -> tuple[int, int, str, float, float]:
    """Value, bound, method, the processor seconds of the solve alone, however few, and peak memory in GB."""
    built()
    began = processor()
    found = solver.solve(instance, objective=("interest",), seconds=seconds)
    goal = found.goal("interest")
    return goal.value, goal.bound, found.method, processor() - began, peak()


def _closed(answer: Answer) -> bool:
    """A rival has proven its own plan."""
    return answer.value is not None and answer.bound is not None and answer.bound < answer.value + 1


def _row(value: int | None, bound: int, ended: Ended, why: str = "") -> str:
    shown = why
    if value is not None:
        below = 100 * (bound - value) / max(1, bound)
        shown = f"{value:>9,} " + (f"{below:.2f} % below" if below else "none is better")
    return f"{shown:<26}{ended.wall:9.3f} s {ended.cpu:9.3f} s"
