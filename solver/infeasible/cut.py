"""Minima that ask for more than can reach them: found by a largest flow, proven by adding up.

Hoffman's circulation theorem (1960): lower bounds can be met unless some set of nodes must take in more than it can
pass on. A largest flow (another algorithm than the one that found no plan) points at such a set; whether it is one is
then counted, so that nothing but the sum has to be believed.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from ortools.graph.python import max_flow

from solver.board import Board
from solver.methods.network import Network
from solver.solution import Problem

NAMED = 12


def starving_minima(board: Board) -> Iterator[Problem]:
    """The minima of tables and companies that cannot all be met, if meetings without rounds already show it."""
    network = Network(board)
    inside = _tightest_set(network)
    enters, leaves = inside[network.heads] & ~inside[network.tails], inside[network.tails] & ~inside[network.heads]
    need, room = int(network.low[enters].sum()), int(network.high[leaves].sum())
    if need <= room:
        return
    asking = np.flatnonzero(enters & (network.low > 0))
    companies = np.unique(network.step_company[asking[asking < network.first_pair]]).tolist()
    beyond = network.first_table + network.tables  # from here on, what leaves the tables
    tables = (asking[asking >= beyond] - beyond).tolist()
    who = tuple(board.instance.companies[each].id for each in companies[:NAMED])
    where = tuple(board.instance.tables[each].id for each in tables[:NAMED])
    names = [*where, *who]
    yield Problem(
        "minima",
        f"{'、'.join(names)} 的最低要求合计至少 {need} 场对接，但最多只能有 {room} 场。",
        f"The minima of {', '.join(names)} ask for {need} meetings together; no more than {room} are possible.",
        who,
        tables=where,
    )


def _tightest_set(network: Network) -> np.ndarray:
    """Which nodes a largest flow that is to bring the lower bounds about leaves cut off from the rest."""
    excess = np.zeros(network.nodes, dtype=np.int64)
    np.add.at(excess, network.heads, network.low)
    np.subtract.at(excess, network.tails, network.low)
    giving, taking = np.flatnonzero(excess > 0), np.flatnonzero(excess < 0)
    source, sink = network.nodes, network.nodes + 1
    flow = max_flow.SimpleMaxFlow()
    flow.add_arcs_with_capacity(
        np.concatenate([network.tails, np.full(len(giving), source), taking]),
        np.concatenate([network.heads, giving, np.full(len(taking), sink)]),
        np.concatenate([network.high - network.low, excess[giving], -excess[taking]]),
    )
    inside = np.zeros(network.nodes, dtype=bool)
    if (network.low > network.high).any() or flow.solve(source, sink) != flow.OPTIMAL:
        return inside
    side = np.array(flow.get_source_side_min_cut(), dtype=np.int64)
    inside[side[side < network.nodes]] = True
    return inside
