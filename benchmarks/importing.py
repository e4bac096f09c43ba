"""How long an import of 10,000 registrations takes: `python -m benchmarks.importing [ROWS]`.

The sheet has eighteen columns and four wishes a row, from 4,000 companies for 50 hosts; it goes into an empty SQLite
database. Prints seconds by stage, then how long the same file takes again.
"""

from __future__ import annotations

import io
import itertools
import random
import resource
import sys
import tempfile
import time
from datetime import UTC, date, datetime

import xlsxwriter

from eventday import create_app
from eventday.models import migrating
from eventday.services.forum.events import create_event
from eventday.services.importing import import_sheets
from eventday.settings import load_settings
from eventday.sheets import SheetFile

HAN = "尹磊国曾单仇尉迟文堃上海泓辰精密机械恒优软件嘉维仪器电力核能装备制造材料检测焊接增材数字化信息"
HEADER = ["序号", "企业名称", "统一社会信用代码", "类型", "街镇", "主营", "姓名", "职务", "手机", "邮箱", "参会方式",
          "第一意向", "第二意向", "第三意向", "第四意向", "预计到场", "备注", "提交时间"]  # fmt: skip


def main(rows: int) -> None:
    """Import twice and print how long each stage took."""
    files = [SheetFile("报名.xlsx", _workbook(_people(rows))), SheetFile("央国企.xlsx", _workbook(_hosts()))]
    settings = load_settings({"EVENTDAY_INSTANCE": tempfile.mkdtemp(), "EVENTDAY_SECRET_KEY": "benchmark"})
    migrating.upgrade(settings.database_url)
    now, codes = datetime.now(UTC), itertools.count()
    with create_app(settings).app_context():
        event = create_event(slug="big", name="big", on=date(2025, 6, 18), now=now, actor="benchmark").id
        for turn in ("first time", "again"):
            begun, stages = time.perf_counter(), {}
            cpu = time.process_time()
            report = import_sheets(
                event,
                files,
                now=now,
                actor="benchmark",
                new_code=lambda: f"{next(codes):016d}",
                progress=lambda stage, *_, b=begun, s=stages: s.setdefault(stage, time.perf_counter() - b),
            )
            told = ", ".join(f"{stage} from {at:.1f} s" for stage, at in stages.items())
            seconds = time.perf_counter() - begun
            busy = time.process_time() - cpu
            print(f"{turn}: {seconds:.1f} s, of which {busy:.1f} s of CPU ({told})")
            print(f"  {report.delegates} delegates, {report.wishes} wishes")
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def _people(rows: int) -> list[list[object]]:
    pick = random.Random(1)
    companies = [f"上海{''.join(pick.choices(HAN, k=6))}有限公司" for _ in range(4000)]
    people: list[list[object]] = [["报名表"], [*HEADER]]
    for number in range(rows):
        wishes = [f"上海第{host}研究所" for host in pick.sample(range(50), 4)]
        name, phone = "".join(pick.choices(HAN, k=3)), str(13_000_000_000 + number * 137)
        contact = [name, "经理", phone, f"u{number}@example.com", "现场"]
        about = [number, pick.choice(companies), None, "中小企业", "大场镇", "焊接、软件"]
        people.append([*about, *contact, *wishes, "14:00", "备注", "2025-06-02 14:03"])
    return people


def _hosts() -> list[list[object]]:
    return [["央国企", "桌号", "容量"], *([f"上海第{host}研究所", f"T{host}", 8] for host in range(50))]


def _workbook(rows: list[list[object]]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return buffer.getvalue()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
