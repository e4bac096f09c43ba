"""Says "impossible" only after a second, independent confirmation; then says why and what would help."""

from __future__ import annotations

from solver.board import Board
from solver.clock import Run
from solver.infeasible.contradictions import contradictions
from solver.infeasible.cut import starving_minima
from solver.infeasible.relax import relaxations
from solver.methods.lexicographic import optimise
from solver.solution import Problem

SECOND_SEED = 7919
LARGEST_MODEL = 60_000
"""Pairs × rounds beyond which relaxations are not searched for."""


def why_impossible(board: Board, run: Run) -> tuple[Problem, ...]:
    """Problems that prove or confirm that `board` has no plan; empty when the confirmation did not succeed.

    The search that called this found none. That counts together with any one of: a contradiction found by counting,
    minima that add up to more than can reach them, a second search without presolve and with another seed.
    """
    problems = contradictions(board) or tuple(starving_minima(board))
    if not problems:
        if not optimise(board, [], run, seed=SECOND_SEED, presolve=False).infeasible:
            return ()
        problems = (
            Problem(
                "combination",
                "各项规则单独看都可以满足，但无法同时满足。",
                "Each rule could be kept by itself, but not all of them together.",
            ),
        )
    if len(board.pairs) * board.rounds <= LARGEST_MODEL:
        problems += relaxations(board, run)
    return problems
