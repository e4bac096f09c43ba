"""A process that another one started, and that is of no use without it."""

from __future__ import annotations

import os
import signal
import threading
import time


def end_with(process: int) -> None:
    """End this process in good order when `process`, which started it, is gone; nobody lingers."""

    def watch() -> None:
        while os.getppid() == process:
            time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="end with the server", daemon=True).start()
