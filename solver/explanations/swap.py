"""The cheapest plan that grants one more meeting, by solving again with that meeting forced.

The goals come first, in order, then the fewest changes to the plan in hand; so what is offered is the plan that costs
least, told as the smallest set of moves that leads to it.
"""

from __future__ import annotations

from collections.abc import Sequence

from solver.board import Board, Triple
from solver.clock import Run
from solver.explanations.explanation import Swap
from solver.measure import measure
from solver.methods.ceilings import Ceilings
from solver.methods.lexicographic import Step, optimise
from solver.model.goals import Stage
from solver.model.seats import Seats
from solver.solution import Assignment, Move, Seat


class Swaps:
    """Swaps from one plan; bounds are worked out once for all of them."""

    def __init__(self, board: Board, plan: Sequence[Triple], goals: tuple[str, ...], run: Run, seed: int) -> None:
        self.board, self.plan, self.goals, self.run, self.seed = board, list(plan), goals, run, seed
        self.ceilings = Ceilings(board, goals, run.pause)
        self.before = measure(board.instance, board.assignments(self.plan), goals)

    def grant(self, company: int, host: int) -> Swap | None:
        """The cheapest plan in which the two meet; None when there is none or none was found in time."""
        pair = self.board.pair.get((company, host))
        if pair is None or self.run.over():
            return None

        def force(seats: Seats) -> None:
            seats.model.add_bool_or(seats.of_pair[pair])

        steps: list[Step] = [*self.goals, self._fewest_changes]
        found = optimise(
            self.board, steps, self.run, seed=self.seed, hint=self.plan, ceilings=self.ceilings, require=force
        )
        if found.plan is None:
            return None
        moves, added = self._changes(found.plan)
        after = measure(self.board.instance, self.board.assignments(found.plan), self.goals)
        return Swap(self.before, after, moves, added, found.reached == found.limit)

    def _fewest_changes(self, seats: Seats) -> list[Stage]:
        kept = [seats.at[triple] for triple in self.plan if triple in seats.at]
        return [Stage("changes", seats.total(kept), 0, len(kept))]

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
