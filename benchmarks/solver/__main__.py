"""`python -m benchmarks.solver compare|reach|repair|growth`: prints tables; `growth` draws docs/solver-growth.svg."""

from __future__ import annotations

import argparse
import os

from benchmarks.solver import compare, growth, reach, repair

PARTS = {"compare": compare, "reach": reach, "repair": repair, "growth": growth}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.solver", description=__doc__)
    parser.add_argument("what", choices=tuple(PARTS))
    parser.add_argument("--seconds", type=float, default=60.0, help="time limit of each rival (default 60)")
    parser.add_argument("--only", default="", help="only the lines that contain this text, as in '200×47'")
    parser.add_argument("--largest", type=int, default=100_000, help="leave out events with more companies than this")
    arguments = parser.parse_args()
    load = os.getloadavg()[0]
    print(
        f"{os.cpu_count()} cores; load when it began {load:.1f}" + (" (shared: times are too long)" if load > 1 else "")
    )
    PARTS[arguments.what].run(arguments.seconds, arguments.largest, arguments.only)


main()
