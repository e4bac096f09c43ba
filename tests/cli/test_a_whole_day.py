"""The commands of a day, one after the other, each a process of its own on an instance that begins empty."""

import csv
import io
import json
import sqlite3
from contextlib import closing

import pytest

from eventday.settings import PROJECT, load_settings
from tests import live as live_tools

SHEETS = PROJECT / "eventday/sample/baoshan-2025"


@pytest.fixture(scope="module")
def day(tmp_path_factory):
    """`day("command", …)` runs a command on one instance."""
    settings = load_settings({"EVENTDAY_INSTANCE": str(tmp_path_factory.mktemp("day")), "EVENTDAY_SECRET_KEY": "tests"})

    def run(*arguments, code: int = 0, on=settings, **more: str):
        done = live_tools.command(on, *arguments, **more)
        assert done.returncode == code, f"{arguments}: {done.stdout}\n{done.stderr}"
        return done

    run.settings = settings
    run("event", "create", "forum", "--name", "宝山专场", "--date", "2025-06-18")
    expected = json.loads((SHEETS / "expected.json").read_text(encoding="utf-8"))
    names = sorted(file for file in SHEETS.iterdir() if file.suffix in (".xlsx", ".csv"))
    run.report = json.loads(run("import", "forum", *names, "--json").stdout)
    run.expected = expected["report after all four files"]
    return run


def test_the_import_counts_what_the_sheets_hold(day):
    for name in ("delegates", "remote_delegates", "needs", "tables", "rounds", "wishes", "projects", "duplicates"):
        assert day.report[name] == day.expected[name], name
    assert day.report["companies"] == day.expected["companies"]


def test_an_event_that_is_there_already_is_not_made_again(day):
    again = day("event", "create", "forum", "--name", "宝山专场", "--date", "2025-06-18", code=1)
    assert "forum" in again.stderr
    assert "Traceback" not in again.stderr


def test_badges_are_listed_and_printed(day, tmp_path):
    rows = list(csv.DictReader(io.StringIO(day("badges", "forum", "--csv").stdout)))
    assert list(rows[0]) == ["code", "delegate", "company", "kind", "role"]
    assert len({row["code"] for row in rows}) == day.report["delegates"]
    day("badges", "forum", "-o", tmp_path / "badges.pdf")
    assert (tmp_path / "badges.pdf").read_bytes().startswith(b"%PDF")


def test_a_plan_is_solved_published_and_exported(day, tmp_path):
    told = json.loads(day("plan", "forum", "--seconds", "10", "--publish", "--json").stdout)
    assert (told["version"], told["status"]) == (1, "optimal")
    assert all(goal["proven"] for goal in told["goals"])
    for ending in ("xlsx", "csv", "ics", "pdf", "json"):
        day("export", "forum", "-o", tmp_path / f"plan.{ending}")
        assert (tmp_path / f"plan.{ending}").stat().st_size > 100
    exported = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    assert exported["schema"] == "eventday.instance/1"
    assert exported["solution"]["assignments"]


def test_a_device_is_paired_by_hand(day):
    told = json.loads(day("device", "add", "forum", "北门", "--role", "gate", "--json").stdout)
    assert set(told) == {"id", "token", "pair_url"}


def test_a_member_of_staff_is_added_with_a_password_that_is_long_enough(day):
    add = ("user", "add", "desk@example.com", "--role", "desk", "--event", "forum")
    assert "10" in day(*add, code=1, EVENTDAY_PASSWORD="short").stderr
    day(*add, EVENTDAY_PASSWORD="long enough for a desk")
    assert "already" in day(*add, code=1, EVENTDAY_PASSWORD="long enough for a desk").stderr
    with closing(sqlite3.connect(day.settings.instance / "eventday.db")) as rows:
        (kept,) = rows.execute("SELECT password_hash FROM staff WHERE email = 'desk@example.com'").fetchone()
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")  # RFC 9106, for a machine with little memory


def test_a_backup_is_taken_and_put_back_elsewhere(day, tmp_path):
    day("backup", tmp_path / "day.backup")
    elsewhere = load_settings({"EVENTDAY_INSTANCE": str(tmp_path / "elsewhere"), "EVENTDAY_SECRET_KEY": "tests"})
    day("restore", tmp_path / "day.backup", on=elsewhere)
    assert day("badges", "forum", "--csv", on=elsewhere).stdout == day("badges", "forum", "--csv").stdout
    assert "--force" in day("restore", tmp_path / "day.backup", on=elsewhere, code=1).stderr


@pytest.mark.parametrize(
    "wrong", [["plan"], ["export", "forum"], ["device", "add", "forum", "x", "--role", "king"], ["nonsense"]]
)
def test_wrong_usage_is_told_apart_from_failure(day, wrong):
    assert "Traceback" not in day(*wrong, code=2).stderr


@pytest.mark.parametrize(
    "command", [["plan", "nowhere"], ["badges", "nowhere", "--csv"], ["device", "add", "nowhere", "x"]]
)
def test_an_event_that_does_not_exist_is_named(day, command):
    assert "nowhere" in day(*command, code=1).stderr
