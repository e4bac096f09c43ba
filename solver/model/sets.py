"""Smallest sets: wished meetings of a company worth at least so much together, from which none can be left out.

"This company has at least T" says the same as "its meetings contain one of its smallest sets for T", and a relaxation
sees the second where it is blind to the first: half a meeting here and half there reach no set.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import comb

from solver.board import Board

MOST_SETS = 60_000
MOST_WISHES = 30

Wishes = list[list[int]]
"""Per company its pairs that are worth anything."""


def wishes_of(board: Board) -> Wishes:
    """The pairs of each company that are worth something, by its number."""
    wishes: Wishes = [[] for _ in board.there]
    for pair, (company, _) in enumerate(board.pairs):
        if board.worth[pair]:
            wishes[company].append(pair)
    return wishes


def reach(board: Board, company: int, pairs: Sequence[int]) -> int:
    """The most that a company's meetings can be worth if it gets its best."""
    worths = sorted((board.worth[pair] for pair in pairs), reverse=True)
    return sum(worths[: max(0, board.most[company])])


def highest_reach(board: Board, wishes: Wishes) -> int:
    """What nobody's floor can pass: the reach of the company that can reach least."""
    return min((reach(board, company, pairs) for company, pairs in enumerate(wishes)), default=0)


def few(board: Board, wishes: Wishes) -> bool:
    """The sets are few enough to name each."""
    total = 0
    for company, pairs in enumerate(wishes):
        if len(pairs) > MOST_WISHES:
            return False
        total += sum(comb(len(pairs), size) for size in range(min(len(pairs), max(0, board.most[company])) + 1))
    return total <= MOST_SETS


def smallest_sets(board: Board, company: int, pairs: Sequence[int], threshold: int) -> Iterator[tuple[int, ...]]:
    """The company's sets of pairs that reach the threshold and none of which can be left out."""
    for size in range(1, min(len(pairs), board.most[company]) + 1):
        for chosen in combinations(pairs, size):
            worths = [board.worth[pair] for pair in chosen]
            if sum(worths) >= threshold and sum(worths) - min(worths) < threshold:
                yield chosen
