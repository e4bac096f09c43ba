"""The production server: gunicorn with threads, on the application that `create_app` puts together."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from ..settings import Settings
from ..web import logs, venue
from .even_worker import EvenWorker

THREADS = 8
SHUTDOWN_SECONDS = 20
CONNECTIONS = 5000  # of one process
FILES_BESIDE = 200  # database, logs, libraries
M_ARENA_MAX = -8  # its name in glibc's malloc.h
# Seconds that a thread may run Python while another wants to. One that writes to PostgreSQL wants to after each of its
# answers, all others' scans waiting behind it; with Python's own 0.005 it mostly waits. SQLite gains nothing.
SWITCH_AFTER = 0.0005


@dataclass(frozen=True)
class Address:
    """Where the server listens, by how many processes, and with which certificate and key (none: plain HTTP)."""

    host: str
    port: int
    workers: int
    certificate: str | None = None
    key: str | None = None


class _Keeper(Arbiter):
    """Gunicorn's master, which also looks after what runs beside the server, once a second."""

    beside: Callable[[], None]

    def manage_workers(self) -> None:
        super().manage_workers()
        self.beside()


class Production(BaseApplication):
    """Eventday under gunicorn. `beside` is called about once a second in the master, `at_exit` when it stops."""

    def __init__(
        self,
        settings: Settings,
        address: Address,
        *,
        beside: Callable[[], None] = lambda: None,
        at_exit: Callable[[], None] = lambda: None,
        in_the_clear: bool = False,
    ) -> None:
        self.settings, self.address, self.beside, self.at_exit = settings, address, beside, at_exit
        self.in_the_clear = in_the_clear
        EvenWorker.share()
        super().__init__()

    def load_config(self) -> None:
        address = self.address
        chosen: dict[str, Any] = {
            "bind": f"[{address.host}]:{address.port}" if ":" in address.host else f"{address.host}:{address.port}",
            "workers": address.workers,
            "worker_class": EvenWorker,
            "threads": THREADS,
            "worker_connections": _room_for_connections(),
            "keepalive": 30,  # stations and phones ask every few seconds: spare them a new connection each time
            "graceful_timeout": SHUTDOWN_SECONDS,
            "timeout": 120,
            "preload_app": True,  # one copy of the program in memory, and a broken set-up fails before anybody waits
            "control_socket_disable": True,
            "certfile": address.certificate,
            "keyfile": address.key,
            "loglevel": "warning",
            "on_exit": lambda _master: self.at_exit(),
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from .. import create_app

        _share_heaps()
        logs.configure()
        app = create_app(self.settings)
        if self.settings.sqlite_file is None:
            sys.setswitchinterval(SWITCH_AFTER)
        gc.collect()
        gc.freeze()  # what the processes share stays shared: the collector would write to every object it visits
        return venue.in_the_clear(app) if self.in_the_clear else app

    def run(self) -> None:
        """Serve until told to stop (SIGTERM, SIGINT)."""
        keeper = type("Keeper", (_Keeper,), {"beside": staticmethod(self.beside)})
        keeper(self).run()


def _room_for_connections() -> int:
    """How many connections one process may keep open: every phone of a hall keeps one, more than systems allow unless
    asked. Raises this process's limit on open files as far as it may."""
    wanted = CONNECTIONS + FILES_BESIDE
    most, may = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most < wanted:
        most = wanted if may == resource.RLIM_INFINITY else min(wanted, may)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, may))
    return min(CONNECTIONS, most - FILES_BESIDE)


def _share_heaps() -> None:
    """Let threads share two heaps, where the C library can: one each costs megabytes a thread and gains nothing here,
    since only one of them runs Python at a time."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 2)
