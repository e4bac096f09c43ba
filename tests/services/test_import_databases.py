"""The import on both databases: the same counts, and nothing new the second time."""

from __future__ import annotations

import itertools
import json
from datetime import date
from pathlib import Path

from eventday import create_app
from eventday.models import db
from eventday.services.forum.events import create_event
from eventday.services.importing import import_sheets
from eventday.sheets import SheetFile

from .. import builders
from .dumping import dump

SAMPLE = Path(__file__).parents[2] / "eventday" / "sample" / "baoshan-2025"


def test_the_sample_forum_is_the_same_on_every_database(any_database):
    files = [SheetFile(path.name, path.read_bytes()) for path in SAMPLE.iterdir() if path.suffix != ".json"]
    expected = json.loads((SAMPLE / "expected.json").read_text("utf-8"))["report after all four files"]
    codes = itertools.count()
    with create_app(any_database).app_context():
        try:
            event = create_event(slug="f", name="f", on=date(2025, 6, 18), now=builders.NOW, actor="tests").id
            for _ in range(2):
                report = import_sheets(
                    event, files, now=builders.NOW, actor="tests", new_code=lambda: f"{next(codes):016d}"
                )
                assert {name: getattr(report, name) for name in expected} == expected
            held = dump()
            assert (len(held["badge"]), len(held["presence"]), len(held["wish"])) == (95, 95, 135)
            assert report.changes == {}
        finally:
            db.session.remove()
            db.engine.dispose()
