"""Migrations lead from nothing to the models and back, on both databases."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from eventday import create_app
from eventday.models import db, migrating
from eventday.services.sample import load_sample
from eventday.web.new_codes import new_code


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request, tmp_path):
    """An empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return request.getfixturevalue("fresh_postgres").replace("postgresql://", "postgresql+psycopg://")


def tables(url: str) -> set[str]:
    engine = sa.create_engine(url)
    found = set(sa.inspect(engine).get_table_names())
    engine.dispose()
    return found


def rows(url: str) -> dict[str, int]:
    """How many rows each table holds; empty tables are left out."""
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        found = {name: connection.scalar(sa.text(f'SELECT count(*) FROM "{name}"')) for name in tables(url)}
        connection.rollback()
    engine.dispose()
    return {name: count for name, count in found.items() if count}


def test_they_form_one_line():
    script = ScriptDirectory.from_config(migrating.configuration())
    assert script.get_heads() == [migrating.newest()]
    assert len(script.get_bases()) == 1


def test_up_down_and_up_again(url):
    migrating.upgrade(url)
    whole = tables(url)
    assert {"event", "scan", "plan"} <= whole
    migrating.downgrade(url, "base")
    assert tables(url) <= {"alembic_version"}
    migrating.upgrade(url)
    assert tables(url) == whole


def test_every_step_goes_back_by_itself(url):
    script = ScriptDirectory.from_config(migrating.configuration())
    line = [step.revision for step in script.walk_revisions()][::-1]
    for before, after in zip(["base", *line], line, strict=False):
        migrating.upgrade(url, after)
        migrating.downgrade(url, before)
        migrating.upgrade(url, after)


def test_what_a_forum_holds_outlives_every_step_back_and_forth(any_database):
    url = any_database.database_url
    with create_app(any_database).app_context():
        load_sample(now=datetime(2026, 5, 4, tzinfo=UTC), actor="test", new_code=new_code)
        db.session.remove()
        db.engine.dispose()
    before = rows(url)
    assert before["wish"] == 135
    migrating.downgrade(url, "0002")  # the first tables cannot hold two projects of one name
    assert rows(url) == before
    migrating.upgrade(url)
    assert rows(url) == before


def test_they_lead_to_the_models(url, app):
    migrating.upgrade(url)
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection, {"compare_type": True}), db.metadata)
        connection.rollback()
    engine.dispose()
    assert not differences


def test_the_scan_log_refuses_to_be_changed(any_database):
    engine = sa.create_engine(any_database.database_url)
    names = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger",
    }
    with engine.connect() as connection:
        triggers = set(connection.scalars(sa.text(names[engine.dialect.name])))
        connection.rollback()
    engine.dispose()
    assert {"scan_no_update", "scan_no_delete"} <= triggers or "scan_append_only" in triggers


def test_several_processes_that_start_together_take_turns(url):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(migrating.upgrade, [url] * 4))
    assert "scan" in tables(url)
