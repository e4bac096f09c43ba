"""A flow by itself: a program that knows nothing of meetings, for large flows, which run where they can be killed.

OR-Tools' cost-scaling solver (after Goldberg and Tarjan, *Finding minimum-cost circulations by successive
approximation*, 1990) is one call that nothing can interrupt and that holds the interpreter. `flows.py` starts this
file as a process of its own for what takes long: arrays come on standard input, the flow leaves on standard output.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

import numpy as np
from ortools.graph.python import min_cost_flow

NO_FLOW = 3
"""The exit code that says: the supplies cannot be met."""

PR_SET_PDEATHSIG = 1


def minimise(
    tails: np.ndarray, heads: np.ndarray, capacity: np.ndarray, cost: np.ndarray, supply: np.ndarray
) -> np.ndarray | None:
    """The flow per arc of least cost, or None when the supplies of the nodes cannot be met.

    Raises `ArithmeticError` when the costs are too large for the solver.
    """
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tails, heads, capacity, cost)
    flow.set_nodes_supplies(np.arange(len(supply)), supply)
    status = flow.solve()
    if status == flow.INFEASIBLE:
        return None
    if status != flow.OPTIMAL:
        raise ArithmeticError(f"flow solver: {status}")
    return np.asarray(flow.flows(arcs))


def main(parent: int) -> int:
    """Answer one question; `parent` is the process that asked, without which nobody waits for the answer."""
    if sys.platform == "linux":  # elsewhere this process outlives a killed parent by the rest of its one flow
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        return 1
    tails, heads, capacity, cost = np.load(sys.stdin.buffer)
    found = minimise(tails, heads, capacity, cost, np.load(sys.stdin.buffer))
    if found is None:
        return NO_FLOW
    np.save(sys.stdout.buffer, found)
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
