"""What requests that only read may rely on, and what those that write meanwhile may: the same on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import text, update

from eventday import create_app
from eventday.models import Plan, Series, db, only_reading, promise_only_to_read, writing
from eventday.rules.errors import Invalid, Stale
from eventday.services.planning import drafts, publishing
from tests import builders, instances


@pytest.fixture
def reader(any_database):
    """The application as a GET request finds it: it has promised only to read."""
    app = create_app(any_database)
    promise_only_to_read(True)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def names() -> list[str]:
    with only_reading():
        return [series.name for series in db.session.query(Series).order_by(Series.name)]


def write_half() -> None:
    with writing():
        db.session.add(Series(name="half"))
        db.session.flush()
        db.session.add(Series(name=str(1 // 0)))


def test_what_is_written_amid_reading_stands_whole_or_not_at_all(reader):
    assert names() == []
    with pytest.raises(ZeroDivisionError):
        write_half()
    assert names() == []
    with writing():
        db.session.add_all([Series(name="a"), Series(name="b")])
    assert names() == ["a", "b"]


def test_whoever_only_reads_keeps_nobody_from_writing(reader):
    assert db.session.query(Series).count() == 0  # and goes on reading
    with db.engine.connect() as other:
        if db.engine.dialect.name == "postgresql":
            waiting = "SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction' AND datname = %s"
            assert other.exec_driver_sql(waiting, (db.engine.url.database,)).scalar() == 0
        else:
            promise_only_to_read(False)
            other.execute(text("INSERT INTO series (name, name_en) VALUES ('c', '')"))
            other.commit()
            promise_only_to_read(True)
            assert names() == ["c"]


@pytest.mark.postgres
def test_a_draft_that_somebody_changes_after_it_was_looked_at_is_neither_published_nor_discarded(tmp_path, postgres):
    with instances.on_postgresql(tmp_path, postgres) as settings, create_app(settings).app_context():
        event = builders.small_forum().event
        moved, gone_out = (drafts.solve_event(event, now=builders.NOW, actor="tests")[0] for _ in range(2))
        assert (moved.revision, gone_out.state) == (0, "draft")
        with db.engine.begin() as other:
            other.execute(update(Plan).where(Plan.id == moved.id).values(revision=1))
            other.execute(update(Plan).where(Plan.id == gone_out.id).values(state="published", version=1))
        with pytest.raises(Stale):
            publishing.publish(event, moved, revision=0, now=builders.NOW, actor="tests")
        with pytest.raises(Invalid):
            drafts.discard(gone_out, now=builders.NOW, actor="tests")
        db.session.rollback()
        assert drafts.live_plan(event.id).id == gone_out.id
        db.session.remove()
        db.engine.dispose()
