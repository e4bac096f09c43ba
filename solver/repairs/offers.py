"""`pareto`: the short list a planner chooses from, from fewest moves to the best day."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from solver.clock import Run
from solver.instance import Instance
from solver.measure import DEFAULT_OBJECTIVE, measure, standing
from solver.optimise import refuse_unknown
from solver.repairs.mend import Mend
from solver.repairs.standing import judge
from solver.solution import Solution


def pareto(
    instance: Instance,
    published: Solution,
    *,
    seconds: float = 7.0,
    objective: Sequence[str] = DEFAULT_OBJECTIVE,
    seed: int = 0,
    workers: int = 1,
    progress: Callable[[list[Solution]], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> list[Solution]:
    """Repairs of which none is both better and as easy: each next one moves more people and has better goals.

    The first is what `repair` proposes without a limit. When it finds no plan, it is the only one. `progress` hears of
    the list as it grows: what it holds keeps its place.
    """
    run = Run(seconds, cancel=cancel)
    goals = refuse_unknown(objective)
    mend = Mend(judge(instance, published), instance, goals, run, seed, workers)
    offers = [mend.answer(None)]
    if not offers[0].found or not mend.possible:
        return offers
    if progress:
        progress(offers)
    mend.hint = mend.open.triples(offers[0].assignments)
    last = mend.answer(len(mend.possible))
    best, furthest = _worth(instance, goals, offers[0]), _worth(instance, goals, last)
    for limit in _limits(count_moves(offers[0]), count_moves(last)):
        if run.over() or best >= furthest:
            break
        mend.hint = mend.open.triples(offers[-1].assignments)
        found = mend.answer(limit)
        if found.found and _worth(instance, goals, found) > best:
            offers.append(found)
            best = _worth(instance, goals, found)
            if progress:
                progress(offers)
    if furthest > best:
        offers.append(last)
    return offers


def _worth(instance: Instance, goals: Sequence[str], solution: Solution) -> tuple[tuple[int, ...], ...]:
    return standing(measure(instance, solution.assignments, goals))


def count_moves(solution: Solution) -> int:
    """Moves in the strict sense: published assignments that were possible and are not kept."""
    return sum(move.reason in ("crowded", "promise", "better") for move in solution.moves)


def _limits(fewest: int, most: int) -> list[int]:
    """How many moves to try between the fewest and those of the best day: 1, 2, 4, 8, … more."""
    limits, more = [], 1
    while fewest + more < most:
        limits.append(fewest + more)
        more *= 2
    return limits
