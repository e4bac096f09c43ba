"""Ours against greedy, plain CP-SAT and HiGHS, in one run, for `interest` alone (what the rivals can be asked for)."""

from __future__ import annotations

import time

import solver
from benchmarks.solver.crowds import crowd
from benchmarks.solver.measured import solve
from benchmarks.solver.rivals import greedy, highs, plain_cp_sat

EVENTS = [
    ((45, 4, 3), {"wishes": 3}),
    ((45, 4, 3), {"wishes": 3, "absent": 0.15}),
    ((200, 20, 6), {}),
    ((200, 20, 6), {"absent": 0.15}),
    ((200, 20, 6), {"absent": 0.3}),
    ((1000, 50, 8), {}),
    ((1000, 50, 8), {"absent": 0.15}),
    ((1000, 50, 8), {"absent": 0.3}),
]


def run(seconds: float, largest: int, only: str) -> None:
    solve(solver.parse(crowd(20, 4, 3)), objective=("interest",), seconds=seconds)  # loads the library
    print(
        f"goal interest; rivals get {seconds:.0f} s, CP-SAT two workers; value (gap to the best known bound), wall and "
        "processor seconds, ratio of processor seconds to ours (> where the limit ended it)"
    )
    for size, more in EVENTS:
        label = "×".join(map(str, size)) + (f", {more['absent']:.0%} absent" if "absent" in more else "")
        if size[0] > largest or only not in label:
            continue
        instance = solver.parse(crowd(*size, **more))
        ours = solve(instance, objective=("interest",), seconds=seconds)
        goal = ours.solution.goal("interest")
        print(f"\n{label}: {len(instance.wishes)} wishes")
        gap = _gap(goal.value, goal.bound)
        print(f"  ours          {goal.value:>7} ({gap}) {ours.wall:8.3f} s {ours.cpu:8.3f} s  {ours.solution.method}")
        for name, rival in (("greedy", greedy), ("plain CP-SAT", plain_cp_sat), ("HiGHS MILP", highs)):
            began = time.process_time()
            value, bound, spent = rival(instance) if rival is greedy else rival(instance, seconds)
            worked = time.process_time() - began
            cut = ">" if rival is not greedy and (value is None or bound is None or bound >= value + 1) else ""
            shown = "     —            " if value is None else f"{value:>7} ({_gap(value, goal.bound)})"
            print(f"  {name:<13} {shown} {spent:8.3f} s {worked:8.3f} s  {cut}×{worked / ours.cpu:.1f}", flush=True)


def _gap(value: int, bound: int) -> str:
    return f"gap {100 * (bound - value) / max(1, bound):.2f} %"
