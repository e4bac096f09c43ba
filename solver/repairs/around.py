"""The ordinary search, filling a day around what of it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from solver.board import Board, Triple, bits
from solver.clock import Run
from solver.methods.candidates import Candidates
from solver.methods.flows import Pause
from solver.repairs.standing import Standing
from solver.solution import Assignment


class Around(Candidates):
    """Keeps history and `stays`, and serves with the rest of the day whom the goals name; promises come first."""

    def __init__(
        self, standing: Standing, stays: Iterable[Assignment], goals: Sequence[str], run: Run, seed: int, workers: int
    ) -> None:
        board = Board(standing.instance, (*standing.history, *stays), standing.start)
        order = ("must", *(goal for goal in goals if goal != "must"))
        super().__init__(board, order, run, seed, workers, standing.now)

    def offer(self, plan: list[Triple], method: str, pause: Pause | None = None) -> None:
        """Minima bind here: the checker lets them give way where nobody free could help, but somebody might move."""
        if falls_short(self.board, plan):
            self.hint = self.hint or plan
        else:
            super().offer(plan, method, pause)


def falls_short(board: Board, plan: Sequence[Triple]) -> bool:
    """Some minimum of the board is not met."""
    met = Counter(c for c, _, _ in plan)
    if any(met[c] < least for c, least in enumerate(board.least) if least):
        return True
    taken: Counter[tuple[int, int]] = Counter()
    for c, t, r in plan if any(board.minimum) else ():
        taken[t, r] += board.seats[c]
    return any(taken[t, r] < least for t, least in enumerate(board.minimum) if least for r in bits(board.open[t]))
