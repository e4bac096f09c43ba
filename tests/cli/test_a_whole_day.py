"""The commands of a day, one after the other, each a process of its own, where neither instance nor tables are yet."""

import csv
import io
import json

import pytest
import sqlalchemy as sa

from eventday.settings import PROJECT
from tests import instances
from tests import live as live_tools

SHEETS = PROJECT / "eventday/sample/baoshan-2025"


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def settings(request, tmp_path_factory):
    """An instance where nothing is yet."""
    folder = tmp_path_factory.mktemp("day")
    if request.param == "sqlite":
        yield instances.settings_in(folder)
    else:
        with instances.database_on(request.getfixturevalue("postgres")) as url:
            yield instances.settings_in(folder, EVENTDAY_DATABASE_URL=url)


@pytest.fixture(scope="module")
def day(settings):
    """`day("command", …)` runs a command on one instance."""

    def run(*arguments, code: int = 0, on=settings, **more: str):
        done = live_tools.command(on, *arguments, **more)
        assert done.returncode == code, f"{arguments}: {done.stdout}\n{done.stderr}"
        return done

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
    told = json.loads(day("plan", "forum", "--seconds", "60", "--publish", "--json").stdout)
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


def test_a_member_of_staff_is_added_with_a_password_that_is_long_enough(day, settings):
    add = ("user", "add", "desk@example.com", "--role", "desk", "--event", "forum")
    assert "10" in day(*add, code=1, EVENTDAY_PASSWORD="short").stderr
    day(*add, EVENTDAY_PASSWORD="long enough for a desk")
    assert "already" in day(*add, code=1, EVENTDAY_PASSWORD="long enough for a desk").stderr
    engine = sa.create_engine(settings.database_url)
    with engine.connect() as rows:
        kept = rows.scalar(sa.text("SELECT password_hash FROM staff WHERE email = 'desk@example.com'"))
    engine.dispose()
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")  # RFC 9106, for a machine with little memory


def test_a_backup_is_taken_and_put_back_elsewhere(day, tmp_path):
    day("backup", tmp_path / "day.backup")
    elsewhere = instances.settings_in(tmp_path / "elsewhere")
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
