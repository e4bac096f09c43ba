"""The best flow through a network: small ones at once, large ones in a process of their own that can be stopped.

Who waits for a large flow may change their mind, and time may run out; then the process is killed. The answer is the
same either way, so which way was taken shows in nothing but the time.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np

from solver.clock import OutOfTimeError
from solver.methods import flow_process

Pause = Callable[[], None]
"""Called now and then while something takes long; may end it by raising."""

LARGE = 100_000
"""Arcs from which on a flow takes longer than a process needs to start (0.15 s where nothing else runs)."""

LOOK_EVERY = 0.05


class Question(NamedTuple):
    """Arcs from `tails` to `heads` with capacities and costs, and what each node supplies (negative: takes)."""

    tails: np.ndarray
    heads: np.ndarray
    capacity: np.ndarray
    cost: np.ndarray
    supply: np.ndarray


def cheapest(
    question: Question, pause: Pause | None = None, meanwhile: Pause | None = None, large: int = LARGE
) -> np.ndarray | None:
    """The flow per arc of least cost, or None when the supplies cannot be met.

    Only a flow of `large` or more arcs pauses, and only while one is being worked out elsewhere is `meanwhile` called,
    once. Raises whatever they raise, and `ArithmeticError` when the costs are too large to be exact.
    """
    if pause is None or len(question.tails) < large:
        return flow_process.minimise(*question)
    pause()
    try:
        return _elsewhere(question, pause, meanwhile)
    except OSError:
        # No process or no room for one: then the flow costs the cancel button, not the plan.
        return flow_process.minimise(*question)


def _elsewhere(question: Question, pause: Pause, meanwhile: Pause | None) -> np.ndarray | None:
    with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as answer:
        np.save(asked, np.stack(question[:4]))
        np.save(asked, question.supply)
        asked.seek(0)
        code = _run(asked, answer, pause, meanwhile)
        if code == flow_process.NO_FLOW:
            return None
        if code < 0:
            raise OutOfTimeError  # somebody killed it, for want of memory perhaps: here it would fare no better
        if code > 0:
            raise OSError(f"the process for flows ended with {code}")
        answer.seek(0)
        return np.asarray(np.load(answer))


def _run(asked: BinaryIO, answer: BinaryIO, pause: Pause, meanwhile: Pause | None) -> int:
    """The exit code. A session of its own: Ctrl-C is for us, who then decide."""
    program = [sys.executable, "-P", str(Path(flow_process.__file__)), str(os.getpid())]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(program, stdin=asked, stdout=answer, stderr=quiet, start_new_session=True)  # noqa: S603
    try:
        if meanwhile:
            meanwhile()
        while True:
            pause()
            try:
                return process.wait(LOOK_EVERY)
            except subprocess.TimeoutExpired:
                continue
    finally:
        process.kill()
        process.wait()
