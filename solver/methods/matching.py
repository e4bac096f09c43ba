"""The best set of pairs for one round: each company within its turns, each host within its seats."""

from __future__ import annotations

import numpy as np
from ortools.graph.python import min_cost_flow


def match(
    companies: np.ndarray, hosts: np.ndarray, gain: np.ndarray, turns: np.ndarray, room: np.ndarray, need: np.ndarray
) -> np.ndarray:
    """Positions of the pairs (`companies[i]`, `hosts[i]`) whose gains add up to the most.

    The first `need` seats of a host, which its minima ask for, come before any gain.
    """
    lefts, rights, pairs = len(turns), len(room), len(companies)
    source, sink = lefts + rights, lefts + rights + 1
    flow = min_cost_flow.SimpleMinCostFlow()
    _add(flow, np.full(lefts, source), np.arange(lefts), turns, np.zeros(lefts, np.int64))
    arcs = _add(flow, companies, lefts + hosts, np.ones(pairs, np.int64), -gain)
    first = np.minimum(need, room)
    before_all = np.full(rights, -1 - 2 * int(gain.max(initial=0)) * int(turns.max(initial=1)), np.int64)
    _add(flow, np.arange(lefts, source), np.full(rights, sink), first, before_all)
    _add(flow, np.arange(lefts, source), np.full(rights, sink), room - first, np.zeros(rights, np.int64))
    flow.add_arc_with_capacity_and_unit_cost(sink, source, pairs, 0)
    if flow.solve() != flow.OPTIMAL:
        raise ArithmeticError("the flow of one round has no solution, although the empty one is always allowed")
    return np.flatnonzero(flow.flows(arcs))


def _add(
    flow: min_cost_flow.SimpleMinCostFlow, tails: np.ndarray, heads: np.ndarray, capacity: np.ndarray, cost: np.ndarray
) -> np.ndarray:
    return flow.add_arcs_with_capacity_and_unit_cost(tails, heads, capacity, cost)
