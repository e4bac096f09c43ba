"""From the door to a proposal: how long after a company leaves does the planner's page offer what can be done about it?

`python -m benchmarks.loop [--triggers 12] [--companies 45]` serves a forum of four tables and four rounds with its plan
published and everybody here, opens the day's page in Chromium, and lets one company after another leave. Printed, in
seconds since the company left: when the page told of it, when a worker was asked, when the page offered the first
proposal, when the worker had found the last, and how long the search itself took for all of them.
"""

from __future__ import annotations

import argparse
import os
import random
import secrets
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, sync_playwright

from eventday import create_app
from eventday.models import (
    Company,
    Delegate,
    Event,
    ForumTable,
    Job,
    Participation,
    Presence,
    Round,
    Wish,
    db,
    migrating,
    only_reading,
    writing,
)
from eventday.services.planning import drafts, publishing
from eventday.services.staffing import staff
from eventday.settings import load_settings
from tests.live import CHROMIUM, CHROMIUM_ARGUMENTS, serving, until

from .machine import settle, used_by

TABLES, ROUNDS, SEATS = 4, 4, 8
PASSWORD = "correct horse battery"
STEPS = ("asked", "told", "offered", "done")


def published_forum(companies: int) -> list[int]:
    """A forum whose first round is ahead, everybody here; returns the delegates, one a company."""
    now, dice = datetime.now(UTC), random.Random(1)
    with writing():
        event = Event(slug="loop", name="对接会", date=now.date(), created_at=now)
        db.session.add(event)
        db.session.flush()
        for i in range(ROUNDS):
            start = now + timedelta(minutes=30 + 30 * i)
            db.session.add(
                Round(event_id=event.id, name=f"第{i + 1}轮", start=start, end=start + timedelta(minutes=25))
            )
        hosts = [Company(name=f"央企{i}集团", normal_name=f"h{i}", kind="soe") for i in range(TABLES)]
        guests = [Company(name=f"上海第{i}精密机械有限公司", normal_name=f"c{i}") for i in range(companies)]
        db.session.add_all(hosts + guests)
        db.session.flush()
        for i, host in enumerate(hosts):
            db.session.add(ForumTable(event_id=event.id, host_id=host.id, label=f"T{i + 1}", capacity=SEATS))
        people = [Delegate(event_id=event.id, company_id=each.id, name="来宾", created_at=now) for each in guests]
        db.session.add_all(people)
        db.session.flush()
        for person, guest in zip(people, guests, strict=True):
            db.session.add(Participation(event_id=event.id, company_id=guest.id))
            db.session.add(Presence(event_id=event.id, delegate_id=person.id, state="arrived"))
            for host in dice.sample(hosts, 3):
                wish = Wish(event_id=event.id, company_id=guest.id, host_id=host.id, interest=dice.randint(1, 5))
                db.session.add(wish)
    plan, _answer = drafts.solve_event(event, now=now, actor="benchmark", seconds=30)
    assert plan is not None
    publishing.publish(event, plan, revision=0, now=now, actor="benchmark")
    return [person.id for person in people]


def leave(page: Page, person: int, name: str) -> dict[str, float]:
    """Let one company leave; the seconds after which each step had been taken."""
    with writing():
        db.session.get_one(Presence, person).state = "left"
    began = time.time()
    page.wait_for_function("name => document.querySelector('.troubles')?.textContent.includes(name)", arg=name)
    told = time.time() - began
    page.wait_for_selector(".proposals button")
    offered = time.time() - began
    job = until(_ended_job)
    assert job.state == "done", job.error
    steps = {"asked": job.created_at.timestamp() - began, "done": job.ended_at.timestamp() - began}
    return steps | {"told": told, "offered": offered, "repair": float(job.result["seconds"])}


def _ended_job() -> Job | None:
    with only_reading():  # or the benchmark would hold the lock that the worker needs to say that it is done
        job = db.session.query(Job).order_by(Job.id.desc()).populate_existing().first()
        if job:
            db.session.expunge(job)
    return job if job and job.ended_at else None


def measure(page: Page, people: list[int], triggers: int) -> list[dict[str, float]]:
    """One company after another leaves, at moments that have nothing to do with when the page asks."""
    dice, rows = random.Random(2), []
    for number, person in enumerate(people[:triggers]):
        time.sleep(dice.uniform(1.0, 3.0))
        rows.append(leave(page, person, f"第{number}精密机械"))
        print(" ".join(f"{name} {seconds:5.2f}" for name, seconds in rows[-1].items()), flush=True)
    return rows


def told_of(rows: list[dict[str, float]]) -> None:
    """Print the medians and the slowest."""
    print(f"{'seconds since the company left':<34}{'median':>8}{'slowest':>9}")
    for step in STEPS:
        values = [row[step] for row in rows]
        print(f"{step:<34}{statistics.median(values):>8.2f}{max(values):>9.2f}")
    repairs = [row["repair"] for row in rows]
    print(f"{'(the search itself took)':<34}{statistics.median(repairs):>8.2f}{max(repairs):>9.2f}")


def main() -> None:
    """Build, serve, look, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--triggers", type=int, default=12)
    parser.add_argument("--companies", type=int, default=45)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="eventday-loop-") as folder:
        settings = load_settings({"EVENTDAY_INSTANCE": folder, "EVENTDAY_SECRET_KEY": secrets.token_hex(16)})
        migrating.upgrade(settings.database_url)
        app = create_app(settings)
        with app.app_context():
            people = published_forum(asked.companies)
            now = datetime.now(UTC)
            staff.add_member(email="b@example.com", role="planner", password=PASSWORD, now=now, actor="benchmark")
            db.session.rollback()
        with app.app_context(), serving(settings) as server, sync_playwright() as started:
            chromium = started.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
            page = chromium.new_page(base_url=server.url)
            page.goto("/sign-in")
            page.fill("#email", "b@example.com")
            page.fill("#password", PASSWORD)
            page.press("#password", "Enter")
            page.wait_for_url("**/events")
            page.goto("/events/loop/day")
            page.wait_for_selector("#day-now")
            assert server.process is not None
            settle(server.process.pid, within=5)
            before = used_by(server.process.pid)
            time.sleep(10)
            after = used_by(server.process.pid)
            busy = f"{os.getloadavg()[0]:.1f} processors of {os.cpu_count()}"
            print(f"{asked.companies} companies, {TABLES} tables, {ROUNDS} rounds (others keep {busy} busy)")
            print(
                f"an open page costs {(after.cpu - before.cpu) / 10:.3f} of a processor; memory {after.memory:.0f} MB"
            )
            told_of(measure(page, people, asked.triggers))
            chromium.close()
            db.engine.dispose()


if __name__ == "__main__":
    main()
