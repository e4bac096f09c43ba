"""Why a wish or a promise has no meeting, as far as the finished plan alone can tell (no re-solving).

`UNMET` is the fixed vocabulary. `solver.explain` goes further: who holds the seats, and what a swap would cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from solver.board import Board, Triple, bits
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
        self.met = {(c, board.table_host[t]) for c, t, _ in triples}
        self.meetings = [0] * len(board.there)
        self.received = [0] * len(board.tables_of)
        self.sits: dict[tuple[int, int], int] = {}
        self.taken: dict[tuple[int, int], int] = {}
        self.guests: dict[tuple[int, int], set[int]] = {}
        for c, t, r in triples:
            self.meetings[c] += 1
            self.received[board.table_host[t]] += 1
            self.sits[c, r] = self.sits.get((c, r), 0) + 1
            self.taken[t, r] = self.taken.get((t, r), 0) + board.seats[c]
            self.guests.setdefault((t, r), set()).add(c)


def unmet(board: Board, triples: Sequence[Triple]) -> tuple[Unmet, ...]:
    """Every promise, then every wish, that has no meeting in the plan, with what stopped it."""
    seated = Seated(board, triples)
    return tuple(_missing(board, seated))


def _missing(board: Board, seated: Seated) -> Iterator[Unmet]:
    wishes = ((board.company[wish.company], board.host[wish.host]) for wish in board.instance.wishes)
    companies, hosts = board.instance.companies, board.instance.hosts
    for kind, pairs in (("must", iter(board.must)), ("wish", wishes)):
        for company, host in pairs:
            if (company, host) not in seated.met:
                reason = "never" if (company, host) in board.never else reason_of(board, seated, company, host)
                yield Unmet(companies[company].id, hosts[host].id, kind, reason, UNMET[reason])


def reason_of(board: Board, seated: Seated, company: int, host: int) -> str:
    """The first thing that stops the meeting: what can never be, then limits, then who holds the seats."""
    tables = [t for t in board.tables_of[host] if board.open[t]]
    if not tables:
        return "no_table"
    tables = [t for t in tables if board.seats[company] <= board.capacity[t]]
    if not tables:
        return "too_big"
    slots = [(t, r) for t in tables for r in bits(board.open[t] & board.there[company])]
    if not slots:
        return "absent"
    if seated.meetings[company] == board.instance.companies[company].max_meetings:
        return "company_limit"
    most = board.host_most[host]
    if most is not None and seated.received[host] >= most:
        return "host_limit"
    return _contest(board, seated, company, slots)


def _contest(board: Board, seated: Seated, company: int, slots: list[tuple[int, int]]) -> str:
    room = [s for s in slots if seated.taken.get(s, 0) + board.seats[company] <= board.capacity[s[0]]]
    if not room:
        return "full"
    free = [s for s in room if seated.sits.get((company, s[1]), 0) < board.teams[company]]
    if not free:
        return "busy"
    foes = board.foes.get(company, set())
    return "apart" if all(foes & seated.guests.get(s, set()) for s in free) else "open"
