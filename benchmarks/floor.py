"""The floor under check-in: a server that only writes one row for each scan and knows nothing of badges.

Same gunicorn, same number of processes and threads, same database with the same promise (a row answered is a row on
disk), a transaction each. What a whole check-in costs is told beside it, measured in the same run.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from eventday.cli.production import THREADS
from eventday.settings import PROJECT, Settings
from tests.live import free_port, until

_own = threading.local()
MAKE = "CREATE TABLE IF NOT EXISTS floor (id TEXT PRIMARY KEY, badge TEXT, kind TEXT)"


def _open() -> Callable[[tuple[str, ...]], None]:
    """How this thread writes a row."""
    where = os.environ["FLOOR"]
    if where.startswith("sqlite:"):
        file = sqlite3.connect(where.removeprefix("sqlite:"), isolation_level=None, timeout=30)
        file.execute("PRAGMA synchronous=FULL")
        return partial(_sqlite, file)
    server = psycopg.connect(where)

    def write(row: tuple[str, ...]) -> None:
        server.execute("INSERT INTO floor VALUES (%s, %s, %s)", row)
        server.commit()

    return write


def _sqlite(file: sqlite3.Connection, row: tuple[str, ...]) -> None:
    file.execute("BEGIN IMMEDIATE")
    file.execute("INSERT INTO floor VALUES (?, ?, ?)", row)
    file.execute("COMMIT")


def app(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    """Write the scan's row, say accepted."""
    if environ["REQUEST_METHOD"] == "POST":
        if not hasattr(_own, "write"):
            _own.write = _open()
        scan = json.load(environ["wsgi.input"])["scans"][0]
        _own.write((scan["id"], scan["badge"], scan["kind"]))
    body = b'{"results": [{"outcome": "accepted"}]}'
    start("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


@contextmanager
def serving(settings: Settings, workers: int) -> Iterator[tuple[int, int]]:
    """The floor's server beside the database of `settings`: its port and its process."""
    if settings.sqlite_file:
        where = f"sqlite:{settings.instance / 'floor.db'}"
        file = sqlite3.connect(settings.instance / "floor.db")
        file.execute("PRAGMA journal_mode=WAL")  # once: no two may switch at the same moment
        file.execute(MAKE)
        file.close()
    else:
        where = settings.database_url.replace("+psycopg", "", 1)
        with psycopg.connect(where) as server:
            server.execute(MAKE)
    port = free_port()
    options = ["--workers", str(workers), "--worker-class", "gthread", "--threads", str(THREADS), "--keep-alive", "30"]
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", *options, "--preload", "--log-level"]
    process = subprocess.Popen(
        [*command, "error", "benchmarks.floor:app"], cwd=PROJECT, env={**os.environ, "FLOOR": where}
    )
    try:
        until(lambda: _listens(port))
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(30)


def _listens(port: int) -> bool:
    wanted = f":{port:04X}"
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    return any(line.split()[1].endswith(wanted) and line.split()[3] == "0A" for line in lines)
