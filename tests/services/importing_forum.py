"""Small sheets for the tests of importing, and a way to hand them in."""

from __future__ import annotations

import itertools

from eventday.models import Badge, db
from eventday.services.importing import Report, import_sheets
from eventday.sheets import SheetFile

from .. import builders
from ..sheet_writing import csv_bytes

HOSTS = [
    ["央国企", "简称", "桌号", "会议室", "容量"],
    ["上海核工院", "核工院、SNERDI", "T1", "B1", 8],
    ["核八所", "八所", "T2", "B2", 6],
]
PEOPLE = [
    ["企业名称", "统一社会信用代码", "姓名", "手机", "职务", "第一意向", "第二意向"],
    ["上海申维检测技术有限公司", "91310113MAHBW283AB", "刘文", "19000000117", "经理", "核工院", "八所"],
    ["上海恒优精密机械有限公司", "91310113MADY419382", "胡东梅", "19000000138", "总监", "SNERDI", ""],
]


def csv_file(name: str, rows) -> SheetFile:
    return SheetFile(f"{name}.csv", csv_bytes(rows))


def take(event_id: int, *files: SheetFile, **more) -> Report:
    """Import with badge codes that never repeat."""
    codes = (f"{number:016d}" for number in itertools.count(db.session.query(Badge).count()))
    db.session.rollback()
    return import_sheets(event_id, files, now=builders.NOW, actor="tests", new_code=lambda: next(codes), **more)
