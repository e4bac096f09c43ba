"""What requests that only read may rely on, and what those that write meanwhile may: the same on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from eventday import create_app
from eventday.models import Series, db, only_reading, promise_only_to_read, writing


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
