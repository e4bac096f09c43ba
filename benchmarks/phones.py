"""How phones, screens and stations share a server: `python -m benchmarks.phones [--phones 2000] [--database sqlite]`.

A forum of `--phones` delegates is served by the production server on a loopback port. First the stations scan alone,
then with every phone arriving (its first answer is whole) and polling (most answers are 304), each over a connection
of its own, and the screens asking for their scene. Printed: what each kind of request took from the moment it was due,
what it cost the processor, and by how much the phones slow the scans. The devices are a process of their own on the
same machine (`devices`).
"""

from __future__ import annotations

import argparse
import os
import secrets
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from eventday import create_app
from eventday.models import db, migrating
from eventday.settings import Settings, load_settings
from tests.live import postgres_server, serving

from .devices import Told, drive
from .forum import Crowd, build
from .machine import settle, used_by

POLL_EVERY = 12.0
SCREEN_EVERY = 4.0
SCAN_EVERY = 3.0
SCREENS, STATIONS = 5, 16


def stations_of(crowd: Crowd) -> list[dict[str, Any]]:
    """Stations at which somebody arrives every few seconds."""
    shares = [(token, crowd.codes[number :: len(crowd.tokens)]) for number, token in enumerate(crowd.tokens)]
    return [{"kind": "scan", "every": SCAN_EVERY, "token": token, "codes": codes} for token, codes in shares]


def everybody(crowd: Crowd) -> list[dict[str, Any]]:
    """Stations, every phone, the hall's screens."""
    phones = [{"kind": "poll", "every": POLL_EVERY, "path": f"/B/{code}.json"} for code in crowd.codes]
    scene = {"kind": "screen", "every": SCREEN_EVERY, "path": f"/screen/{crowd.screen_key}/scene?in=zh"}
    return [*stations_of(crowd), *phones, *[scene] * SCREENS]


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


def measure(database: str, phones: int, seconds: float, workers: int) -> None:
    """Print what stations alone, and then everybody, met on `database`."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="eventday-phones-"))
        url = None
        if database == "postgresql":
            url = stack.enter_context(postgres_server(Path(stack.enter_context(tempfile.TemporaryDirectory()))))
        settings, crowd = prepared(url, folder, phones)
        server = stack.enter_context(serving(settings, "--workers", str(workers)))
        assert server.process
        drive(server.port, SCAN_EVERY, stations_of(crowd))  # so that nothing is measured cold
        settle(server.process.pid)
        alone = drive(server.port, seconds, stations_of(crowd))
        before = used_by(server.process.pid)
        together = drive(server.port, seconds, everybody(crowd), arriving=POLL_EVERY)
        after = used_by(server.process.pid)
    print(f"{phones} phones, {SCREENS} screens, {STATIONS} stations, {workers} server processes, {database}", end="")
    print(f" (others keep {os.getloadavg()[0]:.1f} processors of {os.cpu_count()} busy)")
    print(f"{'milliseconds':<28}{'requests':>9}{'median':>9}{'p95':>9}{'p99':>9}  answers")
    for name, told in (("stations alone", alone), ("everybody", together)):
        for kind in sorted(told.took):
            print(_line(name, kind, told))
    requests = sum(map(len, together.took.values()))
    share = (after.cpu - before.cpu) / together.seconds
    cost = share * together.seconds * 1000 / requests
    print(f"the server used {share:.2f} of a processor, {cost:.2f} ms a request, and {after.memory:.0f} MB")
    slower = together.within("scan", 0.5) / alone.within("scan", 0.5) - 1
    print(f"polls p95 {together.within('poll', 0.95):.0f} ms; scans slower by {slower:+.0%} (median)", flush=True)


def _line(name: str, kind: str, told: Told) -> str:
    answers = " ".join(f"{status}×{count}" for status, count in sorted(told.statuses[kind].items()))
    numbers = "".join(f"{told.within(kind, share):>9.1f}" for share in (0.5, 0.95, 0.99))
    return f"{name + ': ' + kind:<28}{len(told.took[kind]):>9}{numbers}  {answers}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--phones", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=36.0, help="how long each of the two runs takes")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--database", default="sqlite,postgresql")
    asked = parser.parse_args()
    for database in asked.database.split(","):
        measure(database, asked.phones, asked.seconds, asked.workers)


if __name__ == "__main__":
    main()
