"""Who a worker is, and how another worker on the same machine can tell that it is dead."""

from __future__ import annotations

import os
import socket
from pathlib import Path


def own_name() -> str:
    """`host/process/beginning`: the beginning tells this process from a later one that got the same number."""
    return f"{socket.gethostname()}/{os.getpid()}/{_beginning(os.getpid())}"


def is_gone(name: str) -> bool:
    """Whether the worker called `name` is known to be dead. Of one on another machine we know nothing: False."""
    host, process, beginning = [*name.split("/"), "", ""][:3]
    if host != socket.gethostname() or not process.isdigit():
        return False
    return _beginning(int(process)) != beginning


def _beginning(process: int) -> str:
    """When the process began (clock ticks since boot, /proc/PID/stat, field 22); empty where it does not live."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return "" if not _lives(process) else "0"
    return "" if fields[0] == "Z" else fields[19]


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
