"""The wire between a tablet and its server, as a test holds it in its hand: a real proxy that can be cut, lose answers,
say things twice, or end the server while it works."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOPS = ("connection", "keep-alive", "transfer-encoding", "content-length", "date", "server")
Answer = tuple[int, list[tuple[str, str]], bytes]
SCANS, CONTACT = "/api/v1/scans", "/api/v1/contact"


@dataclass
class Call:
    """One request on its way."""

    port: int
    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    def forward(self) -> Answer | None:
        """Hand it to the server; None when nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(self.method, self.path, self.body or None, self.headers)
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()


class Wire(ThreadingHTTPServer):
    """Listens at `url` and passes on to `port`. `fault(call)` gives what the tablet hears; None cuts the connection."""

    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.port, self.url = port, f"http://127.0.0.1:{self.server_address[1]}"
        self.calls: list[Call] = []
        self.fault: Callable[[Call], Answer | None] = Call.forward

    def handle_error(self, request: object, client_address: object) -> None:
        """The browser went away before it was answered; that is its right."""

    def pass_on(self) -> None:
        self.fault = Call.forward

    def cut(self, *paths: str) -> None:
        """Nothing gets through; or nothing to `paths`."""
        self.fault = lambda call: call.forward() if paths and call.path not in paths else None

    def once(self, path: str, fault: Callable[[Call], Answer | None]) -> threading.Event:
        """The next request to `path` suffers `fault`, all later ones pass; the event is set when it has happened."""
        happened, lock = threading.Event(), threading.Lock()

        def act(call: Call) -> Answer | None:
            with lock:
                mine = call.path == path and not happened.is_set()
                if mine:
                    happened.set()
            return fault(call) if mine else call.forward()

        self.fault = act
        return happened


def lose(call: Call) -> None:
    """The server takes it, and the tablet never hears."""
    call.forward()


def twice(call: Call) -> Answer | None:
    call.forward()
    return call.forward()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Wire

    def _pass(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        call = Call(self.server.port, self.command, self.path, dict(self.headers), body)
        self.server.calls.append(call)
        answer = self.server.fault(call)
        self.close_connection = True
        if answer is None:
            return
        status, headers, content = answer
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in HOPS:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = _pass  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Nothing: what matters is in `calls`."""


@contextmanager
def wired(port: int) -> Iterator[Wire]:
    """A wire to the server at `port`, rolled up afterwards."""
    wire = Wire(port)
    thread = threading.Thread(target=wire.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield wire
    finally:
        wire.shutdown()
        thread.join()
        wire.server_close()
