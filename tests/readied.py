"""Commands in processes of their own, without the seconds that Python takes to load their libraries.

A process that has everything loaded forks each command. Otherwise they are as if they were started: their own
environment, process group, output and end. Where the start itself is what is tested, live.py starts afresh.
"""

from __future__ import annotations

import ctypes
import os
import runpy
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
_forks = get_context("forkserver")
_forks.set_forkserver_preload(["tests.readied_libraries"])


class Readied:
    """A running `python -m module arguments…`, with as much of subprocess.Popen as tests need."""

    def __init__(
        self, module: str, arguments: Sequence[str], *, env: Mapping[str, str], out: Path, err: Path | None = None
    ) -> None:
        self._process = _forks.Process(target=_become, args=(module, [*arguments], dict(env), out, err or out))
        self._process.start()
        self.pid = self._process.pid

    def poll(self) -> int | None:
        """Its exit code (negative: the signal that ended it), or None while it runs."""
        return self._process.exitcode

    returncode = property(poll)

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code, when it has ended; raises subprocess.TimeoutExpired."""
        self._process.join(timeout)
        if (code := self.poll()) is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):  # it ended by itself, just now
                os.kill(self.pid, number)


def _become(module: str, arguments: list[str], env: dict[str, str], out: Path, err: Path) -> None:
    """In the forked process: be the command."""
    os.setsid()
    # Where a run of the tests is killed, the process that forks ends, and with it all that it has forked.
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    os.environ.clear()
    os.environ.update(env)
    for file, number in ((out, 1), (err, 2)):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND), number)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", buffering=1, encoding="utf-8") for number in (1, 2))
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
