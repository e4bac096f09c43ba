"""How many scans a second the server takes, and how long each waits, with 1, 4, 8 and 16 stations, on both databases.

`python -m benchmarks.checkin [--seconds 5] [--stations 1,4,8,16] [--database sqlite,postgresql]`

Each station is a thread with one connection that hands in one scan after another, as tablets do; badges come in and go
out in turn. The server is the real one, on this machine, which also carries the load and the database: what is
printed is what is left after both. Only loopback is ever asked.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from eventday import create_app
from eventday.models import Scan, db, migrating
from eventday.services.door import stations
from eventday.settings import Settings, load_settings
from tests import builders, live

SECRET = "for benchmarks"
PEOPLE = 400


@contextmanager
def instance(database: str) -> Iterator[Settings]:
    """A fresh, migrated instance on `database`, gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {"EVENTDAY_INSTANCE": folder, "EVENTDAY_SECRET_KEY": SECRET}
        if database == "sqlite":
            settings = load_settings(environment)
            migrating.upgrade(settings.database_url)
            yield settings
            return
        with tempfile.TemporaryDirectory() as data, live.postgres_server(Path(data)) as url:
            settings = load_settings(environment | {"EVENTDAY_DATABASE_URL": url})
            migrating.upgrade(settings.database_url)
            yield settings


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


def scan_for(seconds: float, port: int, token: str, codes: list[str], waits: list[float]) -> None:
    """One station's work: a scan, its answer, the next scan."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    ends, turn = time.perf_counter() + seconds, 0
    while (began := time.perf_counter()) < ends:
        kind = "in" if turn // len(codes) % 2 == 0 else "out"
        at = datetime.now(UTC).isoformat()
        scan = {"id": str(uuid.uuid4()), "badge": codes[turn % len(codes)], "kind": kind, "at": at}
        connection.request("POST", "/api/v1/scans", json.dumps({"scans": [scan]}), headers)
        answer = connection.getresponse()
        result = json.load(answer)["results"][0]
        assert result["outcome"] == "accepted", result
        waits.append(time.perf_counter() - began)
        turn += 1
    connection.close()


def memory_of(group: int) -> float:
    """Megabytes that the server's processes hold for themselves, what they share counted in parts."""
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if int((process / "stat").read_text().rsplit(")", 1)[1].split()[2]) != group:
                continue
            lines = (process / "smaps_rollup").read_text().splitlines()
        except (OSError, IndexError, ValueError):
            continue
        total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def cpu_of(group: int) -> float:
    """Seconds of CPU that the server's processes have used: what a busy machine does not distort."""
    ticks = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            fields = (process / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[2]) == group:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def measure(server: live.Server, codes: list[str], tokens: list[str], seconds: float) -> str:
    """Let the stations scan; a line of what came of it."""
    waits: list[list[float]] = [[] for _ in tokens]
    threads = [
        threading.Thread(target=scan_for, args=(seconds, server.port, token, codes[i :: len(tokens)], waits[i]))
        for i, token in enumerate(tokens)
    ]
    assert server.process
    worked, began = cpu_of(server.process.pid), time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    all_waits = sorted(wait * 1000 for station in waits for wait in station)
    p50, p95, p99 = (all_waits[min(len(all_waits) - 1, int(len(all_waits) * part))] for part in (0.5, 0.95, 0.99))
    memory = memory_of(server.process.pid)
    rate = len(all_waits) / took
    cpu = (cpu_of(server.process.pid) - worked) * 1000 / len(all_waits)
    return f"{len(tokens):8} {rate:9.0f} {p50:9.1f} {p95:9.1f} {p99:9.1f} {cpu:9.1f} {memory:11.0f}"


def main() -> None:
    """Print a table for each database."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--stations", default="1,4,8,16")
    parser.add_argument("--database", default="sqlite,postgresql")
    asked = parser.parse_args()
    for database in asked.database.split(","):
        print(f"{database}\nstations   scans/s   p50 (ms)  p95 (ms)  p99 (ms)  CPU (ms)  memory (MB)")
        for count in map(int, asked.stations.split(",")):
            with instance(database) as settings:
                codes, tokens = prepare(settings, count)
                with live.serving(settings) as server:
                    print(measure(server, codes, tokens, asked.seconds), flush=True)
                with create_app(settings).app_context():
                    assert db.session.query(Scan).filter(Scan.outcome != "accepted").count() == 0


if __name__ == "__main__":
    main()
