"""More promises than seats or rounds: the cut, found by counting, that says why some cannot be kept.

By Hall's condition: the companies promised to a host that can only come within some set of rounds need no more seats
than the host's tables have in those rounds. With a dozen rounds, every set of rounds can be looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import numpy as np

from solver.board import Board, bits
from solver.solution import Problem

MOST_ROUNDS = 12
NAMED = 12


def shortages(board: Board) -> tuple[Problem, ...]:
    """Every host and company that is promised more than it has room for."""
    by_host: dict[int, list[int]] = defaultdict(list)
    by_company: dict[int, list[int]] = defaultdict(list)
    for company, host in board.must:
        if (company, host) in board.pair and (company, host) not in board.fixed_at:
            by_host[host].append(company)
            by_company[company].append(host)
    return (*_crowded_hosts(board, by_host), *_crowded_companies(board, by_company))


def _crowded_hosts(board: Board, promised: dict[int, list[int]]) -> Iterator[Problem]:
    names = [each.id for each in board.instance.companies]
    for host, companies in sorted(promised.items()):
        found = _tightest(board, host, companies) if board.rounds <= MOST_ROUNDS else None
        if found is None:
            continue
        mask, guests, seats = found
        whom = board.instance.hosts[host].id
        when = tuple(board.instance.rounds[r].id for r in bits(mask))
        need = sum(board.seats[company] for company in guests)
        yield Problem(
            "promises_crowd",
            f"{len(guests)} 家企业必须与 {whom} 对接，共需 {need} 席；"
            f"它们只能在 {'、'.join(when)} 来，届时只有 {seats} 席。",
            f"{len(guests)} companies must meet {whom} and need {need} seats; they can come only in {', '.join(when)}, "
            f"when it has {seats}.",
            tuple(names[company] for company in guests[:NAMED]),
            (whom,),
            rounds=when,
        )


def _tightest(board: Board, host: int, companies: list[int]) -> tuple[int, list[int], int] | None:
    """The set of rounds with the largest shortage, fewest rounds first: rounds, companies, seats."""
    able = {company: board.there[company] & board.open_for(host, board.seats[company]) for company in companies}
    need, seats = np.zeros((2, 1 << board.rounds), dtype=np.int64)
    for company, rounds in able.items():
        need[rounds] += board.seats[company]
    for table in board.tables_of[host]:
        for r in bits(board.open[table]):
            seats[1 << r] += board.capacity[table]
    short = _of_every_subset(need) - _of_every_subset(seats)
    few_first = _masks(board.rounds)
    worst = int(few_first[np.argmax(short[few_first])])
    if short[worst] <= 0:
        return None
    return worst, [company for company, rounds in able.items() if not rounds & ~worst], int(seats[worst])


def _of_every_subset(counts: np.ndarray) -> np.ndarray:
    """In place: for each set of rounds, the counts of all its subsets together, one round taken in after another."""
    for r in range(len(counts).bit_length() - 1):
        halves = counts.reshape(-1, 2, 1 << r)
        halves[:, 1] += halves[:, 0]
    return counts


@cache
def _masks(rounds: int) -> np.ndarray:
    """All sets of rounds but the empty one, small ones first."""
    return np.array(sorted(range(1, 1 << rounds), key=int.bit_count))


def _crowded_companies(board: Board, promised: dict[int, list[int]]) -> Iterator[Problem]:
    for company, hosts in sorted(promised.items()):
        most = board.most[company]
        if len(hosts) > most:
            who = board.instance.companies[company].id
            yield Problem(
                "promises_crowd",
                f"{who} 有 {len(hosts)} 场必谈，最多只能安排 {most} 场。",
                f"{who} is promised {len(hosts)} meetings and can have no more than {most}.",
                (who,),
                tuple(board.instance.hosts[host].id for host in hosts[:NAMED]),
            )
