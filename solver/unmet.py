"""Why a wish or a promise has no meeting, as far as the finished plan alone can tell (no re-solving).

`UNMET` is the fixed vocabulary. `solver.explain` goes further: who holds the seats, and what a swap would cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat

from solver.board import Board, Triple
from solver.collector import collector_rests
from solver.solution import Unmet

UNMET = {
    "never": "the pair is ruled out",
    "no_table": "the host has no table that is ever open",
    "too_big": "the company needs more seats than any table of the host has",
    "absent": "the company is in no round in which the host has an open table",
    "company_limit": "the company already has as many meetings as it may have",
    "host_limit": "the host already has as many meetings as it may have",
    "busy": "the company sits elsewhere in every round in which the host has room",
    "full": "every seat that the company could take at the host is taken",
    "apart": "where there is room, a company sits that it is to be kept apart from",
    "open": "a seat is free; no goal asked for it or the search ended before it was found",
}

AHEAD = UNMET | {
    "no_table": "the host has no table that is open any more",
    "too_big": "the company needs more seats than any table has that the host still opens",
    "absent": "the company is in no round still to come in which the host has an open table",
}
"""The same on a day of which a part is history: what could have been before is no answer to what is now."""


@collector_rests()
def unmet(board: Board, triples: Sequence[Triple]) -> tuple[Unmet, ...]:
    """Every promise, then every wish, that has no meeting in the plan, with what stopped it."""
    from solver.reasons import Seated, named, reasons  # numpy: who only reads plans does without

    seated, words = Seated(board, triples), AHEAD if board.start else UNMET
    missing: list[Unmet] = []
    for kind, pairs in (("must", board.must), ("wish", board.wishes)):
        left = seated.without_meeting(pairs)
        why = reasons(board, seated, left)
        rows = zip(*named(board, left), repeat(kind), why, map(words.__getitem__, why), strict=False)
        missing.extend(map(Unmet._make, rows))
    return tuple(missing)
