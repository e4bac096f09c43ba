"""Devices that ask a server, in a process of their own that knows nothing of Eventday: `drive` starts it and waits.

One thread waits for all their connections (epoll), each kept open, so that two thousand phones cost a few hundredths of
a millisecond a request and what is measured is the server. Times run from the moment a request was due, not from when
it was sent: a server that falls behind cannot hide it.
"""

from __future__ import annotations

import heapq
import json
import random
import select
import socket
import subprocess
import sys
import time
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


@dataclass
class Told:
    """What came of it: milliseconds by kind, answers by kind and status, scans by outcome, the devices' own CPU."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statuses: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    outcomes: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    seconds: float = 0.0
    cpu_seconds: float = 0.0

    def within(self, kind: str, share: float) -> float:
        """The milliseconds within which `share` of the requests of a kind were answered."""
        ordered = sorted(self.took.get(kind, ()))
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def drive(port: int, seconds: float, devices: list[dict[str, Any]], *, arriving: float = 0.0) -> Told:
    """Let `devices` ask for `seconds`, after they have arrived for `arriving` seconds (kinds then end in `, arriving`).
    Each has `kind`, `every` (seconds; 0: as soon as answered), and either `path`,
    to be polled with its ETag, or `token` and `codes`, to be scanned in turn, in and out."""
    job = json.dumps({"port": port, "seconds": seconds, "arriving": arriving, "devices": devices})
    run = subprocess.run([sys.executable, "-S", str(Path(__file__))], input=job, stdout=subprocess.PIPE, text=True)
    run.check_returncode()
    return Told(**json.loads(run.stdout))


class Device:
    """One connection and what it asks. `request` says what to send next; `answered` is told what came."""

    def __init__(self, port: int, kind: str, every: float) -> None:
        self.port, self.kind, self.every = port, kind, every
        self.socket: socket.socket | None = None
        self.sent, self.buffer = b"", b""
        self.due = 0.0

    def request(self) -> bytes:
        raise NotImplementedError

    def answered(self, status: int, head: bytes, body: bytes, told: Told) -> str:
        """The kind under which the answer is counted."""
        return self.kind


class Poller(Device):
    """Asks for one path again and again, with the tag it was given last."""

    def __init__(self, port: int, *, kind: str, every: float, path: str) -> None:
        super().__init__(port, kind, every)
        self.path, self.tag = path, ""

    def request(self) -> bytes:
        condition = f"If-None-Match: {self.tag}\r\n" if self.tag else ""
        return f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n{condition}\r\n".encode()

    def answered(self, status: int, head: bytes, body: bytes, told: Told) -> str:
        self.tag = header(head, b"etag").decode()
        return self.kind


class Scanner(Device):
    """Hands in one scan after another, its badges in turn: in, then out, then in again."""

    def __init__(self, port: int, *, kind: str, every: float, token: str, codes: list[str]) -> None:
        super().__init__(port, kind, every)
        self.codes, self.turn = codes, 0
        self.head = (
            f"POST /api/v1/scans HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n"
            "Content-Type: application/json\r\nContent-Length: "
        )

    def request(self) -> bytes:
        way = "out" if self.turn // len(self.codes) % 2 else "in"
        scan = {"id": str(uuid.uuid4()), "badge": self.codes[self.turn % len(self.codes)], "kind": way}
        body = json.dumps({"scans": [scan | {"gate": "main", "at": datetime.now(UTC).isoformat()}]})
        self.turn += 1
        return f"{self.head}{len(body)}\r\n\r\n{body}".encode()

    def answered(self, status: int, head: bytes, body: bytes, told: Told) -> str:
        told.outcomes[json.loads(body)["results"][0]["outcome"] if status == 200 else str(status)] += 1
        return self.kind


def header(head: bytes, name: bytes) -> bytes:
    """A header's value, empty where there is none."""
    start = head.lower().find(b"\r\n" + name + b":")
    return head[start + len(name) + 3 : head.find(b"\r\n", start + 2)].strip() if start >= 0 else b""


class Crowd:
    """All devices of this process, and the one loop that serves them."""

    def __init__(self, devices: list[Device]) -> None:
        self.poll = select.epoll()
        self.by_number: dict[int, Device] = {}
        self.told = Told()
        now = time.perf_counter()
        for device in devices:
            device.due = now + random.random() * device.every
        self.waiting = [(device.due, number, device) for number, device in enumerate(devices)]
        heapq.heapify(self.waiting)
        self.count = len(devices)

    def run(self, seconds: float, arriving: float) -> Told:
        """Ask until the time is up; what is under way then is still waited for."""
        began, worked = time.perf_counter(), time.process_time()
        self.arrived = began + arriving
        until = self.arrived + seconds
        while True:
            now = time.perf_counter()
            while self.waiting and self.waiting[0][0] <= min(now, until):
                self.send(heapq.heappop(self.waiting)[2])
            if (now >= until and not self.by_number) or now > until + 30:
                break
            rest = self.waiting[0][0] - now if self.waiting else 0.05
            for number, _event in self.poll.poll(min(max(rest, 0.0), 0.05)):
                self.receive(self.by_number[number])
        self.told.seconds, self.told.cpu_seconds = time.perf_counter() - began, time.process_time() - worked
        return self.told

    def send(self, device: Device, again: bytes = b"") -> None:
        device.sent = again or device.request()
        if device.socket is None:
            device.socket = socket.create_connection(("127.0.0.1", device.port))
            device.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        device.buffer = b""
        self.by_number[device.socket.fileno()] = device
        self.poll.register(device.socket, select.EPOLLIN)
        try:
            device.socket.sendall(device.sent)
        except ConnectionError:
            self.reopen(device)

    def receive(self, device: Device) -> None:
        assert device.socket
        try:
            got = device.socket.recv(65536)
        except ConnectionError:
            got = b""
        if not got:  # the server closed a connection that was idle for long
            self.reopen(device)
            return
        device.buffer += got
        head, end, body = device.buffer.partition(b"\r\n\r\n")
        if not end or len(body) < int(header(head, b"content-length") or 0):
            return
        status = int(head[9:12])
        kind = device.answered(status, head, body, self.told)
        now = time.perf_counter()
        kind += ", arriving" if device.due < self.arrived else ""
        self.told.took[kind].append((now - device.due) * 1000)
        self.told.statuses[kind][str(status)] += 1
        self.forget(device, close=header(head, b"connection").lower() == b"close")
        device.due = max(device.due + device.every, now) if device.every else now
        self.count += 1
        heapq.heappush(self.waiting, (device.due, self.count, device))

    def reopen(self, device: Device) -> None:
        self.forget(device, close=True)
        self.send(device, device.sent)

    def forget(self, device: Device, *, close: bool) -> None:
        assert device.socket
        del self.by_number[device.socket.fileno()]
        self.poll.unregister(device.socket)
        if close:
            device.socket.close()
            device.socket = None


def main() -> None:
    """Read the job from standard input, do it, tell on standard output."""
    job = json.load(sys.stdin)
    kinds = [(Scanner if "token" in device else Poller, device) for device in job["devices"]]
    crowd = Crowd([kind(job["port"], **device) for kind, device in kinds])
    json.dump(crowd.run(job["seconds"], job["arriving"]).__dict__, sys.stdout)


if __name__ == "__main__":
    main()
