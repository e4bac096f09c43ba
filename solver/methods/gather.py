"""Close the gaps in companies' days without changing whom they meet: single meetings change their round.

A meeting moves to another round in which its company is free. Where its table is full then, it changes places with a
guest of that round who is free in this one. What makes days longer is now and then allowed, ever more rarely: simulated
annealing (Kirkpatrick, Gelatt and Vecchi, *Optimization by simulated annealing*, 1983).
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from functools import lru_cache

from solver.board import bits
from solver.methods.rounds import Rounds
from solver.methods.seating import Seating
from solver.model import patterns

STEPS_PER_MEETING, MOST_STEPS = 50, 1_000_000
WARM, COLD = 0.3, 0.05
"""Temperatures, in idle rounds, at the first step and at the last."""

STEPS_BETWEEN_PAUSES = 256

idle = lru_cache(maxsize=1 << 16)(patterns.idle)


def gather(rounds: Rounds, enough: int, seed: int, over: Callable[[], bool]) -> int:
    """Move meetings until there are no more than `enough` idle rounds, or so many steps are done; returns how many.

    `over` is asked now and then and ends it. The plan may then be worse than it was.
    """
    days = Days(rounds, seed)
    movable = [index for index, r in enumerate(days.slot) if r >= rounds.board.start and not days.stands[index]]
    steps = min(STEPS_PER_MEETING * len(movable), MOST_STEPS)
    for step in range(steps):
        if days.idle <= enough or (step % STEPS_BETWEEN_PAUSES == 0 and over()):
            break
        days.step(movable, WARM * (COLD / WARM) ** (step / steps))
    rounds.move(days.where())
    return days.idle


class Days(Seating):
    """Meetings with seats, and how many rounds companies sit idle between their first and their last."""

    def __init__(self, rounds: Rounds, seed: int) -> None:
        super().__init__(rounds)
        self.dice = random.Random(seed)  # noqa: S311 - no secret is drawn
        self.day = [sum(1 << r for r, own in enumerate(busy) if own) for busy in self.busy]
        self.idle = sum(idle(day) for day in self.day)

    def step(self, movable: list[int], warmth: float) -> None:
        """Try to move one meeting, drawn by lot, to one of its company's free rounds."""
        index = self.dice.choice(movable)
        company, table, r = self.company[index], self.table[index], self.slot[index]
        choices = list(bits(self.free[company] & self.board.open[table] & ~(1 << r)))
        if not choices:
            return
        then = self.dice.choice(choices)
        most = -warmth * math.log(1.0 - self.dice.random())
        longer = self._longer(index, then)
        if self.room[table][then] >= self.board.seats[company]:
            if longer <= most and self.can_be_spared(index) and not self.shunned(index, table, then):
                self._move(index, then, longer)
            return
        guests = self.guests[table][then]
        first = self.dice.randrange(len(guests)) if guests else 0
        for other in guests[first:] + guests[:first]:
            if self._may_swap(index, other) and (both := longer + self._longer(other, r)) <= most:
                self._swap(index, other, both)
                return

    def _longer(self, index: int, then: int) -> int:
        """How many more idle rounds the company would have with the meeting in another round."""
        company, r = self.company[index], self.slot[index]
        before = self.day[company]
        return idle(self._day_without(index, r) | 1 << then) - idle(before)

    def _day_without(self, index: int, r: int) -> int:
        company = self.company[index]
        return self.day[company] if len(self.busy[company][r]) > 1 else self.day[company] & ~(1 << r)

    def _may_swap(self, index: int, other: int) -> bool:
        """Two guests of one table in different rounds can change places."""
        one, two, r, then = self.company[index], self.company[other], self.slot[index], self.slot[other]
        board = self.board
        if self.stands[other] or not self.free[two] >> r & 1 or board.seats[one] != board.seats[two]:
            return False
        return not board.apart or not (self._shunned_but(index, then, other) or self._shunned_but(other, r, index))

    def _shunned_but(self, index: int, r: int, leaving: int) -> bool:
        """Somebody stays in a round from whom the meeting's company is kept apart."""
        foes = self.board.foes.get(self.company[index], set())
        return any(self.company[each] in foes for each in self.guests[self.table[index]][r] if each != leaving)

    def _move(self, index: int, then: int, longer: int) -> None:
        company, table, r = self.company[index], self.table[index], self.slot[index]
        self.day[company] = self._day_without(index, r) | 1 << then
        self.take(index)
        self.put(index, table, then)
        self.idle += longer

    def _swap(self, index: int, other: int, longer: int) -> None:
        table, r, then = self.table[index], self.slot[index], self.slot[other]
        for each, away, to in ((index, r, then), (other, then, r)):
            self.day[self.company[each]] = self._day_without(each, away) | 1 << to
        self.take(index)
        self.take(other)
        self.put(index, table, then)
        self.put(other, table, r)
        self.idle += longer
