"""The best set of pairs for one round: each company within its turns, each host within its seats."""

from __future__ import annotations

import numpy as np

from solver.methods.flows import Pause, Question, cheapest


def match(
    companies: np.ndarray,
    hosts: np.ndarray,
    gain: np.ndarray,
    turns: np.ndarray,
    room: np.ndarray,
    need: np.ndarray,
    pause: Pause | None = None,
) -> np.ndarray:
    """Positions of the pairs (`companies[i]`, `hosts[i]`) whose gains add up to the most.

    The first `need` seats of a host, which its minima ask for, come before any gain. `pause` may end a large flow.
    """
    lefts, rights, pairs = len(turns), len(room), len(companies)
    source, sink = lefts + rights, lefts + rights + 1
    first = np.minimum(need, room)
    before_all = np.full(rights, -1 - 2 * int(gain.max(initial=0)) * int(turns.max(initial=1)), np.int64)
    every_host, to_sink = np.arange(lefts, source), np.full(rights, sink)
    blocks = [
        (np.full(lefts, source), np.arange(lefts), turns, np.zeros(lefts, np.int64)),
        (companies, lefts + hosts, np.ones(pairs, np.int64), -gain),
        (every_host, to_sink, first, before_all),
        (every_host, to_sink, room - first, np.zeros(rights, np.int64)),
        (np.array([sink]), np.array([source]), np.array([pairs]), np.array([0])),
    ]
    tails, heads, capacity, cost = (np.concatenate(column) for column in zip(*blocks, strict=True))
    flow = cheapest(Question(tails, heads, capacity, cost, np.zeros(sink + 1, np.int64)), pause)
    if flow is None:
        raise ArithmeticError("the flow of one round has no solution, although the empty one is always allowed")
    return np.flatnonzero(flow[lefts : lefts + pairs])
