"""`python -m eventday import` as scripts use it, and an import that is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from eventday.models import db
from eventday.services.forum.events import create_event

from .. import builders
from ..sheet_writing import csv_bytes
from .dumping import dump
from .importing_forum import HOSTS, PEOPLE, csv_file, take

SAMPLE = Path(__file__).parents[2] / "eventday" / "sample" / "baoshan-2025"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def event_id(app):
    return create_event(slug="forum", name="对接会", on=date(2025, 6, 18), now=builders.NOW, actor="tests").id


@pytest.fixture
def run(settings, event_id, tmp_path):
    """Runs the command on this test's database; files are given as name → rows."""

    def run(files, *options, lang="C.UTF-8"):
        paths = []
        for name, content in files.items():
            path = tmp_path / name
            path.write_bytes(content if isinstance(content, bytes) else csv_bytes(content))
            paths.append(str(path))
        return call(settings, *paths, *options, lang=lang)

    return run


def call(settings, *arguments, lang="C.UTF-8"):
    environment = {
        **os.environ,
        "EVENTDAY_INSTANCE": str(settings.instance),
        "EVENTDAY_SECRET_KEY": "x",
        "LC_ALL": lang,
    }
    command = [sys.executable, "-m", "eventday", "import", "forum", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=120)


def test_json_is_the_report_and_nothing_else(settings, event_id):
    paths = [str(path) for path in sorted(SAMPLE.iterdir()) if path.suffix != ".json"]
    done = call(settings, *paths, "--json")
    report = json.loads(done.stdout)
    expected = json.loads((SAMPLE / "expected.json").read_text("utf-8"))
    assert {name: report[name] for name in expected["report after all four files"]} == expected[
        "report after all four files"
    ]
    assert {(entry["file"], entry["row"]) for entry in report["rejected"]} == {
        ("报名表.xlsx", 19),
        ("报名表.xlsx", 44),
        ("意向补充.csv", 8),
    }
    assert all(entry["reason"] and "sheet" in entry for entry in report["rejected"] + report["warnings"])
    assert (done.returncode, done.stderr) == (0, "")


def test_a_dry_run_tells_and_writes_nothing(run):
    before = dump()
    done = run({"hosts.csv": HOSTS, "people.csv": PEOPLE}, "--dry-run", "--json")
    assert (done.returncode, json.loads(done.stdout)["delegates"]) == (0, 2)
    assert dump() == before


def test_reasons_follow_the_language_of_the_terminal(run):
    rows = [PEOPLE[0], ["", "", "王伟"], PEOPLE[1]]
    assert "people.csv · row 2: The row names no company." in run({"people.csv": rows}).stdout
    assert "该行没有企业名称。" in run({"people.csv": rows}, lang="zh_CN.UTF-8").stdout


def test_the_exit_code_is_1_when_nothing_could_be_taken(run):
    done = run({"people.csv": [PEOPLE[0], ["", "", "王伟"]]}, "--json")
    assert (done.returncode, json.loads(done.stdout)["delegates"]) == (1, 0)
    assert run({"book.xlsx": b"no workbook"}).returncode == 1


def test_the_exit_code_is_0_when_a_part_was_taken_or_nothing_had_to_be(run):
    assert run({"people.csv": [*PEOPLE, ["", "", "王伟"]], "broken.xlsx": b"x"}).returncode == 0
    assert run({"people.csv": PEOPLE}).returncode == 0
    assert run({"header.csv": PEOPLE[:1]}).returncode == 0


def test_a_file_that_is_not_there_is_named(run, settings):
    done = call(settings, "/nowhere/people.csv")
    assert done.returncode == 1
    assert "/nowhere/people.csv" in done.stdout


def test_an_event_that_does_not_exist_is_an_error_and_no_files_are_wrong_usage(settings, event_id):
    environment = {**os.environ, "EVENTDAY_INSTANCE": str(settings.instance), "EVENTDAY_SECRET_KEY": "x"}
    command = [sys.executable, "-m", "eventday", "import"]
    unknown = subprocess.run(
        [*command, "nothing", str(SAMPLE / "报名表.xlsx")], capture_output=True, text=True, cwd=ROOT, env=environment
    )
    assert (unknown.returncode, "nothing" in unknown.stderr) == (1, True)
    assert subprocess.run([*command, "forum"], capture_output=True, cwd=ROOT, env=environment).returncode == 2


# Imports a large sheet and says on standard output when each stage begins.
KILLABLE = """
import itertools, sys
from datetime import UTC, datetime
from pathlib import Path
from eventday import create_app
from eventday.services.importing import import_sheets
from eventday.sheets import SheetFile
files = [SheetFile(Path(name).name, Path(name).read_bytes()) for name in sys.argv[2:]]
codes = itertools.count()
with create_app().app_context():
    import_sheets(int(sys.argv[1]), files, now=datetime.now(UTC), actor="tests", new_code=lambda: f"{next(codes):016d}",
                  progress=lambda stage, done, total: print(stage, flush=True))
"""


@pytest.mark.parametrize(("stage", "wait"), [("matching", 0.0), ("saving", 0.0), ("saving", 0.2), ("saving", 0.5)])
def test_an_import_that_is_killed_leaves_nothing_half_done(settings, event_id, tmp_path, stage, wait):
    people = [[f"上海{n}号装备有限公司", "", "王伟", "", "经理", "核工院", ""] for n in range(1500)]
    (tmp_path / "hosts.csv").write_bytes(csv_bytes(HOSTS))
    (tmp_path / "people.csv").write_bytes(csv_bytes([PEOPLE[0], *people]))
    before = dump()
    environment = {**os.environ, "EVENTDAY_INSTANCE": str(settings.instance), "EVENTDAY_SECRET_KEY": "x"}
    arguments = [str(event_id), str(tmp_path / "hosts.csv"), str(tmp_path / "people.csv")]
    with subprocess.Popen(
        [sys.executable, "-c", KILLABLE, *arguments], stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
    ) as importing:
        for line in importing.stdout:
            if line.strip() == stage:
                time.sleep(wait)
                importing.send_signal(signal.SIGKILL)
                break
        importing.wait(60)
    db.session.rollback()
    held = dump()
    assert held == before or len(held["delegate"]) == len(held["badge"]) == len(held["wish"]) == 1500
    again = take(event_id, csv_file("hosts", HOSTS), csv_file("people", [PEOPLE[0], *people]))
    assert (again.delegates, again.wishes) == (1500, 1500)
