"""How high can the floor be? Asked of sets of meetings, without rounds and without naming anybody's other meetings.

"Can everybody have T?" needs one choice per company, of a smallest set worth T, and the hosts' seats of the whole day:
a far smaller question than the whole model. Everything else (rounds, who fills minima, kept-apart companies) is left
out or only counted: a "no" holds for every plan, a "yes" comes with meetings worth trying.
"""

from __future__ import annotations

from collections.abc import Sequence

from ortools.sat.python import cp_model

from solver.board import Board
from solver.clock import Run
from solver.methods.network import loads
from solver.methods.search import Search
from solver.model import sets

LONGEST = 0.25
"""The part of the time left that the questions may take together."""

Ways = list[list[tuple[int, ...]]]
"""Per company the smallest sets that would do."""
Choices = list[list[cp_model.IntVar]]


def highest_floor(board: Board, run: Run, seed: int, workers: int) -> tuple[int, list[int]]:
    """A value of `floor` that no plan can pass, and pairs that reach as much of it as was seen to be possible here.

    Halves the distance question by question. Where the sets are too many to name, what is plain to see is the answer.
    """
    wishes = sets.wishes_of(board)
    low, high = 0, sets.highest_reach(board, wishes)
    kept: list[int] = []
    if not sets.few(board, wishes):
        return high, kept
    end = run.left() * (1 - LONGEST)
    while low < high and run.left() > end and not run.over():
        asked = (low + high + 1) // 2
        ways = [list(sets.smallest_sets(board, company, own, asked)) for company, own in enumerate(wishes)]
        possible, chosen = _ask(board, ways, Search(cp_model.CpModel(), run, seed, workers), run.left() - end)
        if possible is None:
            break
        if possible:
            low, kept = asked, chosen
        else:
            high = asked - 1
    return high, kept


def _ask(board: Board, ways: Ways, search: Search, seconds: float) -> tuple[bool | None, list[int]]:
    """Is there a set for everybody? None when time was too short. If so, the pairs of the sets."""
    if not all(ways):
        return False, []
    model = search.model
    choices = [[model.new_bool_var("") for _ in own] for own in ways]
    for choice in choices:
        model.add_exactly_one(choice)
    _seat(board, model, ways, choices)
    answer = search.solve(seconds)
    if search.values is None:
        return (False if answer == cp_model.INFEASIBLE else None), []
    picked = [
        one_set
        for own, choice in zip(ways, choices, strict=True)
        for one_set, variable in zip(own, choice, strict=True)
        if search.values[variable.index]
    ]
    return True, [pair for one_set in picked for pair in one_set]


def _seat(board: Board, model: cp_model.CpModel, ways: Ways, choices: Choices) -> None:
    """Hosts have so many seats and ask for so many guests; meetings outside the sets are counted by host."""
    low, high = loads(board)
    at_host: list[list[cp_model.IntVar]] = [[] for _ in board.tables_of]
    for own, choice in zip(ways, choices, strict=True):
        for one_set, variable in zip(own, choice, strict=True):
            for pair in one_set:
                at_host[board.pairs[pair][1]].append(variable)
    others = []
    for host, tables in enumerate(board.tables_of):
        seats, limit = sum(int(high[table]) for table in tables), board.host_most[host]
        other = model.new_int_var(0, seats, "")
        others.append(other)
        taken = cp_model.LinearExpr.sum([*at_host[host], other])
        asked = sum(int(low[table]) for table in tables)
        model.add_linear_constraint(taken, asked, seats if limit is None else min(seats, limit))
    _count(board, model, ways, choices, others)


def _count(
    board: Board, model: cp_model.CpModel, ways: Ways, choices: Choices, others: Sequence[cp_model.IntVar]
) -> None:
    """All meetings together: no more than companies may have, no fewer than they must."""
    variables = [variable for choice in choices for variable in choice]
    sizes = [len(one_set) for own in ways for one_set in own]
    must_have = [max(board.least[company], len(one_set)) for company, own in enumerate(ways) for one_set in own]
    meetings = cp_model.LinearExpr.weighted_sum(variables, sizes) + cp_model.LinearExpr.sum(list(others))
    model.add(meetings <= sum(max(least, most) for least, most in zip(board.least, board.most, strict=True)))
    model.add(meetings >= cp_model.LinearExpr.weighted_sum(variables, must_have))
