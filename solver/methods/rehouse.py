"""Find a round for meetings that have none, by asking others to make way.

A meeting that fits nowhere takes a seat all the same. Whoever was in its way (its company's other meeting, a guest too
many, a guest to be kept apart from) looks for another round, and so on until the chain ends at free seats: ejection
chains (Glover, *Ejection chains, reference structures and alternating path methods*, 1996). That a meeting may not
return at once to the round it has left is the rule by which Hertz and de Werra coloured graphs (*Using tabu search
techniques for graph coloring*, 1987). What stands never moves, and no table falls below its minimum on the way.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from solver.board import bits
from solver.methods.rounds import Rounds

STEPS_IN_VAIN = 3_000
"""Steps without fewer homeless meetings than ever before, after which the walk ends."""

STAYS_AWAY = 8
"""Steps for which a meeting does not return to a round it was sent out of, at least."""

STEPS_BETWEEN_PAUSES = 64


def rehouse(rounds: Rounds, stands: np.ndarray, seed: int, over: Callable[[], bool]) -> int:
    """Place as many of the meetings that have no round as a walk finds room for; returns how many are left.

    `stands`: which pairs may not move. `over` is asked now and then and ends the walk; what was best by then holds.
    """
    walk = Walk(rounds, stands, seed)
    fewest, best, in_vain = len(walk.homeless), walk.where(), 0
    while walk.homeless and in_vain < STEPS_IN_VAIN:
        if in_vain % STEPS_BETWEEN_PAUSES == 0 and over():
            break
        walk.step()
        in_vain += 1
        if len(walk.homeless) < fewest:
            fewest, best, in_vain = len(walk.homeless), walk.where(), 0
    _move(rounds, best)
    return fewest


def _move(rounds: Rounds, seats: list[tuple[int, int]]) -> None:
    """Seat everybody anew: (table, round) per pair, −1 for none."""
    before = zip(rounds.table.tolist(), rounds.slot.tolist(), strict=True)
    moved = [index for index, (old, new) in enumerate(zip(before, seats, strict=True)) if old != new]
    for index in moved:
        if rounds.slot[index] >= 0:
            rounds.take(index)
    for index in moved:
        table, r = seats[index]
        if r >= 0:
            rounds.put(index, table, r)


class Way(NamedTuple):
    """A seat that a meeting could take, who would have to leave for it, and how hard that is on them."""

    cost: float
    table: int
    round: int
    out: list[int]


class Walk:
    """The same state as `Rounds`, in lists and bit masks: a step looks at many seats and changes few."""

    def __init__(self, rounds: Rounds, stands: np.ndarray, seed: int) -> None:
        self.board, self.count = rounds.board, rounds.board.rounds
        self.company, self.host = rounds.company.tolist(), rounds.host.tolist()
        self.slot, self.table = rounds.slot.tolist(), rounds.table.tolist()
        self.stands = stands.tolist()
        self.turns = [list(own) for own in zip(*rounds.turns.tolist(), strict=True)]
        self.room = [list(own) for own in zip(*rounds.room.tolist(), strict=True)]
        self.free = [sum((left > 0) << r for r, left in enumerate(own)) for own in self.turns]
        self.spare = [sum((left > 0) << r for r, left in enumerate(own)) for own in self.room]
        self.guests: list[list[list[int]]] = [[[] for _ in range(self.count)] for _ in self.room]
        self.busy: list[list[list[int]]] = [[[] for _ in range(self.count)] for _ in self.turns]
        for index, r in enumerate(self.slot):
            if r >= 0:
                self.guests[self.table[index]][r].append(index)
                self.busy[self.company[index]][r].append(index)
        self.homeless = [index for index, r in enumerate(self.slot) if r < 0]
        self.away_until: dict[tuple[int, int], int] = {}
        self.steps, self.dice = 0, random.Random(seed)  # noqa: S311 - no secret is drawn

    def where(self) -> list[tuple[int, int]]:
        """Table and round of every pair."""
        return list(zip(self.table, self.slot, strict=True))

    def step(self) -> None:
        """Seat one homeless meeting where that is easiest on others."""
        self.steps += 1
        at = self.dice.randrange(len(self.homeless))
        index = self.homeless[at]
        best, ties = None, 0
        for way in self._ways(index):
            ties = 1 if best is None or way.cost < best.cost else ties + (way.cost == best.cost)
            if best is None or way.cost < best.cost or (way.cost == best.cost and self.dice.random() * ties < 1):
                best = way
                if not way.cost:
                    break
        if best is None:
            return
        self.homeless[at] = self.homeless[-1]
        self.homeless.pop()
        for other in best.out:
            self.away_until[other, self.slot[other]] = self.steps + STAYS_AWAY + self.dice.randrange(STAYS_AWAY)
            self._take(other)
            self.homeless.append(other)
        self._put(index, best.table, best.round)

    def _ways(self, index: int) -> Iterator[Way]:
        company, board = self.company[index], self.board
        for table in board.tables_of[self.host[index]]:
            for r in bits(board.there[company] & board.open[table]):
                if self.away_until.get((index, r), 0) <= self.steps:
                    out = self._in_the_way(index, table, r)
                    if out is not None:
                        yield Way(sum(1 if self._has_home(other) else 3 for other in out), table, r, out)

    def _in_the_way(self, index: int, table: int, r: int) -> list[int] | None:
        """Who must leave so that a meeting can take a seat; None when somebody among them cannot."""
        board, company = self.board, self.company[index]
        out: list[int] = []
        if self.turns[company][r] <= 0:
            movable = [other for other in self.busy[company][r] if self._can_be_spared(other)]
            if not movable:
                return None
            out.append(self.dice.choice(movable))
        here = self.guests[table][r]
        foes = board.foes.get(company) if board.apart else None
        leaving = [other for other in here if self.company[other] in foes] if foes else []
        lacking = board.seats[company] - self.room[table][r] - self._seats(leaving)
        while lacking > 0:
            easiest = self._easiest([other for other in here if other not in leaving and not self.stands[other]])
            if easiest is None:
                return None
            leaving.append(easiest)
            lacking -= self._seats([easiest])
        taken = board.capacity[table] - self.room[table][r] - self._seats(leaving) + board.seats[company]
        if (leaving and taken < board.minimum[table]) or any(self.stands[other] for other in leaving):
            return None
        return out + leaving

    def _easiest(self, guests: list[int]) -> int | None:
        """Somebody who has another seat to go to, else anybody."""
        if not guests:
            return None
        first = self.dice.randrange(len(guests))
        turned = guests[first:] + guests[:first]
        return next((other for other in turned if self._has_home(other)), turned[0])

    def _can_be_spared(self, index: int) -> bool:
        """A meeting may move and leaves its table with enough guests."""
        table, r = self.table[index], self.slot[index]
        left = self.board.capacity[table] - self.room[table][r] - self._seats([index])
        return not self.stands[index] and left >= self.board.minimum[table]

    def _has_home(self, index: int) -> bool:
        """There is a free seat in a round in which the company has a turn."""
        company, board = self.company[index], self.board
        foes, seats = board.foes.get(company) if board.apart else None, board.seats[company]
        for table in board.tables_of[self.host[index]]:
            possible = self.free[company] & self.spare[table]
            if possible and seats == 1 and not foes:
                return True
            for r in bits(possible):
                shunned = foes and any(self.company[other] in foes for other in self.guests[table][r])
                if self.room[table][r] >= seats and not shunned:
                    return True
        return False

    def _seats(self, meetings: list[int]) -> int:
        return sum(self.board.seats[self.company[index]] for index in meetings)

    def _put(self, index: int, table: int, r: int) -> None:
        self.guests[table][r].append(index)
        self.busy[self.company[index]][r].append(index)
        self._change(index, table, r, -1)
        self.table[index], self.slot[index] = table, r

    def _take(self, index: int) -> None:
        table, r = self.table[index], self.slot[index]
        self.guests[table][r].remove(index)
        self.busy[self.company[index]][r].remove(index)
        self._change(index, table, r, 1)
        self.table[index] = self.slot[index] = -1

    def _change(self, index: int, table: int, r: int, sign: int) -> None:
        """Seats and turns, and the rounds in which there are any left."""
        company = self.company[index]
        self.turns[company][r] += sign
        self.room[table][r] += sign * self.board.seats[company]
        self.free[company] = self.free[company] & ~(1 << r) | (self.turns[company][r] > 0) << r
        self.spare[table] = self.spare[table] & ~(1 << r) | (self.room[table][r] > 0) << r
