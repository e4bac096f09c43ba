"""A small timetable for the tests of whatever prints or exports one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from eventday.rules.timetable import Meeting, Place, Slot, Timetable, Visitor

START = datetime(2025, 6, 18, 6, 30, tzinfo=UTC)  # 14:30 in Shanghai
SLOTS = tuple(
    Slot(
        i,
        f"第{'一二'[i]}轮",
        START + timedelta(minutes=30 * i),
        START + timedelta(minutes=30 * i + 25),
        f"Round {i + 1}",
    )
    for i in range(2)
)
PLACES = (
    Place(1, "T1", 101, "上海核工程研究设计院股份有限公司", "SNERDI", "B1会议室", "Room B1"),
    Place(2, "T2", 102, "上海核工业第八研究所", room="B2会议室", video="腾讯会议", closed=frozenset({1})),
)
VISITORS = (
    Visitor(11, "申维检测", "Shenwei Testing", "无损检测"),
    Visitor(12, '=HYPERLINK("http://evil.example","恒优")'),
    Visitor(13, "朗捷智能"),
)


def timetable(version: int = 3) -> Timetable:
    """申维 meets both hosts, 恒优 one, 朗捷 none; T2 is closed in the second round."""
    return Timetable(
        slug="forum",
        event="宝山对接会",
        event_en="Baoshan forum",
        venue="智慧湾",
        zone=ZoneInfo("Asia/Shanghai"),
        version=version,
        published_at=datetime(2025, 6, 17, 10, 20, 0, 123456, tzinfo=UTC),
        slots=SLOTS,
        places=PLACES,
        visitors=VISITORS,
        meetings=(
            Meeting(VISITORS[0], PLACES[1], SLOTS[0], 5),
            Meeting(VISITORS[1], PLACES[0], SLOTS[0], 3),
            Meeting(VISITORS[0], PLACES[0], SLOTS[1]),
        ),
    )
