"""Processes beside the server (a worker, the set-up page): started with it, started again, stopped with it."""

from __future__ import annotations

import os
import subprocess
import sys
import time

PAUSE = 5.0  # seconds between starts, so that what cannot start does not keep the machine busy
PATIENCE = 10.0  # seconds to stop in good order


class Beside:
    """One command of ours, kept running. `look` is called about once a second, `stop` at the end."""

    def __init__(self, *arguments: str) -> None:
        self.arguments = arguments
        self.process: subprocess.Popen[bytes] | None = None
        self.started = float("-inf")

    def look(self) -> None:
        """Start the command where it does not run."""
        if self.process is not None and self.process.poll() is None:
            return
        if time.monotonic() - self.started < PAUSE:
            return
        self.started = time.monotonic()
        command = [sys.executable, "-m", "eventday", *self.arguments, "--beside", str(os.getpid())]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603  our own program

    def stop(self) -> None:
        """End it; a job that a worker was at waits for the next worker."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
