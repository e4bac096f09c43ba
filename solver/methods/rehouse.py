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

from solver.board import bits
from solver.methods.rounds import Rounds
from solver.methods.seating import Seating

MOST_IN_VAIN = 3_000
"""The walk ends after so many steps, or one per meeting, without fewer homeless meetings than ever before."""

STAYS_AWAY = 8
"""Steps for which a meeting does not return to a round it was sent out of, at least."""

STEPS_BETWEEN_PAUSES = 64


def rehouse(rounds: Rounds, seed: int, over: Callable[[], bool]) -> int:
    """Place as many of the meetings that have no round as a walk finds room for; returns how many are left.

    `over` is asked now and then and ends the walk; what was best by then holds.
    """
    walk = Walk(rounds, seed)
    fewest, best, in_vain = len(walk.homeless), walk.where(), 0
    patience = min(len(walk.slot), MOST_IN_VAIN)
    while walk.homeless and in_vain < patience:
        if in_vain % STEPS_BETWEEN_PAUSES == 0 and over():
            break
        walk.step()
        in_vain += 1
        if len(walk.homeless) < fewest:
            fewest, best, in_vain = len(walk.homeless), walk.where(), 0
    rounds.move(best)
    return fewest


class Way(NamedTuple):
    """A seat that a meeting could take, who would have to leave for it, and how hard that is on them."""

    cost: float
    table: int
    round: int
    out: list[int]


class Walk(Seating):
    """Meetings with seats, and the homeless among them; each step seats one and may send others off."""

    def __init__(self, rounds: Rounds, seed: int) -> None:
        super().__init__(rounds)
        self.homeless = [index for index, r in enumerate(self.slot) if r < 0]
        self.away_until: dict[tuple[int, int], int] = {}
        self.steps, self.dice = 0, random.Random(seed)  # noqa: S311 - no secret is drawn

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
            self.take(other)
            self.homeless.append(other)
        self.put(index, best.table, best.round)

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
            movable = [other for other in self.busy[company][r] if self.can_be_spared(other)]
            if not movable:
                return None
            out.append(self.dice.choice(movable))
        here = self.guests[table][r]
        foes = board.foes.get(company) if board.apart else None
        leaving = [other for other in here if self.company[other] in foes] if foes else []
        lacking = board.seats[company] - self.room[table][r] - self.seats(leaving)
        while lacking > 0:
            easiest = self._easiest([other for other in here if other not in leaving and not self.stands[other]])
            if easiest is None:
                return None
            leaving.append(easiest)
            lacking -= self.seats([easiest])
        taken = board.capacity[table] - self.room[table][r] - self.seats(leaving) + board.seats[company]
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

    def _has_home(self, index: int) -> bool:
        """There is a free seat in a round in which the company has a turn."""
        company = self.company[index]
        seats = self.board.seats[company]
        return any(
            self.room[table][r] >= seats and not self.shunned(index, table, r)
            for table in self.board.tables_of[self.host[index]]
            for r in bits(self.free[company] & self.spare[table])
        )
