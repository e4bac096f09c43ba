"""Tests that read and then write, while a live server writes to the same SQLite file.

A transaction that has begun to read cannot become one that writes once somebody else holds the write lock: SQLite then
refuses at once, however patient it was told to be. The product says beforehand which of the two it is (models/base.py).
A test only looks, until it writes; so where it does, its transaction begins anew, with the lock, and waits for it.
"""

from __future__ import annotations

from sqlalchemy import event
from sqlalchemy.orm import Session

from eventday.models import base, db


def take_it_when_writing() -> None:
    """From now on, for all of this process."""
    event.listen(db.session, "before_flush", lambda session, *_: _take(session))
    event.listen(db.session, "do_orm_execute", lambda state: None if state.is_select else _take(state.session))


def _take(session: Session) -> None:
    connection, transaction = session.connection(), session.get_transaction()
    if connection.dialect.name != "sqlite" or not base._reading.get() or session.info.get("writes") is transaction:
        return
    session.info["writes"] = transaction
    connection.exec_driver_sql("COMMIT")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
