"""Tables that lack guests after the rounds were filled one by one get them, and what stands does not move."""

from __future__ import annotations

import numpy as np

from solver.board import Board
from solver.methods.minima import reach_minima
from solver.methods.rounds import Rounds

from .days import parsed

SHORT = [{"id": "t1", "host": "h1", "capacity": 2, "min": 1}, {"id": "t2", "host": "h2", "capacity": 2}]


def laid(wishes, seats):
    """Rounds of two, with pairs placed as told: company, host → table, round."""
    board = Board(parsed(2, SHORT, 2, [(*each, 1) for each in wishes]))
    rounds = Rounds(board, range(len(board.pairs)))
    for pair, (table, r) in seats.items():
        rounds.put(board.pair[pair], table, r)
    return rounds


def after(rounds, stands=None):
    reach_minima(rounds, np.zeros(len(rounds.slot), bool) if stands is None else stands)
    return sorted(rounds.triples())


def test_a_guest_moves_from_where_others_suffice():
    rounds = laid([("c1", "h1"), ("c2", "h1")], {(0, 0): (0, 0), (1, 0): (0, 0)})
    assert after(rounds) == [(0, 0, 1), (1, 0, 0)]


def test_two_meetings_change_places():
    rounds = laid(
        [("c1", "h1"), ("c2", "h1"), ("c1", "h2"), ("c2", "h2")],
        {(0, 0): (0, 0), (1, 0): (0, 0), (0, 1): (1, 1), (1, 1): (1, 1)},
    )
    assert after(rounds) == [(0, 0, 1), (0, 1, 0), (1, 0, 0), (1, 1, 1)]


def test_a_meeting_is_given_up_only_where_nothing_else_helps():
    rounds = laid([("c1", "h1"), ("c2", "h1"), ("c2", "h2")], {(0, 0): (0, 0), (1, 1): (1, 1)})
    assert after(rounds) == [(0, 0, 0), (1, 0, 1)]


def test_what_stands_stays_and_the_minimum_is_left_unmet():
    rounds = laid([("c1", "h1"), ("c2", "h1")], {(0, 0): (0, 0), (1, 0): (0, 0)})
    assert after(rounds, np.ones(2, bool)) == [(0, 0, 0), (1, 0, 0)]
