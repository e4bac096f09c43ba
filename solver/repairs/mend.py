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
from solver.methods.bounds import loosest_bound
from solver.methods.candidates import Candidates
from solver.methods.ceilings import Ceilings
from solver.methods.lexicographic import Outcome, Step, optimise
from solver.optimise import bound_of, refuse_unknown
from solver.repairs.diff import moves_of, problems_of
from solver.repairs.stages import at_most_moves, fewest_moves, nobody_loses
from solver.repairs.standing import Standing, judge
from solver.solution import Goal, Solution, Status, Value
from solver.unmet import unmet


def repair(
    instance: Instance,
    published: Solution,
    *,
    max_moves: int | None = None,
    seconds: float = 7.0,
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
        if kept is not None and kept.best is not None:
            self.hint = kept.best
            if max_moves == 0 or (max_moves is None and self._promises_kept()):
                return self._finish(kept.best, kept.bounds(), True, better=False)
        found = self._free(max_moves)
        if found.plan is not None:
            values = measure(self.instance, self.open.assignments(found.plan), self.goals)
            bounds = {name: bound_of(name, found, len(self.open.there)) for name in values}
            proven = found.reached.get("moves") == found.limit.get("moves")
            return self._finish(found.plan, bounds, proven, better=max_moves is not None)
        if self.hint is not None:
            loosest = {name: loosest_bound(self.open, name) for name in self.goals}
            return self._finish(self.hint, loosest, False, better=max_moves is not None)
        return self._without_plan(found)

    def keep_everything(self) -> Candidates:
        """Fill what has become free around everything that can stay; has no plan when it cannot all stay together."""
        fixed = (*self.standing.history, *self.standing.possible)
        board = Board(self.standing.instance, fixed, self.standing.start)
        goals = tuple(sorted(self.goals, key=lambda goal: goal != "must"))
        search = Candidates(board, goals, self.run, self.seed, self.workers, self.standing.now)
        search.offer(self.open.triples(fixed), "as published")
        search.look()
        return search

    def _promises_kept(self) -> bool:
        """No plan keeps more promises than the one without moves."""
        met = {(c, self.open.table_host[t]) for c, t, _ in self.hint or []}
        limit = Ceilings(self.open, ("must",), self.run.pause).of("must", {})
        return sum(pair in met for pair in self.open.must) == (len(self.open.must) if limit is None else limit)

    def _free(self, max_moves: int | None) -> Outcome:
        """Everything that is still to come may move."""
        first: list[Step] = [nobody_loses(self.possible), "must"]
        rest: list[Step] = [goal for goal in self.goals if goal != "must"]
        moves: list[Step] = [fewest_moves(self.possible)]
        steps = first + moves + rest if max_moves is None else first + rest + moves
        return optimise(
            self.open,
            steps,
            self.run,
            seed=self.seed,
            workers=self.workers,
            hint=self.hint,
            ceilings=Ceilings(self.open, self.goals, self.run.pause),
            require=None if max_moves is None else at_most_moves(self.possible, max_moves),
        )

    def _finish(self, plan: list[Triple], bounds: dict[str, Value], proven: bool, better: bool) -> Solution:
        assignments = self.open.assignments(plan)
        values = measure(self.instance, assignments, self.goals)
        goals = tuple(Goal(name, values[name], bounds[name]) for name in self.goals)
        for goal in goals:
            self.run.tell(goal.name, goal.value, goal.bound)
        status: Status = "optimal" if proven and all(goal.proven for goal in goals) else "feasible"
        moves = moves_of(self.standing, self.instance, assignments, better)
        solution = Solution(
            status,
            assignments,
            goals,
            unmet(self.open, plan),
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
        problems = why_impossible(self.open, self.run) if found.infeasible else ()
        status: Status = "infeasible" if problems else "unknown"
        return Solution(
            status, problems=problems, seconds=self.run.spent(), seed=self.seed, method="repair", now=self.standing.now
        )
