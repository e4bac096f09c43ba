"""How fast a tablet finds people: `python -m benchmarks.search [--people 5000]`.

A real Chromium holds the station app with the roster of `--people`, then loses its connection, and keys are pressed one
after the other. Printed for each key: how long until the found people are painted, and the processor time that all of
Chromium spent on it (on a machine that does other things too, the two differ). Each query begins with one character.
`--slower 4` lets Chromium work at a quarter of its speed, about a tablet's. `--camera` has it look at an empty hall
meanwhile, as a station does.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import CDPSession, Page, sync_playwright
from sqlalchemy import insert

from eventday import create_app
from eventday.models import Company, Delegate, Event, db, migrating
from eventday.services.door.stations import add_station
from eventday.settings import load_settings
from tests.live import CHROMIUM, CHROMIUM_ARGUMENTS, camera_arguments, serving

from .camera import empty_hall

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余于杜叶程苏魏吕丁任沈姚卢单仇解"
)
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华国建文志海东梅嘉宇晨辉鹏飞玉玲红云雪林峰"
TRADES = "精密机械 智能装备 软件 新材料 环保科技 仪器仪表 阀门 核电工程 自动化 信息技术"
QUERIES = ("zeng", "单", "單", "shan", "zdm", "智能装备", "1234", "wang wei", "上海")
# From the key to the frame in which the people found stand: input event, script, layout, paint.
KEY = """async (text) => {
  const field = document.getElementById('search');
  field.value = text;
  const began = performance.now();
  field.dispatchEvent(new Event('input'));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return [performance.now() - began, document.querySelectorAll('#found > li').length];
}"""


def people(event: Event, number: int) -> None:
    """`number` people with common names, five a company."""
    pick, now = random.Random(4), datetime.now(UTC)
    trades = TRADES.split()
    names = [
        f"上海{pick.choice(GIVEN)}{pick.choice(GIVEN)}{pick.choice(trades)}{i}有限公司" for i in range(number // 5)
    ]
    companies = [Company(name=name, normal_name=name) for name in names]
    db.session.add_all(companies)
    db.session.flush()
    rows = [
        {
            "event_id": event.id,
            "company_id": companies[i % len(companies)].id,
            "name": pick.choice(SURNAMES) + "".join(pick.choices(GIVEN, k=pick.choice((1, 2, 2)))),
            "phone": f"+86138{pick.randrange(10**8):08}",
            "created_at": now,
            "revision": 1,
        }
        for i in range(number)
    ]
    db.session.execute(insert(Delegate), rows)
    event.revision = 1


def press_keys(page: Page, whole: CDPSession) -> list[tuple[str, float, float, int]]:
    """(typed so far, ms until painted, ms of processor, people shown) for every key; `whole` speaks for the browser."""

    def processor() -> float:
        return 1000 * sum(each["cpuTime"] for each in whole.send("SystemInfo.getProcessInfo")["processInfo"])

    pressed = []
    for query in QUERIES:
        for end in range(1, len(query) + 1):
            before = processor()
            took, shown = page.evaluate(KEY, query[:end])
            pressed.append((query[:end], took, processor() - before, shown))
    return pressed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=5000)
    parser.add_argument("--slower", type=float, default=1.0, help="how many times slower than this machine")
    parser.add_argument("--camera", action="store_true", help="with the camera on")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="eventday-search-") as folder:
        settings = load_settings({"EVENTDAY_INSTANCE": folder, "EVENTDAY_SECRET_KEY": "for a benchmark"})
        migrating.upgrade(settings.database_url)
        with create_app(settings).app_context():
            now = datetime.now(UTC)
            event = Event(slug="crowd", name="大会", date=now.date(), created_at=now)
            db.session.add(event)
            db.session.flush()
            people(event, chosen.people)
            secret = settings.secret_key
            _, code = add_station(event=event, name="Desk", now=now, actor="benchmark", secret=secret)
            db.session.remove()
            db.engine.dispose()
        with serving(settings) as server, sync_playwright() as playwright:
            seeing = camera_arguments(empty_hall(Path(folder))) if chosen.camera else []
            chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=[*CHROMIUM_ARGUMENTS, *seeing])
            page = chromium.new_page()
            page.goto(f"{server.url}/station?lang=zh#pair={code}")
            page.wait_for_selector("#counts .count:nth-child(2)", timeout=120_000)
            page.context.set_offline(True)
            if chosen.slower > 1:
                page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": chosen.slower})
            camera = "camera on" if chosen.camera else "no camera"
            slowed = f"{chosen.slower:g} times slowed, {camera}"
            print(f"{chosen.people} people, offline, Chromium {chromium.version}, {slowed}\n")
            _print(press_keys(page, chromium.new_browser_cdp_session()))
            chromium.close()


def _print(pressed: list[tuple[str, float, float, int]]) -> None:
    print("typed          found   painted   processor")
    for typed, took, worked, shown in pressed:
        print(f"{typed:14} {shown:5} {took:7.1f} ms {worked:8.1f} ms")
    for word, times in (("painted", [each[1] for each in pressed]), ("processor", [each[2] for each in pressed])):
        times.sort()
        high = times[int(len(times) * 0.95)]
        print(f"{word:9} median {statistics.median(times):6.1f}, p95 {high:6.1f}, longest {times[-1]:6.1f} ms")


if __name__ == "__main__":
    main()
