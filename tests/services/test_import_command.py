"""`python -m eventday import` as scripts use it, and an import that is killed."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import pytest

from eventday.models import db
from eventday.services.forum.events import create_event

from .. import builders, live
from ..sheet_writing import csv_bytes
from .dumping import dump
from .importing_forum import HOSTS, PEOPLE, csv_file, take

SAMPLE = Path(__file__).parents[2] / "eventday" / "sample" / "baoshan-2025"


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
    return live.command(settings, "import", "forum", *arguments, LC_ALL=lang)


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


def test_a_file_that_is_not_there_and_a_folder_are_named_in_our_words(settings, event_id, tmp_path):
    done = call(settings, "/nowhere/people.csv", str(tmp_path), lang="zh_CN.UTF-8")
    assert done.returncode == 1
    assert "/nowhere/people.csv: 没有此文件，请核对文件名和所在文件夹。" in done.stdout
    assert f"{tmp_path}: 这是一个文件夹" in done.stdout


def test_an_event_that_does_not_exist_is_an_error_and_no_files_are_wrong_usage(settings, event_id):
    unknown = live.command(settings, "import", "nothing", SAMPLE / "报名表.xlsx")
    assert (unknown.returncode, "nothing" in unknown.stderr) == (1, True)
    assert live.command(settings, "import", "forum").returncode == 2


class Import(live.Process):
    """An import that says how far it is, so that it can be killed there."""

    module = "tests.services.killable_import"


@pytest.mark.parametrize(("stage", "wait"), [("matching", 0.0), ("saving", 0.0), ("saving", 0.2), ("saving", 0.5)])
def test_an_import_that_is_killed_leaves_nothing_half_done(settings, event_id, tmp_path, stage, wait):
    people = [[f"上海{n}号装备有限公司", "", "王伟", "", "经理", "核工院", ""] for n in range(1500)]
    (tmp_path / "hosts.csv").write_bytes(csv_bytes(HOSTS))
    (tmp_path / "people.csv").write_bytes(csv_bytes([PEOPLE[0], *people]))
    before = dump()
    importing = Import(settings, str(event_id), str(tmp_path / "hosts.csv"), str(tmp_path / "people.csv"))
    importing.start()
    live.until(lambda: stage in importing.said().split(), within=60, every=0.002)
    time.sleep(wait)  # not for anything: only so that it is killed at different places
    importing.kill()
    db.session.rollback()
    held = dump()
    assert held == before or len(held["delegate"]) == len(held["badge"]) == len(held["wish"]) == 1500
    again = take(event_id, csv_file("hosts", HOSTS), csv_file("people", [PEOPLE[0], *people]))
    assert (again.delegates, again.wishes) == (1500, 1500)
