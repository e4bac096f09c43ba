"""How far the solver reaches: from the forum to a hundred thousand companies."""

from __future__ import annotations

from functools import partial

import solver
from benchmarks.solver.crowds import crowd, forum, fully_seated, whole_forum
from benchmarks.solver.measured import solve, told

EVERY_GOAL = ("must", "fair", "interest", "gaps")

SEEDS = range(7, 19)

LINES = [
    ("forum 45×4×4, all rules and goals", forum, ("must", "fair", "interest", "gaps"), 60),
    ("forum 45×4×4, all rules, floor too", forum, ("must", "floor", "fair", "interest", "gaps"), 60),
    *(
        (f"forum 45×4×4, delegations and limits too, {seed}", partial(whole_forum, seed), EVERY_GOAL, 60)
        for seed in SEEDS
    ),
    ("200×47×3 fully seated, interest first", fully_seated, ("interest", "floor"), 60),
    ("200×47×3 fully seated, floor first", fully_seated, ("floor", "interest"), 60),
    ("200×20×6", lambda: crowd(200, 20, 6), ("fair", "interest"), 60),
    ("1,000×50×8", lambda: crowd(1000, 50, 8), ("fair", "interest"), 60),
    ("1,000×50×8, 15 % absent", lambda: crowd(1000, 50, 8, absent=0.15), ("interest",), 10),
    ("1,000×50×8, 15 % absent", lambda: crowd(1000, 50, 8, absent=0.15), ("must", "fair", "interest"), 30),
    ("1,000×50×8, 30 % absent", lambda: crowd(1000, 50, 8, absent=0.3), ("must", "fair", "interest"), 30),
    (
        "1,000×50×8, 15 % absent, 200 kept-apart pairs",
        lambda: crowd(1000, 50, 8, absent=0.15, apart=200),
        ("must", "fair", "interest"),
        15,
    ),
    (
        "1,000×50×8, 15 % absent, 200 kept-apart pairs, minima of 1",
        lambda: crowd(1000, 50, 8, absent=0.15, apart=200, minimum=1),
        ("must", "fair", "interest"),
        15,
    ),
    ("1,000×50×8, every goal", lambda: crowd(1000, 50, 8), EVERY_GOAL, 60),
    ("1,000×50×8, 15 % absent, every goal", lambda: crowd(1000, 50, 8, absent=0.15), EVERY_GOAL, 60),
    ("1,000×50×8, 30 % absent, every goal", lambda: crowd(1000, 50, 8, absent=0.3), EVERY_GOAL, 30),
    (
        "1,000×50×8, 15 % absent, 200 kept-apart pairs, minima of 1, every goal",
        lambda: crowd(1000, 50, 8, absent=0.15, apart=200, minimum=1),
        EVERY_GOAL,
        60,
    ),
    ("300×20×6, 20 % absent, minima of 3", lambda: crowd(300, 20, 6, absent=0.2, minimum=3), EVERY_GOAL, 60),
    ("10,000×500×12", lambda: crowd(10_000, 500, 12), ("fair", "interest"), 120),
    ("10,000×500×12, 15 % absent", lambda: crowd(10_000, 500, 12, absent=0.15), ("fair", "interest"), 120),
    (
        "10,000×500×12, 15 % absent, 1,000 kept-apart pairs, minima of 1",
        lambda: crowd(10_000, 500, 12, absent=0.15, apart=1000, minimum=1),
        ("must", "fair", "interest"),
        120,
    ),
    ("100,000×2,000×12", lambda: crowd(100_000, 2_000, 12), ("fair", "interest"), 120),
]


def run(_seconds: float, largest: int, only: str) -> None:
    for label, make, goals, limit in LINES:
        document = make() if only in f"{label} · {','.join(goals)}" else {"companies": []}
        if not 0 < len(document["companies"]) <= largest:
            continue
        instance = solver.parse(document)
        del document
        found = solve(instance, objective=goals, seconds=limit)
        print(f"{label} · {','.join(goals)}")
        spent = f"{found.wall:.2f} s wall, {found.cpu:.2f} s processor, peak {found.peak_gb:.2f} GB"
        print(f"  {found.solution.status}, {spent}")
        print(f"  {told(found.solution)} · {found.solution.method}", flush=True)
