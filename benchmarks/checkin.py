"""How many scans a second the server takes, and how long each waits, with 1, 4, 8 and 16 stations, on both databases.

`python -m benchmarks.checkin [--seconds 8] [--stations 1,4,8,16] [--database sqlite,postgresql] [--workers 2]`

Each station is a connection that hands in one scan after another as soon as the last is answered; badges come in and
go out in turn. The server is the real one, on this machine, which also carries the stations (`devices`, whose CPU is
told apart) and the database. The floor is a server that only writes one row a scan (`floor`), measured in the same run.
Only loopback is ever asked.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from eventday import create_app
from eventday.models import Scan, db, migrating
from eventday.services.door import stations
from eventday.settings import Settings, load_settings
from tests import builders, live

from . import floor
from .devices import Told, drive
from .machine import Use, settle, used_by

SECRET = "for benchmarks"
PEOPLE = 400
# What pretix 2026.8 did on 2 cores with 5 workers on PostgreSQL (measured apart): scans a second by stations.
PRETIX = {1: 16, 4: 24, 8: 22, 16: 20}
HEAD = "stations  scans/s   p50 ms   p95 ms   p99 ms  CPU ms  +database  +stations  server MB  of floor  of pretix"


@contextmanager
def instance(database: str) -> Iterator[tuple[Settings, int | None]]:
    """A fresh, migrated instance on `database` and its server's process, gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {"EVENTDAY_INSTANCE": folder, "EVENTDAY_SECRET_KEY": SECRET}
        if database == "sqlite":
            settings = load_settings(environment)
            migrating.upgrade(settings.database_url)
            yield settings, None
            return
        with tempfile.TemporaryDirectory() as data, live.postgres_server(Path(data)) as url:
            settings = load_settings(environment | {"EVENTDAY_DATABASE_URL": url})
            migrating.upgrade(settings.database_url)
            yield settings, int(next(Path(data).rglob("postmaster.pid")).read_text().split()[0])


def prepare(settings: Settings, count: int) -> tuple[list[str], list[str]]:
    """A forum of PEOPLE with `count` stations; returns the badge codes and the tokens."""
    with create_app(settings).app_context():
        forum = builders.small_forum()
        for number in range(PEOPLE):
            forum.delegates.append(builders.add_delegate(forum.event, forum.companies[number % 4], f"来宾{number}"))
        tokens = []
        for number in range(count):
            told = {"name": f"Station {number}", "now": datetime.now(UTC), "actor": "benchmark", "secret": SECRET}
            _, code = stations.add_station(event=forum.event, role="gate", **told)
            tokens.append(stations.token_for(code, SECRET))
        db.session.commit()
        codes = forum.codes
        db.session.remove()
        db.engine.dispose()
    return codes, tokens


def scanning(port: int, codes: list[str], tokens: list[str], seconds: float) -> Told:
    """Let the stations scan, each its own part of the badges."""
    shares = [(token, codes[number :: len(tokens)]) for number, token in enumerate(tokens)]
    return drive(port, seconds, [{"kind": "scan", "every": 0, "token": t, "codes": share} for t, share in shares])


def floor_of(settings: Settings, codes: list[str], tokens: list[str], seconds: float, workers: int) -> float:
    """Rows a second that the floor writes for as many stations."""
    with floor.serving(settings, workers) as (port, _process):
        told = scanning(port, codes, tokens, seconds)
    return len(told.took["scan"]) / told.seconds


def measure(database: str, count: int, seconds: float, workers: int) -> str:
    """A line of the table: `count` stations on a fresh `database`."""
    with instance(database) as (settings, database_process):
        codes, tokens = prepare(settings, count)
        rows = floor_of(settings, codes, tokens, seconds / 2, workers)
        with live.serving(settings, "--workers", str(workers)) as server:
            assert server.process
            scanning(server.port, codes, tokens, 1)  # so that nothing is measured cold
            settle(server.process.pid)
            before = used_by(server.process.pid), _used(database_process)
            told = scanning(server.port, codes, tokens, seconds)
            after = used_by(server.process.pid), _used(database_process)
        with create_app(settings).app_context():
            # The warming turn left some badges inside, so that a first scan `in` may be told `already`.
            refused = db.session.query(Scan).filter(Scan.outcome.not_in(("accepted", "already"))).count()
            db.session.remove()
            db.engine.dispose()
    assert not refused, f"{refused} scans were refused"
    assert set(told.outcomes) <= {"accepted", "already"}, dict(told.outcomes)
    scans = len(told.took["scan"])
    rate = scans / told.seconds
    cpu, of_database = ((after[part].cpu - before[part].cpu) * 1000 / scans for part in (0, 1))
    waits = "".join(f"{told.within('scan', share):9.1f}" for share in (0.5, 0.95, 0.99))
    costs = f"{cpu:8.2f}{of_database:11.2f}{told.cpu_seconds * 1000 / scans:11.2f}{after[0].memory:11.0f}"
    peer = f"{rate / PRETIX[count]:10.0f}×" if count in PRETIX else ""
    return f"{count:8}{rate:9.0f}{waits}{costs}{rate / rows:10.2f}{peer}"


def _used(process: int | None) -> Use:
    return used_by(process) if process else Use(0, 0)


def main() -> None:
    """Print a table for each database."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--stations", default="1,4,8,16")
    parser.add_argument("--database", default="sqlite,postgresql")
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    for database in asked.database.split(","):
        print(f"{database} (others keep {os.getloadavg()[0]:.1f} processors of {os.cpu_count()} busy)\n{HEAD}")
        for count in map(int, asked.stations.split(",")):
            print(measure(database, count, asked.seconds, asked.workers), flush=True)


if __name__ == "__main__":
    main()
