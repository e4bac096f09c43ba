"""A published day that presence upsets: 5 % gone or late, walk-ins, a table that closes. How long does mending take?"""

from __future__ import annotations

import copy
import random
import time
from typing import Any

import solver
from benchmarks.solver.crowds import crowd, forum
from benchmarks.solver.measured import processor, told

DAYS = [
    ("forum 45×4×4, all rules", forum),
    ("1,000×50×8", lambda: crowd(1000, 50, 8)),
    ("1,000×50×8, 15 % absent", lambda: crowd(1000, 50, 8, absent=0.15)),
]


LIMIT = 7.0
"""Seconds, as the command line has it."""


def run(seconds: float, largest: int, only: str) -> None:
    for label, make in DAYS:
        document = make()
        if len(document["companies"]) > largest or only not in label:
            continue
        published = solver.solve(solver.parse(document), objective=("must", "fair", "interest"))
        today = solver.parse(upset(document))
        for goals in (("must", "fair", "interest"), solver.DEFAULT_OBJECTIVE):
            wall, cpu = time.perf_counter(), processor()
            found = solver.repair(today, published, objective=goals, seconds=min(seconds, LIMIT))
            spent = f"{time.perf_counter() - wall:.2f} s wall, {processor() - cpu:.2f} s processor"
            print(f"{label} · {','.join(goals)}\n  {found.status}, {spent}\n  {told(found)}", flush=True)


def upset(document: dict[str, Any], seed: int = 1) -> dict[str, Any]:
    """The day as it stands in its second round."""
    rng = random.Random(seed)
    today = copy.deepcopy(document)
    rounds = [each["id"] for each in today["rounds"]]
    for company in today["companies"]:
        if rng.random() < 0.05:
            late = [each for each in company.get("rounds", rounds) if each in rounds[3:]]
            company["rounds"] = late if rng.random() < 0.4 else []
    hosts = sorted({table["host"] for table in today["tables"]})
    for number in range(min(10, len(hosts))):
        today["companies"].append({"id": f"w{number}"})
        for host in rng.sample(hosts, min(5, len(hosts))):
            today["wishes"].append({"company": f"w{number}", "host": host, "interest": rng.randint(1, 5)})
    closing = today["tables"][-1]
    closing["rounds"], closing["min"] = rounds[:2], 0
    return today | {"now": rounds[1]}
