"""A worker beside the server: started with it, started again when it dies, stopped with it."""

from __future__ import annotations

import os
import subprocess
import sys
import time

PAUSE = 5.0  # seconds between starts, so that a worker that cannot start does not keep the machine busy
PATIENCE = 10.0  # seconds for a worker to stop in good order


class WorkerBeside:
    """Call `look` about once a second in the server's master process, and `stop` at its end."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.started = float("-inf")

    def look(self) -> None:
        """Start the worker where none runs."""
        if self.process is not None and self.process.poll() is None:
            return
        if time.monotonic() - self.started < PAUSE:
            return
        self.started = time.monotonic()
        arguments = [sys.executable, "-m", "eventday", "worker", "--beside", str(os.getpid())]
        self.process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL)  # noqa: S603  our own program

    def stop(self) -> None:
        """End the worker; a job that it was at waits for the next one."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
