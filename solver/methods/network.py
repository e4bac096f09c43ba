"""The flow network of *who meets whom*, with the rounds left out.

    source → company → host → table → sink → source

A company sends at most as many units as it may have meetings, a pair carries at most one, a table takes what all its
open rounds hold together. Minima are lower bounds on arcs. Every plan is such a flow, so the best flow is a bound for
every plan; where rounds drop out of the problem (see `plain`) every such flow is also a plan.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
from ortools.graph.python import min_cost_flow

from solver.board import Board

COST_LIMIT = 2**62
"""The solver multiplies costs by the number of nodes; what passes this could overflow 64 bits."""


class CostOverflowError(ArithmeticError):
    """The goals' weights do not fit 64-bit integers together."""


class Network:
    """Arcs with capacities and lower bounds; costs come with each `solve`.

    `loose` leaves out pairs that nobody wished and every lower bound: what remains holds the wished part of any plan,
    whatever else that plan contains.
    """

    def __init__(self, board: Board, loose: bool = False) -> None:
        self.board = board
        companies, hosts, tables = len(board.there), len(board.tables_of), len(board.capacity)
        self.pairs = [p for p in range(len(board.pairs)) if board.wished[p] or not loose]
        self.source, self.sink = companies + hosts * 2 + tables, companies + hosts * 2 + tables + 1
        self.company_arcs = _ladders(board, self.pairs)
        arcs: list[tuple[int, int, int, int]] = []
        for company, steps in enumerate(self.company_arcs):
            forced = 0 if loose else board.least[company]
            arcs += [(self.source, company, int(step < forced), 1) for step in range(steps)]
        self.first_pair = len(arcs)
        for pair in self.pairs:
            company, host = board.pairs[pair]
            stands = not loose and (company, host) in board.fixed_at
            arcs.append((company, companies + host, int(stands), 1))
        self.first_host = len(arcs)
        per_host = _per_host(board, self.pairs)
        for host in range(hosts):
            most = board.host_most[host]
            limit = per_host[host] if most is None else min(most, per_host[host])
            arcs.append((companies + host, companies + hosts + host, 0, limit))
        self.first_table = len(arcs)
        held = Counter(table for _, table, r in board.fixed if r < board.start)
        for table in range(tables):
            low, high = (held[table] + bound for bound in table_bounds(board, table))
            arcs.append((companies + hosts + board.table_host[table], companies + 2 * hosts + table, 0, high))
            arcs.append((companies + 2 * hosts + table, self.sink, 0 if loose else low, high))
        arcs.append((self.sink, self.source, 0, sum(self.company_arcs)))
        self.arcs = np.array(arcs, dtype=np.int64).reshape(-1, 4)
        self.nodes = self.sink + 1

    def solve(self, gain: np.ndarray) -> np.ndarray | None:
        """The flow per arc that makes Σ gain·flow largest, or None when the lower bounds cannot all be met.

        Raises `CostOverflowError` when the gains are too large for exact 64-bit arithmetic.
        """
        largest = max(int(gain.max(initial=0)), -int(gain.min(initial=0)))
        if largest * (self.nodes + 1) * 2 > COST_LIMIT:
            raise CostOverflowError(f"gain {largest} on {self.nodes} nodes")
        tails, heads, low, high = self.arcs.T
        if (low > high).any():
            return None
        supply = np.zeros(self.nodes, dtype=np.int64)
        np.add.at(supply, heads, low)
        np.subtract.at(supply, tails, low)
        flow = min_cost_flow.SimpleMinCostFlow()
        arcs = flow.add_arcs_with_capacity_and_unit_cost(tails, heads, high - low, -gain)
        flow.set_nodes_supplies(np.arange(self.nodes), supply)
        status = flow.solve()
        if status != flow.OPTIMAL:
            if status == flow.INFEASIBLE:
                return None
            raise CostOverflowError(f"flow solver: {status}")
        return np.asarray(flow.flows(arcs)) + low

    def chosen(self, flow: np.ndarray) -> list[int]:
        """The pairs that a flow picks."""
        picked = flow[self.first_pair : self.first_host]
        return [self.pairs[index] for index in np.flatnonzero(picked)]

    def table_loads(self, flow: np.ndarray) -> list[int]:
        """How many meetings a flow gives each table over the day."""
        return [int(load) for load in flow[self.first_table : -1 : 2]]


def table_bounds(board: Board, table: int) -> tuple[int, int]:
    """Fewest and most companies a table can receive in its rounds to come: valid for any mixture of company sizes."""
    guests = [seats for seats in set(board.seats) if seats <= board.capacity[table]]
    rounds = board.open[table].bit_count()
    if not guests:
        return (1, 0) if board.minimum[table] and rounds else (0, 0)
    least = -(-board.minimum[table] // max(guests))
    return rounds * least, rounds * (board.capacity[table] // min(guests))


def _ladders(board: Board, pairs: list[int]) -> list[int]:
    """How many unit arcs each company gets: as many as it can have meetings."""
    partners = [0] * len(board.there)
    for pair in pairs:
        partners[board.pairs[pair][0]] += 1
    return [max(min(most, known), least) for most, known, least in zip(board.most, partners, board.least, strict=True)]


def _per_host(board: Board, pairs: list[int]) -> list[int]:
    partners = [0] * len(board.tables_of)
    for pair in pairs:
        partners[board.pairs[pair][1]] += 1
    return partners
