"""The goals that only a repair has: promises stay kept, nobody loses by what others do, and few people move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from ortools.sat.python import cp_model

from solver.board import Board, Triple
from solver.model.goals import Stage
from solver.model.seats import Seats


def kept_promises(possible: Sequence[Triple]) -> Callable[[Seats], list[Stage]]:
    """As many promised meetings as can be of those that were published and still could be, pair by pair.

    A promise that is kept is not given up for another: a company that is there would lose it to a newcomer.
    """

    def stages(seats: Seats) -> list[Stage]:
        promised = promised_pairs(seats.board, possible)
        gain = seats.total(x for pair in promised for x in seats.of_pair[pair])
        return [Stage("kept", gain, 0, len(promised))]

    return stages


def promised_pairs(board: Board, possible: Sequence[Triple]) -> list[int]:
    """The pairs of published assignments that are promised."""
    pairs = dict.fromkeys(board.pair[c, board.table_host[t]] for c, t, _ in possible)
    return [pair for pair in pairs if board.promised[pair]]


def nobody_loses(possible: Sequence[Triple]) -> Callable[[Seats], list[Stage]]:
    """Fewest meetings, and fewest wished ones, that companies fall short of what was published and still can be."""

    def stages(seats: Seats) -> list[Stage]:
        board = seats.board
        every = Counter(company for company, _, _ in possible)
        wished = Counter(c for c, t, _ in possible if board.wished[board.pair[c, board.table_host[t]]])
        past = Counter(company for company, _, r in board.fixed if r < board.start)
        past_wished = Counter(
            c for c, t, r in board.fixed if r < board.start and board.wished[board.pair[c, board.table_host[t]]]
        )
        short: list[cp_model.IntVar] = []
        for counts, before, groups in ((every, past, seats.of_company), (wished, past_wished, seats.of_wishes)):
            for company, promised in sorted(counts.items()):
                missing = seats.model.new_int_var(0, promised, "")
                seats.model.add(seats.total(groups[company]) + missing >= promised + before[company])
                short.append(missing)
        return [Stage("shortfall", -seats.total(short), -sum(every.values()) - sum(wished.values()), 0)]

    return stages


def fewest_moves(possible: Sequence[Triple]) -> Callable[[Seats], list[Stage]]:
    """As many published assignments kept as can be."""

    def stages(seats: Seats) -> list[Stage]:
        kept = [seats.at[triple] for triple in possible]
        return [Stage("moves", seats.total(kept) - len(kept), -len(kept), 0)]

    return stages


def at_most_moves(possible: Sequence[Triple], moves: int) -> Callable[[Seats], None]:
    """All but `moves` of the published assignments stay."""

    def require(seats: Seats) -> None:
        seats.model.add(seats.total(seats.at[triple] for triple in possible) >= len(possible) - moves)

    return require
