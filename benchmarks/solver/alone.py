"""Work that may take too long or too much memory, in a process of its own, which then ends alone."""

from __future__ import annotations

import multiprocessing
import os
import resource
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

MEMORY = 4 * 2**30
SPARE = 10.0
"""Seconds beyond its own limit after which work that does not end by itself is ended."""


class Ended(NamedTuple):
    """How work went: its answer, or in a few words why there is none. Seconds of wall and of processor."""

    answer: Any
    why: str
    wall: float
    cpu: float


def alone(work: Callable[[Callable[[], None]], Any], seconds: float) -> Ended:
    """Do `work` in a copy of this process, within `MEMORY` and `seconds`.

    Work is handed a function to call once it has prepared what it then only has to solve.
    """
    copying = multiprocessing.get_context("fork")
    reader, writer = copying.Pipe(duplex=False)
    process = copying.Process(target=_work, args=(writer, work))
    began, before = time.perf_counter(), _children()
    process.start()
    writer.close()
    told: list[Any] = []
    try:
        while reader.poll(max(0.0, seconds + SPARE - (time.perf_counter() - began))):
            told.append(reader.recv())
    except EOFError:
        process.join()
    wall, late = time.perf_counter() - began, process.is_alive()
    process.kill()
    process.join()
    cpu = _children() - before
    if told and told[-1] is not None:
        return Ended(told[-1], "", wall, cpu)
    doing = "no plan" if told else "not even built"
    return Ended(None, f"{doing} in {wall:.0f} s" if late else f"{doing} within 4 GB", wall, cpu)


def _work(writer: Connection, work: Callable[[Callable[[], None]], Any]) -> None:
    """In the copy. What memory runs out in may be Python or C++, so anything but an answer counts as that."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    writer.send(work(lambda: writer.send(None)))


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
