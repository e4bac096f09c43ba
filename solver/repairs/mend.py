"""`repair`: one proposal that mends a published plan.

In order: promises that are kept, nobody who is present falls short because of others, promises, fewest moves, the
ordinary goals. With `max_moves` the goals come before the moves, which then only may not pass that number.

A first plan is there soon: everything that can stays, as few as possible go, and what is free is filled. Whatever is
searched for afterwards starts from it, so no repair ends with less.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from solver.board import Board, Triple
from solver.check import check
from solver.clock import Progress, Run
from solver.infeasible import why_impossible
from solver.instance import Instance
from solver.measure import DEFAULT_OBJECTIVE, measure
from solver.methods.ceilings import Ceilings
from solver.optimise import refuse_unknown
from solver.repairs.around import Around
from solver.repairs.conflicts import conflicting
from solver.repairs.diff import moves_of, problems_of
from solver.repairs.freely import Found, Freely
from solver.repairs.minima import as_met, given_way, lowered
from solver.repairs.standing import Standing, judge
from solver.repairs.staying import who_stays
from solver.solution import Assignment, Goal, Problem, Solution, Status, Value
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
        self.instance, self.goals, self.run = instance, goals, run
        self.seed, self.workers = seed, workers
        self.hint: list[Triple] | None = None
        self.all_stay, self.promises = False, 0
        self.minima: int | None = None
        self.standing = standing
        self.open = Board(standing.instance, standing.history, standing.start)
        self.possible = self.open.triples(standing.possible)

    def answer(self, max_moves: int | None) -> Solution:
        """The best day with at most `max_moves` moves; without a limit, with the fewest that keep every promise."""
        start = self._start() if self.hint is None else None
        if start is not None and self.all_stay and self.minima is None:
            final = self._promises_kept() if max_moves is None else max_moves == 0
            if final:
                return self._finish(start.best or [], start.bounds(), True, better=False)
        freely = Freely(self.standing, self.minima, self.goals, self.run, self.seed, self.workers)
        found = freely.fewest_moves(self.hint) if max_moves is None else freely.within(self.hint, max_moves)
        if found.plan is not None:
            return self._finish(found.plan, found.bounds, found.proven, better=max_moves is not None)
        if self.hint is not None and (max_moves is None or freely.moves(self.hint) <= max_moves):
            return self._finish(self.hint, freely.bounds_of(self.hint), False, better=max_moves is not None)
        return self._without_plan(freely, found, max_moves)

    def _start(self) -> Around | None:
        """A first plan, as the hint for all that follows: who can stays, and what has become free is filled."""
        crowded = conflicting(self.standing)
        stays = who_stays(self.standing, crowded, self.goals, self.run, self.seed, self.workers)
        start = self._around(self.standing, stays)
        if start.best is None:
            changed = lowered(self.standing, self.run, self.seed, self.workers)
            if changed is None:
                return None
            self.minima = changed.met
            start = self._around(changed.standing, changed.plan, changed.plan)
        if start.best is None:
            return None
        self.hint = start.best
        self.all_stay = set(self.possible) <= set(start.best)
        self.promises = self._promises(start.best)
        return start

    def _around(self, standing: Standing, stays: Iterable[Assignment], plan: Sequence[Assignment] = ()) -> Around:
        """Everything else is filled around those published assignments that are among `stays`."""
        wanted = set(stays)
        kept = [each for each in standing.possible if each in wanted]
        search = Around(standing, kept, self.goals, self.run, self.seed, self.workers)
        search.offer(
            list(dict.fromkeys((*search.board.fixed, *search.board.locks, *search.board.triples(plan)))), "as published"
        )
        search.look()
        return search

    def _promises(self, plan: Sequence[Triple]) -> int:
        met = {(c, self.open.table_host[t]) for c, t, _ in plan}
        return sum(pair in met for pair in self.open.must)

    def _promises_kept(self) -> bool:
        """No plan keeps more promises than the one without moves."""
        limit = Ceilings(self.open, ("must",), self.run.pause).of("must", {})
        return self.promises == (len(self.open.must) if limit is None else limit)

    def _finish(self, plan: list[Triple], bounds: dict[str, Value], proven: bool, better: bool) -> Solution:
        assignments = self.open.assignments(plan)
        values = measure(self.instance, assignments, self.goals)
        goals = tuple(Goal(name, values[name], bounds[name]) for name in self.goals)
        for goal in goals:
            self.run.tell(goal.name, goal.value, goal.bound)
        status: Status = "optimal" if proven and all(goal.proven for goal in goals) else "feasible"
        standing = self.standing if self.minima is None else as_met(self.standing, assignments)
        moves = moves_of(standing, self.instance, assignments, self.all_stay, self._cause(plan, better))
        solution = Solution(
            status,
            assignments,
            goals,
            unmet(self.open, plan),
            moves,
            (*standing.problems, *given_way(self.instance, standing), *problems_of(moves)),
            self.run.spent(),
            self.seed,
            "repair",
            self.standing.now,
        )
        report = check(self.instance, solution, objective=self.goals)
        if not report.ok:
            raise AssertionError(f"the repaired plan broke a rule: {report.violations[0].detail}")
        return solution

    def _cause(self, plan: Sequence[Triple], better: bool) -> str:
        """What moved those who share nothing scarce themselves: a better day, a promise, or those who had to go."""
        if better:
            return "better"
        return "promise" if self.all_stay or self._promises(plan) > self.promises else "crowded"

    def _without_plan(self, freely: Freely, found: Found, max_moves: int | None) -> Solution:
        problems: tuple[Problem, ...] = ()
        if found.impossible and max_moves is not None and self.hint is not None:
            problems = freely.too_few(max_moves, self.hint)
        elif found.impossible:
            problems = why_impossible(self.open, self.run)
        status: Status = "infeasible" if problems else "unknown"
        return Solution(
            status, problems=problems, seconds=self.run.spent(), seed=self.seed, method="repair", now=self.standing.now
        )
