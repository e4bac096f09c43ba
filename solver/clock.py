"""One run's time limit, cancel button and progress line, passed to whoever may take long."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, NamedTuple

from solver.solution import Value


class Progress(NamedTuple):
    """Where a run stands: a goal's value in the best plan so far, its bound, seconds since the start."""

    goal: str
    value: Value | None
    bound: Value | None
    seconds: float

    def to_json(self) -> dict[str, Any]:
        return {
            "goal": self.goal,
            "value": list(self.value) if isinstance(self.value, tuple) else self.value,
            "bound": list(self.bound) if isinstance(self.bound, tuple) else self.bound,
            "seconds": round(self.seconds, 3),
        }


GRACE, STRETCH = 0.4, 1.1
"""How much longer than asked a plan that is being made may take: so many seconds beyond so many times the limit."""


class OutOfTimeError(Exception):
    """There is no time left for what was being made."""


class Run:
    """Counts from its creation.

    `cut` tells afterwards whether time or the caller ended something early; `in_hand`, that there is a plan to return.
    """

    def __init__(
        self,
        seconds: float,
        progress: Callable[[Progress], None] | None = None,
        cancel: Callable[[], bool] | None = None,
    ) -> None:
        self.began = time.monotonic()
        self.limit = seconds
        self.cut = False
        self._progress = progress
        self._cancel = cancel
        self._cancelled_at: float | None = None
        self.in_hand = False
        self._told: tuple[str, Value | None, Value | None] | None = None

    def spent(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.began

    def left(self) -> float:
        """Seconds still allowed, never negative."""
        return max(0.0, self.limit - self.spent())

    @property
    def can_be_cancelled(self) -> bool:
        """Somebody may press a button, so somebody must watch it."""
        return self._cancel is not None

    def cancelled(self) -> bool:
        """The caller wants the best plan so far, now."""
        if self._cancelled_at is None and self._cancel is not None and self._cancel():
            self._cancelled_at = self.spent()
        return self._cancelled_at is not None

    def over(self) -> bool:
        """Time is up or the caller has cancelled."""
        if self.left() <= 0 or self.cancelled():
            self.cut = True
            return True
        return False

    def insist(self) -> None:
        """Go on with what is nearly there, a little beyond the end; raises `OutOfTimeError` after that.

        On a small day a first plan is there before anybody could notice, and on a huge one nobody waits for it. Who
        cancels with a plan in hand waits for none at all.
        """
        if self.over():
            late = self.limit * STRETCH + GRACE
            if self._cancelled_at is not None:
                late = min(late, self._cancelled_at + (0.0 if self.in_hand else GRACE))
            if self.spent() > late:
                raise OutOfTimeError

    def pause(self) -> None:
        """Between steps of making a plan: a first one may insist, for a better one time ends with `OutOfTimeError`."""
        if not self.in_hand:
            self.insist()
        elif self.over():
            raise OutOfTimeError

    def tell(self, goal: str, value: Value | None, bound: Value | None) -> None:
        """Report progress, once per change."""
        if self._progress is not None and self._told != (goal, value, bound):
            self._told = (goal, value, bound)
            self._progress(Progress(goal, value, bound, self.spent()))
