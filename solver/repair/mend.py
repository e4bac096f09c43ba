"""`repair`: one proposal that mends a published plan.

In order: nobody who is present falls short because of others, promises, fewest moves, the ordinary goals. With
`max_moves` the goals come before the moves, which then only may not pass that number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from solver.board import Board, Triple
from solver.check import check
from solver.clock import Progress, Run
from solver.infeasible import why_impossible
from solver.instance import Instance
from solver.measure import DEFAULT_OBJECTIVE, measure
from solver.methods.ceilings import Ceilings, as_levels
from solver.methods.lexicographic import Outcome, Step, optimise
from solver.repair.diff import moves_of, problems_of
from solver.repair.stages import at_most_moves, fewest_moves, nobody_loses
from solver.repair.standing import Standing, judge
from solver.solution import Solution, Status
from solver.solve import goals_of, refuse_unknown
from solver.unmet import unmet


def repair(
    instance: Instance,
    published: Solution,
    *,
    max_moves: int | None = None,
    seconds: float = 20.0,
    objective: Sequence[str] = DEFAULT_OBJECTIVE,
    seed: int = 0,
    workers: int = 1,
    progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Solution:
    """Mend `published` for `instance` as things now stand; rounds before `instance.now` stay as they were.

    Returns the whole day with `moves`: what had to go, and what was moved, each with its reason. Bounds of the goals
    hold for plans with as few moves (or within `max_moves`). Raises `ValueError` for an unknown goal.
    """
    goals = refuse_unknown(objective)
    return Mend(judge(instance, published), instance, goals, Run(seconds, progress, cancel), seed, workers).answer(
        max_moves
    )


class Mend:
    """One repair; `answer` may be asked for several limits on moves, each starting from the plan before."""

    def __init__(
        self, standing: Standing, instance: Instance, goals: tuple[str, ...], run: Run, seed: int, workers: int
    ) -> None:
        self.standing, self.instance, self.goals, self.run = standing, instance, goals, run
        self.seed, self.workers = seed, workers
        self.open = Board(standing.instance, standing.history, standing.start)
        self.possible = self.open.triples(standing.possible)
        self.hint: list[Triple] | None = None

    def answer(self, max_moves: int | None) -> Solution:
        """The best day with at most `max_moves` moves; without a limit, with the fewest that keep every promise."""
        kept = self.keep_everything() if self.hint is None else None
        if kept is not None:
            self.hint = kept.plan
            if max_moves == 0 or (max_moves is None and self._promises_kept(kept)):
                return self._finish(kept, self.kept_board, max_moves)
        return self._finish(self._free(max_moves), self.open, max_moves)

    def keep_everything(self) -> Outcome | None:
        """Fill what has become free around everything that can stay; None when not all of it can stay together."""
        fixed = (*self.standing.history, *self.standing.possible)
        self.kept_board = Board(self.standing.instance, fixed, self.standing.start)
        ceilings = Ceilings(self.kept_board, self.goals)
        found = self._optimise(self.kept_board, self._promises_first(), self.open.triples(fixed), ceilings=ceilings)
        return None if found.plan is None else found

    def _promises_first(self) -> list[Step]:
        return ["must", *(goal for goal in self.goals if goal != "must")]

    def _promises_kept(self, kept: Outcome) -> bool:
        """No plan keeps more promises than the one without moves."""
        limit = Ceilings(self.open, ("must",)).of("must", {})
        most = len(self.open.must) if limit is None else limit
        return kept.reached["must"] == as_levels("must", most)

    def _free(self, max_moves: int | None) -> Outcome:
        """Everything that is still to come may move."""
        first: list[Step] = [nobody_loses(self.possible), "must"]
        rest: list[Step] = [goal for goal in self.goals if goal != "must"]
        moves: list[Step] = [fewest_moves(self.possible)]
        if max_moves is None:
            return self._optimise(self.open, first + moves + rest, self.hint)
        require = at_most_moves(self.possible, max_moves)
        return self._optimise(
            self.open, first + rest + moves, self.hint, ceilings=Ceilings(self.open, self.goals), require=require
        )

    def _optimise(self, board: Board, steps: list[Step], hint: list[Triple] | None, **more: object) -> Outcome:
        return optimise(board, steps, self.run, seed=self.seed, workers=self.workers, hint=hint, **more)  # type: ignore[arg-type]

    def _finish(self, found: Outcome, board: Board, max_moves: int | None) -> Solution:
        if found.plan is None:
            return self._without_plan(found)
        assignments = board.assignments(found.plan)
        goals = goals_of(self.goals, measure(self.instance, assignments, self.goals), found, len(board.there))
        for goal in goals:
            self.run.tell(goal.name, goal.value, goal.bound)
        proven = all(goal.proven for goal in goals) and found.reached.get("moves") == found.limit.get("moves")
        status: Status = "optimal" if proven else "feasible"
        moves = moves_of(self.standing, self.instance, assignments, better=max_moves is not None)
        solution = Solution(
            status,
            assignments,
            goals,
            unmet(self.open, found.plan),
            moves,
            (*self.standing.problems, *problems_of(moves)),
            self.run.spent(),
            self.seed,
            "repair",
            self.standing.now,
        )
        report = check(self.instance, solution, objective=self.goals)
        if not report.ok:
            raise AssertionError(f"the repaired plan broke a rule: {report.violations[0].detail}")
        return solution

    def _without_plan(self, found: Outcome) -> Solution:
        if not found.infeasible:
            return Solution("unknown", seconds=self.run.spent(), seed=self.seed, now=self.standing.now)
        problems = why_impossible(self.open, self.run)
        status: Status = "infeasible" if problems else "unknown"
        return Solution(
            status, problems=problems, seconds=self.run.spent(), seed=self.seed, method="repair", now=self.standing.now
        )
