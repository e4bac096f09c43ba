"""Scans in, answers out: the append-only log and the presence derived from it, in one transaction.

Of many stations that scan one badge at once exactly one is told `accepted`: whoever holds the delegate's row of
`presence` decides (`FOR UPDATE` on PostgreSQL; SQLite lets one transaction write at a time). Everything a retry could
repeat is found again by the scan's own id. Stations that hand in at the same moment share a transaction
(`group_commit`), and each is answered when it is durable.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, OperationalError

from ...models import db, writing
from ...models.turns import turn
from ...rules.scan_reading import read_scan
from ...rules.station_clock import correction
from .calling import StationFacts
from .group_commit import GroupCommit
from .scan_answers import Answer
from .scan_batch import Batch
from .scan_log import HandIn

_ATTEMPTS = 5

_Group = GroupCommit[HandIn, list[Answer]]
_groups: WeakKeyDictionary[Engine, _Group] = WeakKeyDictionary()


def record_scans(
    station: StationFacts, items: list[Any], *, now: datetime, sent_at: datetime | None = None
) -> list[Answer]:
    """Record `items`, each a scan as `CONTRACTS` describes it, and answer each in its place.

    `sent_at` is what the station's clock said when it sent them: a clock that is wrong is corrected by the difference,
    for scans made offline too. A scan whose id the log holds is answered as it was and not recorded again. The station
    is looked at again in the transaction: raises Revoked or Forbidden (locked) for one that was stopped meanwhile.
    """
    db.session.rollback()  # nobody waits for the others with a transaction, or its connection, in hand
    return _group().submit(HandIn(station, [read_scan(item) for item in items], now, correction(now, sent_at)))


def record_beside(station: StationFacts, items: list[Any], *, now: datetime) -> None:
    """As `record_scans`, but within the caller's transaction."""
    Batch([HandIn(station, [read_scan(item) for item in items], now)]).record()


def _group() -> _Group:
    engine = db.engine
    return _groups.get(engine) or _groups.setdefault(engine, GroupCommit(_commit, turn))


def _commit(hands: list[HandIn]) -> list[list[Answer] | Exception]:
    for attempt in range(_ATTEMPTS):
        try:
            with writing():
                return Batch(hands).record()
        except (IntegrityError, OperationalError) as error:
            # The same id came over two connections at once, or two transactions stood in each other's way:
            # the second attempt finds what the first transaction wrote.
            if attempt + 1 == _ATTEMPTS or not _may_pass(error):
                raise
    raise AssertionError("unreachable")


def _may_pass(error: IntegrityError | OperationalError) -> bool:
    again = ("40001", "40P01")  # serialisation failure, deadlock
    return isinstance(error, IntegrityError) or getattr(error.orig, "sqlstate", "") in again
