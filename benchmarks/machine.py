"""What processes use of the machine: a benchmark tells it beside the time, which others who work here distort."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Use:
    """Seconds of CPU since they began, and megabytes they hold, what they share counted in parts."""

    cpu: float
    memory: float


def used_by(root: int) -> Use:
    """What the process `root` and all that descend from it use."""
    family = [root]
    parents = dict(_parents())
    for process in family:
        family += [child for child, parent in parents.items() if parent == process]
    return Use(sum(map(_cpu, family)), sum(map(_memory, family)))


def settle(root: int, *, within: float = 30.0) -> None:
    """Wait until the process `root` and its family have finished starting: until they rest for half a second."""
    until, before = time.monotonic() + within, used_by(root).cpu
    while time.monotonic() < until:
        time.sleep(0.5)
        now = used_by(root).cpu
        if now - before < 0.05:
            return
        before = now


def _parents() -> Iterator[tuple[int, int]]:
    for folder in Path("/proc").glob("[0-9]*"):
        if fields := _stat(int(folder.name)):
            yield int(folder.name), int(fields[1])


def _stat(process: int) -> list[str]:
    """The fields of /proc/…/stat from the third on; none for a process that is gone."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return []


def _cpu(process: int) -> float:
    fields = _stat(process)
    return (int(fields[11]) + int(fields[12])) / TICKS if fields else 0.0


def _memory(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
