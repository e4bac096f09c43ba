"""Better a plan by solving one round again while the others stand, over and over.

With the other rounds held, the best choice for one round is a flow, exact in all of must, fair and interest: each step
keeps or betters the plan. Ties are broken by a little noise, drawn from the seed, so that later steps see another plan
of the same worth and the search does not stand still.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from solver.board import Board, Triple
from solver.clock import Run
from solver.methods.flows import Pause
from solver.methods.matching import match
from solver.methods.relaxation import LINEAR
from solver.methods.rounds import seat_in_round, seated

CYCLES = 30
PATIENCE = 5
"""Cycles in a row that better nothing, after which no more are tried."""

NOISE = 8
LARGEST_GAIN = 2**62


def polished(board: Board, plan: Sequence[Triple], goals: Sequence[str], seed: int, run: Run) -> Iterator[list[Triple]]:
    """Plans that follow from `plan`, cycle by cycle, until time is up. Not each is legal, or better."""
    polish = Polish(board, plan, goals, seed)
    for _ in range(CYCLES):
        if not polish.cycle(run):
            return
        yield polish.rounds.triples()


class Polish:
    """A plan being bettered; `goals` are the linear ones, in order."""

    def __init__(self, board: Board, plan: Sequence[Triple], goals: Sequence[str], seed: int) -> None:
        self.board = board
        self.goals = [goal for goal in goals if goal in LINEAR]
        self.noise = np.random.default_rng(seed)
        useful = [p for p in range(len(board.pairs)) if board.wished[p] or board.promised[p]]
        self.rounds = seated(board, plan, useful)
        self.pairs = self.rounds.pairs.tolist()
        self.worth = np.array([board.worth[p] for p in self.pairs], dtype=np.int64)
        self.wished = np.array([board.wished[p] for p in self.pairs], dtype=np.int64)
        self.promised = np.array([board.promised[p] for p in self.pairs], dtype=np.int64)

    def cycle(self, run: Run) -> bool:
        """Solve each round once more; False when time is up."""
        for r in range(self.board.start, self.board.rounds):
            if run.over():
                return False
            self._again(r, run)
        return True

    def _again(self, r: int, run: Run) -> None:
        rounds = self.rounds
        before = np.flatnonzero((rounds.slot == r) & ~rounds.stands)
        tables, lacked = rounds.table[before], rounds.need_of_hosts(r).sum()
        for index in before.tolist():
            rounds.take(index)
        candidates, turns, room = self._open_choices(r)
        if not len(candidates):
            return
        gain = np.zeros(len(self.pairs), dtype=np.int64)
        gain[candidates] = self._gain(candidates)
        seated = self._seat(candidates, gain, turns, room, r, run.pause)
        if (-rounds.need_of_hosts(r).sum(), gain[seated].sum()) < (-lacked, gain[before].sum()):
            for index in seated.tolist():
                rounds.take(index)
            for index, table in zip(before.tolist(), tables.tolist(), strict=True):
                rounds.put(index, table, r)

    def _open_choices(self, r: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The pairs that may meet in a round, the turns companies have in it, and the seats hosts have."""
        rounds, board = self.rounds, self.board
        placed = rounds.slot >= 0
        met = np.bincount(rounds.company[placed], minlength=len(board.there))
        received = np.bincount(rounds.host[placed], minlength=len(board.tables_of))
        limit = np.array([len(board.there) if most is None else most for most in board.host_most], dtype=np.int64)
        room = np.minimum(rounds.room_of_hosts(r), np.maximum(limit - received, 0))
        turns = np.minimum(np.maximum(rounds.turns[r], 0), np.maximum(np.array(board.most) - met, 0))
        able = ~placed & (turns[rounds.company] > 0) & (room[rounds.host] > 0)
        return np.flatnonzero(able), turns, room

    def _seat(
        self, candidates: np.ndarray, gain: np.ndarray, turns: np.ndarray, room: np.ndarray, r: int, pause: Pause
    ) -> np.ndarray:
        """The best choice for a round, seated; who finds no table, for size or for company, is left out of the next."""
        rounds, need = self.rounds, self.rounds.need_of_hosts(r)
        while True:
            ends = rounds.company[candidates], rounds.host[candidates]
            picked = match(*ends, gain[candidates], turns, room, need, pause)
            chosen = self.noise.permutation(candidates[picked])
            waiting = seat_in_round(rounds, chosen, r)
            seated = chosen[~np.isin(chosen, waiting)]
            if not waiting:
                return seated
            for index in seated.tolist():
                rounds.take(index)
            candidates = candidates[~np.isin(candidates, waiting)]

    def _gain(self, candidates: np.ndarray) -> np.ndarray:
        """Goals stacked, later ones below; a company's next wished meeting counts more the fewer it has."""
        rounds = self.rounds
        met = self.wished * (rounds.slot >= 0)
        wished = np.bincount(rounds.company, weights=met, minlength=len(self.board.there)).astype(np.int64)
        total = self.noise.integers(0, NOISE, len(candidates))
        unit = 1 + NOISE * len(self.board.there) * max(self.board.teams, default=1)
        for goal in reversed(self.goals):
            if goal == "fair":
                top = 2 * (int(wished.max(initial=0)) + self.board.rounds) + 1
                values = self.wished[candidates] * (top - 2 * wished[rounds.company[candidates]])
            else:
                values = (self.worth if goal == "interest" else self.promised)[candidates]
            most = unit * int(values.max(initial=0))
            if most * (len(self.board.there) + len(self.board.tables_of) + 3) * 2 > LARGEST_GAIN:
                continue  # too large to be exact: leave the goal to the checker's comparison of whole plans
            total = total + unit * values
            unit *= 1 + int(values.max(initial=0)) * len(self.board.there) * max(self.board.teams, default=1)
        return total
