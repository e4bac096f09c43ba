"""A backup is of one moment, goes back onto either database, and never replaces anything unasked."""

import json
import sqlite3
import threading
import zipfile

import pytest
import sqlalchemy as sa

from eventday import create_app
from eventday.models import Scan, Staff, db
from eventday.rules.errors import Invalid
from eventday.services.backups import restore_backup, take_backup
from eventday.services.backups.rows import our_tables
from eventday.settings import load_settings
from tests import builders


def rows_of(url: str) -> dict[str, list]:
    """Every row of every table, moments in UTC, to be compared."""
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        tables = our_tables(connection).tables
        rows = {
            name: sorted(str([_same(value) for value in row]) for row in connection.execute(sa.select(table)))
            for name, table in tables.items()
        }
    engine.dispose()
    return rows


def _same(value):
    from datetime import UTC, datetime

    return value.astimezone(UTC).replace(tzinfo=None) if isinstance(value, datetime) and value.tzinfo else value


def fill(settings) -> None:
    """A forum with people, badges, scans refused and accepted, a member of staff and somebody who receives guests."""
    app = create_app(settings)
    with app.app_context():
        forum = builders.small_forum()
        builders.new_member("planner", events=[forum.event])
        first, last = forum.delegates[0], forum.delegates[-1]
        first.receiver_id = last.id
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def elsewhere(tmp_path):
    """An empty instance on SQLite in another folder."""
    return load_settings({"EVENTDAY_INSTANCE": str(tmp_path / "elsewhere"), "EVENTDAY_SECRET_KEY": "another"})


def test_everything_goes_back_onto_the_database_that_it_came_from(any_database, tmp_path):
    fill(any_database)
    before = rows_of(any_database.database_url)
    taken = take_backup(any_database, tmp_path / "forum.backup", now=builders.NOW)
    app = create_app(any_database)
    with app.app_context():
        builders.small_forum("later")
        db.session.remove()
        db.engine.dispose()
    restore_backup(any_database, tmp_path / "forum.backup", force=True)
    assert rows_of(any_database.database_url) == before
    assert taken.rows["delegate"] == len(before["delegate"]) == 4


@pytest.mark.postgres
def test_what_began_on_a_laptop_moves_to_a_server_and_back(settings, fresh_postgres, elsewhere, tmp_path):
    fill(settings)
    server = load_settings({"EVENTDAY_INSTANCE": str(tmp_path / "server"), "EVENTDAY_DATABASE_URL": fresh_postgres})
    take_backup(settings, tmp_path / "one.backup", now=builders.NOW)
    restore_backup(server, tmp_path / "one.backup")
    take_backup(server, tmp_path / "two.backup", now=builders.NOW)
    restore_backup(elsewhere, tmp_path / "two.backup")
    assert rows_of(elsewhere.database_url) == rows_of(settings.database_url)
    fill_more(server)


def fill_more(settings) -> None:
    """New rows get new numbers on a database that was restored."""
    app = create_app(settings)
    with app.app_context():
        assert builders.small_forum("after").event.id == 2
        db.session.remove()
        db.engine.dispose()


def test_the_scan_log_is_append_only_after_a_restore_too(any_database, tmp_path):
    take_backup(any_database, tmp_path / "empty.backup", now=builders.NOW)
    restore_backup(any_database, tmp_path / "empty.backup")
    fill(any_database)
    app = create_app(any_database)
    with app.app_context():
        scan = Scan(id="s", event_id=1, kind="in", at=builders.NOW, received_at=builders.NOW, outcome="unknown")
        db.session.add(scan)
        db.session.commit()
        with pytest.raises(sa.exc.DBAPIError):
            db.session.execute(sa.delete(Scan))
        db.session.remove()
        db.engine.dispose()


def test_a_backup_is_of_one_moment_while_others_write(settings, tmp_path):
    """A writer moves a mark from row to row; in every backup exactly one row has it."""
    fill(settings)
    stop = threading.Event()

    def write() -> None:
        connection = sqlite3.connect(settings.sqlite_file, timeout=15)
        number = 0
        while not stop.is_set():
            number += 1
            with connection:
                connection.execute("UPDATE delegate SET note = ''")
                connection.execute("UPDATE delegate SET note = 'mark' WHERE id = ?", (number % 4 + 1,))
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for turn in range(5):
            target = tmp_path / f"{turn}.backup"
            take_backup(settings, target, now=builders.NOW)
            lines = zipfile.ZipFile(target).read("tables/delegate.jsonl").decode().splitlines()
            assert [json.loads(line)["note"] for line in lines].count("mark") <= 1
    finally:
        stop.set()
        writer.join()


def test_a_restore_replaces_nothing_unasked(settings, tmp_path):
    fill(settings)
    take_backup(settings, tmp_path / "forum.backup", now=builders.NOW)
    before = rows_of(settings.database_url)
    with pytest.raises(Invalid, match="--force"):
        restore_backup(settings, tmp_path / "forum.backup")
    assert rows_of(settings.database_url) == before


@pytest.mark.parametrize("harm", ["cut", "flipped", "not a zip", "newer"])
def test_a_damaged_or_newer_backup_is_refused_and_the_database_stays(settings, tmp_path, harm):
    fill(settings)
    file = tmp_path / "forum.backup"
    take_backup(settings, file, now=builders.NOW)
    before = rows_of(settings.database_url)
    whole = file.read_bytes()
    if harm == "cut":
        file.write_bytes(whole[: len(whole) // 2])
    elif harm == "flipped":
        at = _within(file, "tables/delegate.jsonl")
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 255]) + whole[at + 1 :])
    elif harm == "not a zip":
        file.write_text("not a zip")
    else:
        _rewrite_manifest(file, revision="9999")
    with pytest.raises(Invalid):
        restore_backup(settings, file, force=True)
    assert rows_of(settings.database_url) == before


def _within(file, name):
    """The place of a byte in the middle of what a part of the backup holds (its head has bytes that say nothing)."""
    with zipfile.ZipFile(file) as parts:
        part = parts.getinfo(name)
    names = file.read_bytes()[part.header_offset + 26 : part.header_offset + 30]
    head = 30 + int.from_bytes(names[:2], "little") + int.from_bytes(names[2:], "little")
    return part.header_offset + head + part.compress_size // 2


def _rewrite_manifest(file, **changes) -> None:
    with zipfile.ZipFile(file) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["manifest.json"] = json.dumps(json.loads(parts["manifest.json"]) | changes).encode()
    with zipfile.ZipFile(file, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)


def test_a_backup_with_a_row_that_points_nowhere_changes_nothing(settings, tmp_path):
    fill(settings)
    file = tmp_path / "forum.backup"
    take_backup(settings, file, now=builders.NOW)
    with zipfile.ZipFile(file) as old:
        parts = {name: old.read(name) for name in old.namelist() if name != "tables/company.jsonl"}
    with zipfile.ZipFile(file, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    before = rows_of(settings.database_url)
    with pytest.raises(Invalid):
        restore_backup(settings, file, force=True)
    assert rows_of(settings.database_url) == before


def test_the_signing_key_moves_along_so_that_sessions_and_bound_phones_go_on(tmp_path):
    here = load_settings({"EVENTDAY_INSTANCE": str(tmp_path / "here")})
    there = load_settings({"EVENTDAY_INSTANCE": str(tmp_path / "there")})
    from eventday.models import migrating

    migrating.upgrade(here.database_url)
    take_backup(here, tmp_path / "keys.backup", now=builders.NOW)
    restore_backup(there, tmp_path / "keys.backup")
    assert load_settings({"EVENTDAY_INSTANCE": str(tmp_path / "there")}).secret_key == here.secret_key
    assert (tmp_path / "keys.backup").stat().st_mode & 0o777 == 0o600


def test_staff_and_their_events_come_back(settings, elsewhere, tmp_path):
    fill(settings)
    take_backup(settings, tmp_path / "forum.backup", now=builders.NOW)
    restore_backup(elsewhere, tmp_path / "forum.backup")
    app = create_app(elsewhere)
    with app.app_context():
        assert [event.slug for event in db.session.query(Staff).one().events] == ["forum"]
        db.session.remove()
        db.engine.dispose()
