"""Bring guests to tables that lack them: the last step of laying meetings into rounds one by one.

A round's flow fills minima first, but a table's only guests may all have been seated in earlier rounds. So guests are
moved: one who waits or sits with the same host where others suffice; one whose two meetings can change places; at last
one who gives up another meeting. What stands (fixed, locked) never moves.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from solver.board import bits
from solver.methods.rounds import Rounds, table_for


def reach_minima(rounds: Rounds, stands: np.ndarray) -> None:
    """Fill what lacks guests, as far as single moves can. `stands`: which pairs may not move."""
    for table, r in list(_lacking(rounds)):
        while _lack(rounds, table, r) > 0:
            if not (_bring(rounds, stands, table, r, False) or _bring(rounds, stands, table, r, True)):
                break


def _lacking(rounds: Rounds) -> Iterator[tuple[int, int]]:
    for table, mask in enumerate(rounds.board.open):
        if rounds.minimum[table]:
            yield from ((table, r) for r in bits(mask) if _lack(rounds, table, r) > 0)


def _lack(rounds: Rounds, table: int, r: int) -> int:
    """Seats missing to a table's minimum; negative where there are more than needed."""
    taken = rounds.board.capacity[table] - int(rounds.room[r, table])
    return int(rounds.minimum[table]) - taken


def _can_leave(rounds: Rounds, stands: np.ndarray, index: int) -> bool:
    """A pair has no seat yet, or one that its table can spare."""
    if rounds.slot[index] < 0:
        return True
    seats = int(rounds.seats[rounds.company[index]])
    return not stands[index] and _lack(rounds, int(rounds.table[index]), int(rounds.slot[index])) + seats <= 0


def _bring(rounds: Rounds, stands: np.ndarray, table: int, r: int, at_a_cost: bool) -> bool:
    """One guest more at a table in a round; `at_a_cost`, somebody gives up another meeting for it."""
    board = rounds.board
    for index in np.flatnonzero(rounds.host == board.table_host[table]).tolist():
        company = int(rounds.company[index])
        foes = board.foes.get(company, set()) & rounds.guests.get((table, r), set()) if board.apart else set()
        fits = rounds.there[r, company] and rounds.seats[company] <= rounds.room[r, table] and not foes
        if not fits or rounds.slot[index] == r or not _can_leave(rounds, stands, index):
            continue
        if rounds.turns[r, company] > 0 or _make_way(rounds, stands, index, r, at_a_cost):
            if rounds.slot[index] >= 0:
                rounds.take(index)
            rounds.put(index, table, r)
            return True
    return False


def _make_way(rounds: Rounds, stands: np.ndarray, index: int, r: int, at_a_cost: bool) -> bool:
    """Free the company's turn in round r: by changing places with its other meeting, or by giving that up."""
    company, then = int(rounds.company[index]), int(rounds.slot[index])
    for other in np.flatnonzero((rounds.company == company) & (rounds.slot == r)).tolist():
        if not _can_leave(rounds, stands, other):
            continue
        seat = table_for(rounds, company, int(rounds.host[other]), then) if then >= 0 else None
        if seat is not None or at_a_cost:
            rounds.take(other)
            if seat is not None:
                rounds.put(other, seat, then)
            return True
    return False
