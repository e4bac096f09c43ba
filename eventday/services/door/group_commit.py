"""Group commit: whoever comes while a transaction is under way shares the next one.

Making a transaction durable costs the same for one scan as for twenty, and most of what comes before it too. So the
first to come leads: it does its own work and that of all who wait, in one transaction, and wakes them with their
answers after the commit, never before. Nobody waits for company: a lone scan is a group of one. But where the turn to
write is another process's, whoever comes until it is ours joins. (DeWitt and others, "Implementation techniques for
main memory database systems", 1984.)
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar, cast

Work = TypeVar("Work")
Result = TypeVar("Result")


@dataclass(eq=False)
class _Handed(Generic[Work, Result]):
    """One piece of work, and its caller asleep at `turn` until it is answered or has to lead."""

    work: Work
    result: Result | Exception | None = None
    turn: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.turn.acquire()


class GroupCommit(Generic[Work, Result]):
    """Gathers the work of this process's threads. `commit(works)` does it in one transaction that it ends itself, and
    gives a result for each, in order; a result that is an exception is raised where that work was handed in. Meanwhile
    `turn()` is held, which waits until this process may write."""

    def __init__(
        self,
        commit: Callable[[list[Work]], list[Result | Exception]],
        turn: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self._commit, self._turn = commit, turn
        self._lock = Lock()
        self._waiting: list[_Handed[Work, Result]] = []
        self._led = False

    def submit(self, work: Work) -> Result:
        """Do `work`, together with whatever else waits; returns once it is durable."""
        mine: _Handed[Work, Result] = _Handed(work)
        with self._lock:
            self._waiting.append(mine)
            waits, self._led = self._led, True
        if waits:
            mine.turn.acquire()
        if mine.result is None:
            self._lead()
        if isinstance(mine.result, Exception):
            raise mine.result
        return cast(Result, mine.result)

    def _lead(self) -> None:
        group: list[_Handed[Work, Result]] = []
        try:
            with self._turn():
                group = self._take()
                self._answer(group)
        except Exception as error:  # there is no turn to be had
            group = group or self._take()
            for each in group:
                each.result = each.result or error
        finally:
            group = group or self._take()
            with self._lock:
                self._led = bool(self._waiting)
                following = self._waiting[:1]
            for each in group:
                if each.result is None:  # the leader's thread is being ended
                    each.result = RuntimeError("the server is stopping")
            for each in (*following, *group):
                each.turn.release()

    def _take(self) -> list[_Handed[Work, Result]]:
        """Everybody who waits by now."""
        with self._lock:
            group, self._waiting = self._waiting, []
        return group

    def _answer(self, group: list[_Handed[Work, Result]]) -> None:
        try:
            results = self._commit([each.work for each in group])
        except Exception as error:
            if len(group) == 1:
                group[0].result = error
                return
            # Whatever it was, it is one caller's alone if the others can do without that one.
            for each in group:
                self._answer([each])
            return
        for each, result in zip(group, results, strict=True):
            each.result = result
