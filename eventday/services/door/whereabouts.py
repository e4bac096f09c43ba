"""Where the people of one transaction are, by `rules.presence`, kept up scan by scan.

The row of `presence` answers for nearly every scan. The log is asked where a row cannot tell: of a scan that was made
before what is known, of an undo.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from ...models import Conflict, Delegate, Scan, db
from ...rules.checkin import State
from ...rules.presence import REACHED, repeated_by, where_is
from .scan_lookup import LoggedSighting, Standing, let_pass

Logs = dict[int, list[LoggedSighting]]

_Undo = aliased(Scan)
_UNDONE = select(_Undo.number).where(_Undo.undoes == Scan.id, _Undo.outcome == "undone").exists()


def sightings_of(delegate_ids: Collection[int]) -> tuple[Logs, set[str]]:
    """What the log holds of each, in its order, with what it holds of whoever was merged into them; what was undone."""
    merged = select(Delegate.id).where(Delegate.merged_into_id.in_(delegate_ids))
    whose = func.coalesce(Delegate.merged_into_id, Delegate.id)
    columns = (Scan.id, Scan.kind, Scan.at, Scan.outcome, Scan.detail, Scan.gate, Scan.station_id, Conflict.id)
    rows = db.session.execute(
        select(whose, *columns, _UNDONE)
        .join(Delegate, Delegate.id == Scan.delegate_id)
        .outerjoin(Conflict, Conflict.second_scan_id == Scan.id)
        .where(or_(Scan.delegate_id.in_(delegate_ids), Scan.delegate_id.in_(merged)))
        .where(Scan.kind.in_(REACHED), Scan.outcome.in_(("accepted", "already")))
        .order_by(Scan.number)
    )
    logs: Logs = defaultdict(list)
    undone: set[str] = set()
    for person, scan_id, kind, at, outcome, detail, gate, station, conflict, taken_back in rows:
        repeats = None if outcome == "accepted" else detail.get("repeats", "")
        passed = repeats is not None and let_pass(detail, conflict is not None)
        logs[person].append(LoggedSighting(scan_id, kind, at, repeats, passed, gate, station))
        if taken_back:
            undone.add(scan_id)
    return logs, undone


def stand_by_log(delegate_id: int) -> Standing:
    """Where the log says that somebody is."""
    logs, undone = sightings_of({delegate_id})
    here, log = Standing(), logs.get(delegate_id, [])
    here.stand(where_is(log, undone))
    here.seen_at = _last(log)
    return here


def _last(log: Sequence[LoggedSighting]) -> datetime | None:
    return max((each.at for each in log), default=None)


class Whereabouts:
    """The standings of one transaction, locked; `undone` holds what was taken back and is added to."""

    def __init__(self, standings: Mapping[int, Standing], undone: set[str]) -> None:
        self.standings, self.undone = standings, undone
        self._logged: Logs | None = None
        self._new: Logs = defaultdict(list)
        self._let_pass: set[str] = set()

    def met(self, person_id: int, kind: str, at: datetime, *, exactly: bool) -> tuple[State, LoggedSighting | None]:
        """The state that a scan of `kind` made `at` finds somebody in, and the scan that it repeats.

        Not `exactly`: whether that scan itself was a repetition is left open.
        """
        here = self.standings[person_id]
        if here.state == "expected":
            return "expected", None
        known = self._by_row(here, kind, at)
        if known and not exactly:
            return here.state, known
        if not known and self._is_newest(here, at) and REACHED[kind] != here.state:
            return "expected", None
        first = repeated_by(kind, at, self._log(person_id), self.undone) or known
        return (REACHED[kind] if first else "expected"), first

    def saw(self, person_id: int, seen: LoggedSighting) -> None:
        """A scan was entered: somebody moves, or is known to stand where they were said to be."""
        here = self.standings[person_id]
        unknown = here.seen_at is None and here.state != "expected"
        self._new[person_id].append(seen)
        if here.state == "expected" or (seen.repeats is None and self._is_newest(here, seen.at)):
            here.stand(seen)
        elif seen.repeats is None or not self._by_row(here, seen.kind, seen.at):
            self._stand_anew(person_id)
        if not unknown:
            here.see(seen.at)

    def take_back(self, person_id: int, scan_id: str) -> None:
        """A scan was undone."""
        self.undone.add(scan_id)
        self._stand_anew(person_id)

    def has_let_pass(self, person_id: int, scan_id: str) -> None:
        """A station has said of an earlier scan that it let somebody pass."""
        self._let_pass.add(scan_id)
        self._stand_anew(person_id)

    def _by_row(self, here: Standing, kind: str, at: datetime) -> LoggedSighting | None:
        """The scan that `presence` names, where one of `kind` made `at` can only repeat that."""
        if REACHED[kind] != here.state or here.since is None or at < here.since:
            return None
        return LoggedSighting(here.scan_id or "", kind, here.since, gate=here.gate, station_id=here.station_id)

    def _is_newest(self, here: Standing, at: datetime) -> bool:
        """Whether the log has nobody at a door later than this."""
        return here.seen_at is not None and at >= here.seen_at

    def _stand_anew(self, person_id: int) -> None:
        here, log = self.standings[person_id], self._log(person_id)
        here.stand(where_is(log, self.undone))
        here.seen_at = _last(log)

    def _log(self, person_id: int) -> list[LoggedSighting]:
        if self._logged is None:
            self._logged, undone = sightings_of(self.standings.keys())
            self.undone |= undone
        log = [*self._logged.get(person_id, []), *self._new.get(person_id, [])]
        return [replace(each, let_pass=True) if each.id in self._let_pass else each for each in log]
