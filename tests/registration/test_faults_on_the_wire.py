"""What can go wrong between a tablet and its server, with a real browser, a real server and a wire that can be cut:
nothing is lost, nothing is there twice, and the person at the door is told the truth."""

from __future__ import annotations

import json
import re
import resource
import threading
import urllib.request
import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest

from eventday.models import Conflict, Scan, db, writing
from eventday.services.door import calling, checkin
from eventday.services.door import stations as service
from tests import live as tools
from tests.wire import SCANS, Call, lose, twice, wired

from .station_page import AMBER, GREEN, add_station, kept, log, logged, open_station, type_code

pytestmark = pytest.mark.browser


@pytest.fixture
def wire(live):
    """The wire between the browser and the server."""
    with wired(live.port) as wire:
        yield wire


def test_lost_doubled_and_late_batches_leave_one_entry_each_and_a_conflict_is_known(app, forum, wire, new_page):
    from playwright.sync_api import expect

    page = new_page(1024, 768)
    open_station(page, wire.url, add_station(app, forum.event)[1])
    result, queue = page.locator("#result"), page.locator("#queue-state")

    wire.fault = lambda call: lose(call) if call.path == SCANS else call.forward()
    type_code(page, forum.codes[0])
    expect(result).to_have_class(GREEN)
    expect(result.locator(".result__sent")).to_have_text("Saved here, not sent yet")
    expect(queue).to_have_text(re.compile("1 not sent"))
    logged(("in", "accepted"))
    wire.pass_on()
    expect(queue).to_have_text("All sent")
    assert log() == [("in", "accepted")]

    doubled = wire.once(SCANS, twice)
    type_code(page, forum.codes[1])
    expect(result.locator(".result__sent")).to_have_text("Confirmed")
    assert doubled.is_set()
    assert log() == [("in", "accepted")] * 2

    # A batch that the network held back arrives long after the tablet has sent its scans again, with newer ones.
    held: list[Call] = []
    wire.once(SCANS, held.append)
    type_code(page, forum.codes[2])
    expect(result.locator(".result__name")).to_have_text(forum.delegates[2].name)
    expect(result).to_have_class(GREEN)
    type_code(page, forum.codes[2])
    expect(result).to_have_class(AMBER)
    logged(*[("in", "accepted")] * 3, ("in", "already"))
    expect(queue).to_have_text("All sent")
    before = log()
    assert held[0].forward()[0] == 200
    assert log() == before

    # Another station lets somebody in; this one does not hear of it, its answer is lost, and it has said "welcome".
    wire.cut(SCANS, "/api/v1/roster")
    _, code = add_station(app, forum.event, "South")
    facts = calling.known_by(service.token_for(code, app.config["SECRET_KEY"]))
    with writing():
        scan = {"id": str(uuid.uuid4()), "kind": "in", "badge": forum.codes[3], "at": datetime.now(UTC).isoformat()}
        checkin.record_beside(facts, [scan], now=datetime.now(UTC))
    wire.fault = lambda call: lose(call) if call.path.startswith((SCANS, "/api/v1/roster")) else None
    type_code(page, forum.codes[3])
    expect(result.locator(".result__name")).to_have_text(forum.delegates[3].name)
    expect(result).to_have_class(GREEN)
    wire.pass_on()
    expect(page.locator("#notices")).to_contain_text("the server says “Already in”")
    expect(page.locator("#notices")).to_contain_text("was let in twice: South and North 1")
    # What still stands on the screen is put right, and is not what the server confirms.
    expect(result).to_have_class(AMBER)
    expect(result.locator(".result__more")).to_contain_text("South")
    expect(result.locator(".result__sent")).to_have_text("Confirmed")
    expect(result.get_by_role("button", name="Undo")).to_have_count(0)
    db.session.rollback()
    assert db.session.query(Conflict).count() == 1
    expect(page.locator("#made .is-sent")).to_have_count(5)
    expect(page.locator("#made li")).to_have_count(5)
    ids = [scan.id for scan in db.session.query(Scan)]
    assert len(ids) == len(set(ids)) == 6


def test_a_server_killed_amid_a_batch_and_one_whose_disk_is_full_lose_nothing(app, forum, live, wire, new_page):
    from playwright.sync_api import expect

    page = new_page(1024, 768)
    open_station(page, wire.url, add_station(app, forum.event)[1])
    wire.cut()
    for code in forum.codes[:2]:
        type_code(page, code)
        expect(page.locator("#result")).to_have_class(GREEN)
    fill_queue(page, 300, forum.codes)
    waiting = [scan["id"] for scan in kept(page, "outbox")]
    for milliseconds in (15, 60):

        def kill_amid(call: Call, seconds: float = milliseconds / 1000) -> None:
            threading.Timer(seconds, live.kill).start()
            call.forward()

        killed = wire.once(SCANS, kill_amid)
        tools.until(killed.is_set)
        tools.until(lambda: live.process.poll() is not None)
        wire.cut(SCANS)  # what is tried again waits until it has been seen what is there
        live.start()
        stored = {scan.id for scan in db.session.query(Scan)}
        db.session.rollback()
        # A batch is there whole or not at all.
        assert stored in (set(), set(waiting[:200]), set(waiting))
        if len(stored) == len(waiting):
            break
    wire.pass_on()
    expect(page.locator("#queue-state")).to_have_text("All sent")
    db.session.rollback()
    assert [scan.id for scan in db.session.query(Scan).order_by(Scan.number)] == waiting

    with full_disk(live):
        type_code(page, forum.codes[2])
        expect(page.locator(".result__sent")).to_have_text("Saved here, not sent yet")
        expect(page.locator("#notices")).to_contain_text("The server cannot store anything now")
        expect(page.locator("#queue-state")).to_have_text(re.compile("1 not sent"))
        assert hand_in(live.url, next(call for call in reversed(wire.calls) if call.path == SCANS)) == 507
    expect(page.locator("#queue-state")).to_have_text("All sent")
    expect(page.locator("#notices")).not_to_contain_text("cannot store")
    assert len(log()) == len(waiting) + 1


def fill_queue(page, count: int, codes: list[str]) -> None:
    """More scans than hands could make: put into the tablet's own queue as the app would."""
    scans = [
        {"id": str(uuid.uuid4()), "kind": "in", "badge": codes[number % len(codes)], "told": "already",
         "at": datetime.now(UTC).isoformat()}
        for number in range(count)
    ]  # fmt: skip
    page.evaluate(
        """async scans => {
        const open = indexedDB.open('eventday-station');
        const db = await new Promise((done) => (open.onsuccess = () => done(open.result)));
        const all = db.transaction('outbox', 'readwrite');
        for (const scan of scans) all.objectStore('outbox').add(scan);
        await new Promise((done) => (all.oncomplete = done));
        db.close();
    }""",
        scans,
    )


class full_disk:  # noqa: N801  reads as what it is: with full_disk(server)
    """No file of the server may grow any more, as on a full disk; afterwards there is room again."""

    def __init__(self, server) -> None:
        group = server.process.pid
        running = [int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit()]
        self.pids = [pid for pid in running if _group(pid) == group]
        self.wal = server.settings.instance / "eventday.db-wal"

    def __enter__(self) -> None:
        self._limit(4096)

    def __exit__(self, *_: object) -> None:
        self._limit(resource.RLIM_INFINITY)

    def _limit(self, size: int) -> None:
        for pid in self.pids:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def _group(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[2])
    except OSError:
        return 0


def hand_in(url: str, call: Call) -> int:
    """The status with which the server answers this request when it is sent as a new one."""
    body = json.loads(call.body)
    body["scans"][0]["id"] = str(uuid.uuid4())
    headers = {"Authorization": call.headers["Authorization"], "Content-Type": "application/json"}
    request = urllib.request.Request(url + SCANS, json.dumps(body).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
