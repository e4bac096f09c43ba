"""A CP-SAT model that looks at the clock while it is being built: of a huge day that alone takes half a minute."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from ortools.sat.python import cp_model

STEPS_BETWEEN_LOOKS = 32
SECONDS_BETWEEN_PAUSES = 0.05
"""Whoever is asked whether to go on may have to ask others."""


class WatchedModel(cp_model.CpModel):
    """Calls `pause` now and then as variables, rules and hints are added; that may end it by raising."""

    def __init__(self, pause: Callable[[], None]) -> None:
        super().__init__()
        self._pause, self._steps, self._paused = pause, 0, time.monotonic()

    def unwatch(self) -> None:
        """It is built: from now on whoever adds to it has results to keep, and looks at the clock by itself."""
        self._pause = _go_on

    def _step(self) -> None:
        self._steps += 1
        if self._steps % STEPS_BETWEEN_LOOKS == 0 and time.monotonic() - self._paused > SECONDS_BETWEEN_PAUSES:
            self._paused = time.monotonic()
            self._pause()

    def new_bool_var(self, *arguments: Any) -> cp_model.IntVar:
        """As its parent's, looking at the clock; so are the others."""
        self._step()
        return super().new_bool_var(*arguments)

    def new_int_var(self, *arguments: Any) -> cp_model.IntVar:
        """See `new_bool_var`."""
        self._step()
        return super().new_int_var(*arguments)

    def add(self, *arguments: Any) -> Any:
        """See `new_bool_var`."""
        self._step()
        return super().add(*arguments)

    def add_linear_constraint(self, *arguments: Any) -> Any:
        """See `new_bool_var`."""
        self._step()
        return super().add_linear_constraint(*arguments)

    def add_at_most_one(self, *arguments: Any) -> Any:
        """See `new_bool_var`."""
        self._step()
        return super().add_at_most_one(*arguments)

    def add_hint(self, *arguments: Any) -> None:
        """See `new_bool_var`."""
        self._step()
        super().add_hint(*arguments)


def _go_on() -> None:
    """Nobody asks any more."""
