"""Why a wish or a promise has no meeting, as far as the finished plan alone can tell (no re-solving).

`UNMET` is the fixed vocabulary. `solver.explain` goes further: who holds the seats, and what a swap would cost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from solver.board import Board, Slot, Triple, bits
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


class Seated:
    """A finished plan, numbered: who met whom, who sits when and where."""

    def __init__(self, board: Board, triples: Sequence[Triple]) -> None:
        self.board = board
        self.met: set[tuple[int, int]] = set()
        self.meetings = [0] * len(board.there)
        self.received = [0] * len(board.tables_of)
        self.busy = [0] * len(board.there)
        self.taken = [[0] * board.rounds for _ in board.capacity]
        self.guests: dict[Slot, set[int]] = defaultdict(set)
        turns: dict[tuple[int, int], int] = defaultdict(int)
        for c, t, r in triples:
            host = board.table_host[t]
            self.met.add((c, host))
            self.meetings[c] += 1
            self.received[host] += 1
            self.taken[t][r] += board.seats[c]
            if board.apart:
                self.guests[t, r].add(c)
            turns[c, r] += 1
            if turns[c, r] >= board.teams[c]:
                self.busy[c] |= 1 << r
        self._room: dict[tuple[int, int], int] = {}

    def room(self, host: int, seats: int) -> int:
        """The rounds in which some table of the host has that many seats left."""
        key = (host, seats)
        if key not in self._room:
            board = self.board
            self._room[key] = sum(
                1 << r
                for r in range(board.rounds)
                if any(
                    board.open[t] >> r & 1 and self.taken[t][r] + seats <= board.capacity[t]
                    for t in board.tables_of[host]
                )
            )
        return self._room[key]


def unmet(board: Board, triples: Sequence[Triple]) -> tuple[Unmet, ...]:
    """Every promise, then every wish, that has no meeting in the plan, with what stopped it."""
    seated = Seated(board, triples)
    return tuple(_missing(board, seated))


def _missing(board: Board, seated: Seated) -> Iterator[Unmet]:
    wishes = ((board.company[wish.company], board.host[wish.host]) for wish in board.instance.wishes)
    companies, hosts = list(board.company), list(board.host)
    for kind, pairs in (("must", iter(board.must)), ("wish", wishes)):
        for pair in pairs:
            if pair not in seated.met:
                reason = "never" if pair in board.never else reason_of(board, seated, *pair)
                yield Unmet(companies[pair[0]], hosts[pair[1]], kind, reason, UNMET[reason])


def reason_of(board: Board, seated: Seated, company: int, host: int) -> str:
    """The first thing that stops the meeting: what can never be, then limits, then who holds the seats."""
    there, seats = board.there[company], board.seats[company]
    possible = board.open_for(host, seats)
    if not there & possible:
        return _never_possible(board, host, possible)
    if seated.meetings[company] == board.instance.companies[company].max_meetings:
        return "company_limit"
    most = board.host_most[host]
    if most is not None and seated.received[host] >= most:
        return "host_limit"
    room = there & seated.room(host, seats)
    if not room:
        return "full"
    free = room & ~seated.busy[company]
    if not free:
        return "busy"
    return "apart" if board.apart and _foes_everywhere(board, seated, company, host, free) else "open"


def _never_possible(board: Board, host: int, possible: int) -> str:
    """No plan at all could seat the pair, leaving bans aside."""
    if possible:
        return "absent"
    return "too_big" if any(board.open[table] for table in board.tables_of[host]) else "no_table"


def _foes_everywhere(board: Board, seated: Seated, company: int, host: int, free: int) -> bool:
    """At every table with room, in every round in which the company is free, one sits from whom it is kept apart."""
    foes, seats = board.foes.get(company, set()), board.seats[company]
    slots = [(t, r) for t in board.tables_of[host] for r in bits(free & board.open[t])]
    room = [slot for slot in slots if seated.taken[slot[0]][slot[1]] + seats <= board.capacity[slot[0]]]
    return all(foes & seated.guests.get(slot, set()) for slot in room)
