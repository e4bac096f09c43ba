"""The board at its largest, 60 companies × 12 tables × 8 rounds: to load it, and to say where a lifted chip may go.

`python benchmarks/board.py` builds such a forum in a folder of its own and prints the medians of what the server needs.
With `--browser` it also opens the board on a tablet in Chromium: from the request until the board is drawn, and
from the key that lifts a chip until every cell says whether it takes it.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Thread

from flask import Flask
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from eventday import create_app
from eventday.models import Company, Event, ForumTable, Participation, Plan, Round, Wish, db, migrating, writing
from eventday.services.planning import drafts
from eventday.services.staffing import staff
from eventday.settings import load_settings

COMPANIES, TABLES, ROUNDS = 60, 12, 8
NOW = datetime(2025, 6, 18, 1, 0, tzinfo=UTC)


def largest_forum() -> Plan:
    """The forum with a draft, every company wishing to meet six hosts."""
    dice = random.Random(1)
    with writing():
        event = Event(slug="large", name="大型对接会", date=date(2025, 6, 18), created_at=NOW)
        db.session.add(event)
        db.session.flush()
        for i in range(ROUNDS):
            start = NOW + timedelta(minutes=60 + 30 * i)
            db.session.add(
                Round(event_id=event.id, name=f"第{i + 1}轮", start=start, end=start + timedelta(minutes=25))
            )
        hosts = [Company(name=f"央企{i}集团", normal_name=f"h{i}", kind="soe") for i in range(TABLES)]
        companies = [Company(name=f"上海第{i}精密机械有限公司", normal_name=f"c{i}") for i in range(COMPANIES)]
        db.session.add_all(hosts + companies)
        db.session.flush()
        for i, host in enumerate(hosts):
            db.session.add(ForumTable(event_id=event.id, host_id=host.id, label=f"T{i + 1}", capacity=4))
        for company in companies:
            db.session.add(Participation(event_id=event.id, company_id=company.id))
            for rank, host in enumerate(dice.sample(hosts, 6)):
                db.session.add(
                    Wish(event_id=event.id, company_id=company.id, host_id=host.id, interest=max(1, 5 - rank))
                )
    plan, _answer = drafts.solve_event(event, now=NOW, actor="benchmark", seconds=30)
    assert plan is not None
    return plan


def median(act, times: int = 15) -> str:
    """Medians of `times`, in milliseconds: on the clock, and of the processor (the same on a busy machine)."""
    clock, processor = [], []
    for _ in range(times):
        began, worked = time.perf_counter(), time.process_time()
        answer = act()
        clock.append((time.perf_counter() - began) * 1000)
        processor.append((time.process_time() - worked) * 1000)
        assert answer.status_code == 200, answer.status
    return f"{statistics.median(clock):7.1f} ms, of the processor {statistics.median(processor):7.1f} ms"


LIFT = """() => new Promise(done => {
    const began = performance.now();
    new MutationObserver((_, watch) => {
        watch.disconnect();
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
    }).observe(document.getElementById("grid"), {subtree: true, childList: true});
    const chip = document.querySelector("td .board__chip");
    chip.dispatchEvent(new KeyboardEvent("keydown", {key: " ", bubbles: true}));
})"""
LET_GO = """() => document.getElementById("board").dispatchEvent(new KeyboardEvent("keydown", {key: "Escape"}))"""


def in_a_browser(app: Flask, password: str, board: str, times: int = 9) -> None:
    """Print what a planner waits for: the page drawn, the cells answering. Chromium's own work is told beside it."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as started:
        chromium = started.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        page = chromium.new_page(viewport={"width": 1024, "height": 768}, base_url=f"http://127.0.0.1:{server.port}")
        page.goto("/sign-in")
        page.fill("#email", "b@example.com")
        page.fill("#password", password)
        page.press("#password", "Enter")
        page.wait_for_url("**/events")
        inside = page.context.new_cdp_session(page)
        inside.send("Performance.enable")

        def worked() -> float:
            metrics = inside.send("Performance.getMetrics")["metrics"]
            return next(each["value"] for each in metrics if each["name"] == "ThreadTime") * 1000

        drawn, lifted, work = [], [], []
        for _ in range(times):
            page.goto(board)
            drawn.append(
                page.evaluate(
                    "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? performance.now()"
                )
            )
            before = worked()
            lifted.append(page.evaluate(LIFT))
            work.append(worked() - before)
            page.evaluate(LET_GO)
        chromium.close()
    server.shutdown()
    print(f"drawn      {statistics.median(drawn):7.1f} ms from the request")
    print(f"lifted     {statistics.median(lifted):7.1f} ms, of the page's processor {statistics.median(work):7.1f} ms")


def main() -> None:
    """Build, measure, print."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings({"EVENTDAY_INSTANCE": folder, "EVENTDAY_SECRET_KEY": "benchmark"})
        migrating.upgrade(settings.database_url)
        app = create_app(settings)
        app.config.update(WTF_CSRF_ENABLED=False)
        with app.app_context():
            plan_id = largest_forum().id
            password = "correct horse battery"
            staff.add_member(email="b@example.com", role="planner", password=password, now=NOW, actor="benchmark")
            meetings = len(db.session.get_one(Plan, plan_id).assignments)
            company = db.session.query(Wish.company_id).first()[0]
            db.session.remove()
        client = app.test_client()
        client.post("/sign-in", data={"email": "b@example.com", "password": password})
        base = f"/events/large/plan/{plan_id}"
        size = len(client.get(f"{base}/board").data) // 1024
        print(f"{COMPANIES} companies, {TABLES} tables, {ROUNDS} rounds, {meetings} meetings; the page is {size} kB")
        print(f"board      {median(lambda: client.get(f'{base}/board'))}")
        print(f"verdicts   {median(lambda: client.get(f'{base}/verdicts.json?company=c{company}'))}")
        if "--browser" in sys.argv:
            in_a_browser(app, password, f"{base}/board")


if __name__ == "__main__":
    main()
