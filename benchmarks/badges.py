"""How long badges take: `python -m benchmarks.badges [--count 1000]`; each layout in a process of its own."""

from __future__ import annotations

import argparse
import itertools
import random
import subprocess
import sys
import time
from datetime import UTC, datetime

from eventday.badges.badge_papers import LAYOUTS, badges_pdf
from eventday.badges.cards import ROLES, BadgeCard, Heading

HEADING = Heading("上海央国企与中小企业合作对接会", "Shanghai SOE–SME Matchmaking Forum", "2025-06-18", "上海宝山")
MADE_AT = datetime(2025, 6, 1, tzinfo=UTC)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨单曾仇尉"
GIVEN = "文东梅宇怡强丽通玉超晓明娜兰志堃䶮㛃捷维凌创"
FOREIGN = ("Anne-Marie O’Neill", "Hubert Blaine Wolfeschlegelsteinhausen", "Nguyễn Thị Minh Khai", "买买提·吾买尔")
COMPANIES = ("上海申维检测技术有限公司", "上海核工程研究设计院股份有限公司", "Siemens Energy Global GmbH & Co. KG")


def cards(count: int) -> list[BadgeCard]:
    """`count` badges, no two the same: Chinese names of two and three characters, every twelfth one foreign."""
    chance = random.Random(0)
    roles = itertools.cycle(ROLES)
    made = []
    for _ in range(count):
        chinese = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))
        code = "".join(chance.choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=16))
        made.append(
            BadgeCard(
                name=chance.choice(FOREIGN) if chance.random() < 1 / 12 else chinese,
                company=chance.choice(COMPANIES),
                company_en="Shanghai Precision Instruments Co., Ltd." if chance.random() < 0.3 else "",
                title=chance.choice(("董事长助理", "市场总监", "技术总监", "")),
                role=next(roles),
                code=code,
                qr_text=f"HTTPS://FORUM.EXAMPLE/B/{code}",
            )
        )
    return made


def measure(layout: str, count: int) -> None:
    """Print seconds, seconds of CPU (what a busy machine does not distort) and size for one layout."""
    batch = cards(count)
    begun, worked = time.perf_counter(), time.process_time()
    made = badges_pdf(batch, HEADING, layout, made_at=MADE_AT)
    taken, work = time.perf_counter() - begun, time.process_time() - worked
    print(f"{layout:9} {count:6} badges {taken:6.2f} s {work:6.2f} s CPU {len(made) / 1e6:6.2f} MB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--layout", choices=LAYOUTS, help="this one only")
    options = parser.parse_args()
    if options.layout:
        measure(options.layout, options.count)
        return
    for layout in LAYOUTS:  # one process each: typst remembers what it has laid out before
        again = [sys.executable, "-m", "benchmarks.badges", "--layout", layout, "--count", str(options.count)]
        subprocess.run(again, check=True)


if __name__ == "__main__":
    main()
