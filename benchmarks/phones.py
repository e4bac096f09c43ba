"""How phones, screens and stations share a server: `python -m benchmarks.phones [--phones 2000] [--postgresql]`.

A forum of `--phones` delegates is served by the production server on a loopback port. First the stations scan alone,
then with every phone polling (each over a connection of its own, most answers 304) and the screens asking for their
scene. Printed: what each kind of request took, and by how much the phones slow the scans.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import secrets
import tempfile
import time
import uuid
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from eventday import create_app
from eventday.models import db, migrating
from eventday.settings import Settings, load_settings
from tests.live import postgres_server, serving

from .forum import Crowd, build

POLL_EVERY = 12.0
SCREEN_EVERY = 4.0
SCAN_EVERY = 3.0
SCREENS, STATIONS = 5, 16


@dataclass
class Times:
    """Milliseconds by kind of request, and answers by kind and status."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statuses: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))

    def note(self, kind: str, status: int, milliseconds: float) -> None:
        self.took[kind].append(milliseconds)
        self.statuses[kind][status] += 1

    def at(self, kind: str, share: float) -> float:
        """The time within which `share` of the requests were answered."""
        ordered = sorted(self.took[kind])
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


class Connection:
    """One device's connection, kept open and opened again when the server closes it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self, method: str, path: str, headers: dict[str, str], body: bytes = b""
    ) -> tuple[int, dict[str, str]]:
        """One request; a connection that was closed meanwhile is opened again, once."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", f"Content-Length: {len(body)}"]
        request = (
            "\r\n".join([*lines, *(f"{name}: {value}" for name, value in headers.items()), "", ""]).encode() + body
        )
        for attempt in (1, 2):
            try:
                if self.streams is None:
                    self.streams = await asyncio.open_connection("127.0.0.1", self.port)
                reader, writer = self.streams
                writer.write(request)
                return await self._answer(reader)
            except (ConnectionError, asyncio.IncompleteReadError):
                self.close()
                if attempt == 2:
                    raise
        raise AssertionError("unreachable")

    async def _answer(self, reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        told = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        await reader.readexactly(int(told.get("content-length", 0)))
        if told.get("connection", "").lower() == "close":
            self.close()
        return int(head[0].split()[1]), told

    def close(self) -> None:
        if self.streams:
            self.streams[1].close()
            self.streams = None


async def device(kind: str, every: float, until: float, times: Times, connection: Connection, make) -> None:
    """Ask every `every` seconds, from a chance beginning, until the time is up. A late answer delays nobody else."""
    etag = ""
    due = time.perf_counter() + random.random() * every
    while due < until:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        method, path, headers, body = make()
        begun = time.perf_counter()
        status, told = await connection.ask(method, path, headers | ({"If-None-Match": etag} if etag else {}), body)
        first = "first " if method == "GET" and not etag else ""  # the whole answer; those that follow are mostly 304
        times.note(first + kind, status, (time.perf_counter() - begun) * 1000)
        etag = told.get("etag", "") if method == "GET" else ""
        due += every
    connection.close()


async def run(crowd: Crowd, port: int, seconds: float, *, everybody: bool) -> Times:
    """Stations alone, or everybody, for `seconds`."""
    times, until = Times(), time.perf_counter() + seconds
    arriving = list(crowd.codes)
    random.shuffle(arriving)

    def scan(token: str):
        def make():
            entry = {"id": str(uuid.uuid4()), "badge": random.choice(arriving), "kind": "in", "gate": "main"}
            body = json.dumps({"scans": [entry | {"at": datetime.now(UTC).isoformat()}]}).encode()
            return (
                "POST",
                "/api/v1/scans",
                {"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
                body,
            )

        return make

    def get(path: str):
        return lambda: ("GET", path, {"Accept-Encoding": "identity"}, b"")

    tasks = [device("scan", SCAN_EVERY, until, times, Connection(port), scan(token)) for token in crowd.tokens]
    if everybody:
        tasks += [device("poll", POLL_EVERY, until, times, Connection(port), get(f"/B/{c}.json")) for c in crowd.codes]
        scene = f"/screen/{crowd.screen_key}/scene?in=zh"
        tasks += [device("screen", SCREEN_EVERY, until, times, Connection(port), get(scene)) for _ in range(SCREENS)]
    await asyncio.gather(*tasks)
    return times


def prepared(url: str | None, folder: str, phones: int) -> tuple[Settings, Crowd]:
    """A fresh instance with a forum that has its plan."""
    environment = {"EVENTDAY_INSTANCE": folder, "EVENTDAY_SECRET_KEY": secrets.token_hex(16)}
    settings = load_settings(environment | ({"EVENTDAY_DATABASE_URL": url} if url else {}))
    migrating.upgrade(settings.database_url)
    app = create_app(settings)
    with app.app_context():
        crowd = build(phones, STATIONS, secret=settings.secret_key)
        db.session.remove()
        db.engine.dispose()
    return settings, crowd


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--phones", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=36.0, help="how long each of the two runs takes")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--postgresql", action="store_true")
    asked = parser.parse_args()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="eventday-phones-"))
        url = None
        if asked.postgresql:
            url = stack.enter_context(postgres_server(Path(stack.enter_context(tempfile.TemporaryDirectory()))))
        settings, crowd = prepared(url, folder, asked.phones)
        server = stack.enter_context(serving(settings, "--workers", str(asked.workers)))
        asyncio.run(run(crowd, server.port, 5, everybody=False))  # so that nothing is measured cold
        alone = asyncio.run(run(crowd, server.port, asked.seconds, everybody=False))
        together = asyncio.run(run(crowd, server.port, asked.seconds, everybody=True))
    print(f"{asked.phones} phones, {SCREENS} screens, {STATIONS} stations, {asked.workers} server processes, ", end="")
    print("PostgreSQL" if asked.postgresql else "SQLite")
    print(f"{'ms':<22}{'requests':>9}{'median':>9}{'p95':>9}{'p99':>9}  answers")
    for name, times in (("stations alone", alone), ("everybody", together)):
        for kind, took in times.took.items():
            told = " ".join(f"{status}×{count}" for status, count in sorted(times.statuses[kind].items()))
            numbers = "".join(f"{times.at(kind, share):>9.1f}" for share in (0.5, 0.95, 0.99))
            print(f"{name + ': ' + kind:<22}{len(took):>9}{numbers}  {told}")
    slower = together.at("scan", 0.5) / alone.at("scan", 0.5) - 1
    print(f"polls p95 {together.at('poll', 0.95):.0f} ms; scans slower by {slower:+.0%} (median)")


if __name__ == "__main__":
    main()
