"""The cheapest plan that grants one more meeting, by solving again with that meeting forced.

The goals come first, in order, then the fewest changes to the plan in hand; so what is offered is the plan that costs
least, told as the smallest set of moves that leads to it.
"""

from __future__ import annotations

from collections.abc import Sequence

from solver.board import Board, Triple
from solver.clock import Run
from solver.explanations.explanation import Swap
from solver.explanations.granting import Granting
from solver.measure import measure
from solver.solution import Assignment, Move, Seat


class Swaps:
    """Swaps from one plan."""

    def __init__(self, board: Board, plan: Sequence[Triple], goals: tuple[str, ...], run: Run, seed: int) -> None:
        self.board, self.plan, self.goals, self.run, self.seed = board, list(plan), goals, run, seed
        self.before = measure(board.instance, board.assignments(self.plan), goals)

    def grant(self, company: int, host: int) -> tuple[Swap | None, str]:
        """The cheapest plan in which the two meet, if one is found, and a word of `SEARCHES` on the search."""
        pair = self.board.pair.get((company, host))
        if pair is None:
            return None, "impossible"
        if self.run.over():
            return None, "none"
        search = Granting(self.board, pair, self.plan, self.goals, self.run, self.seed)
        search.look()
        verdict = search.verdict()
        if search.best is None:
            return None, verdict
        return Swap(self.before, search.values, *self._changes(search.best), verdict == "proven"), verdict

    def _changes(self, plan: Sequence[Triple]) -> tuple[tuple[Move, ...], tuple[Assignment, ...]]:
        """What leaves its seat (and where to, if it still meets the same host), and which meetings are new."""
        board = self.board
        before, after = set(self.plan), set(plan)
        where = {(c, board.table_host[t]): (t, r) for c, t, r in plan}
        had = {(c, board.table_host[t]) for c, t, _ in self.plan}
        moves = []
        for triple in sorted(before - after):
            company, table, round_id = board.assignments([triple])[0]
            slot = where.get((triple[0], board.table_host[triple[1]]))
            to = Seat(board.instance.tables[slot[0]].id, board.instance.rounds[slot[1]].id) if slot else None
            moves.append(Move(company, Seat(table, round_id), to, "better"))
        new = [triple for triple in sorted(after - before) if (triple[0], board.table_host[triple[1]]) not in had]
        return tuple(moves), board.assignments(new)
