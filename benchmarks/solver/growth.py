"""Time and memory against size, as docs/solver-growth.svg. Each point has a process, and so a memory, of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SIZES = [
    (100, 10, 4),
    (300, 20, 6),
    (1_000, 50, 8),
    (3_000, 150, 10),
    (10_000, 500, 12),
    (30_000, 1_000, 12),
    (100_000, 2_000, 12),
]
ABSENT = (0.0, 0.15)
STYLES = (("o-", "#0b4f55"), ("s--", "#b06a00"))
PICTURE = Path("docs/solver-growth.svg")
ONE_POINT = """
import solver
from benchmarks.solver.crowds import crowd
from benchmarks.solver.measured import solve
instance = solver.parse(crowd({size}, absent={absent}))
found = solve(instance, objective=("fair", "interest"), seconds=1500)
print(found.solution.status, found.wall, found.cpu, found.peak_gb)
"""


def run(_seconds: float, largest: int, _only: str) -> None:
    points: dict[float, list[tuple[int, float, float]]] = {absent: [] for absent in ABSENT}
    for absent in ABSENT:
        for size in SIZES:
            if size[0] > largest:
                continue
            program = ONE_POINT.format(size=", ".join(map(str, size)), absent=absent)
            ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
            status, wall, cpu, peak = ended.stdout.split()
            points[absent].append((size[0], float(cpu), float(peak)))
            spent = f"{float(wall):.2f} s wall, {float(cpu):.2f} s processor, {float(peak):.2f} GB"
            print(f"{size} absent {absent:.0%}: {status}, {spent}", flush=True)
    draw(points)
    print(f"drawn: {PICTURE}")


def draw(points: dict[float, list[tuple[int, float, float]]]) -> None:
    """Two panels on logarithmic axes."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "eventday"
    from matplotlib import pyplot

    figure, panels = pyplot.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    for panel, column, label in ((panels[0], 1, "processor seconds"), (panels[1], 2, "peak memory, GB")):
        for (absent, rows), (style, colour) in zip(points.items(), STYLES, strict=True):
            name = f"{absent:.0%} absent per round" if absent else "everybody there"
            panel.plot([row[0] for row in rows], [row[column] for row in rows], style, color=colour, label=name)
        panel.set_xscale("log")
        panel.set_yscale("log")
        panel.set_xlabel("companies")
        panel.set_ylabel(label)
        panel.grid(True, which="major", color="#dfe4e5")
        panel.legend(frameon=False)
    figure.savefig(PICTURE, metadata={"Date": None})
