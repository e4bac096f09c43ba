"""Among the best choices of whom to meet, the one whose days can have the fewest idle rounds; and how few these are.

Many flows are equally good in promises, fairness and interest, and give the same numbers of meetings to different
companies: better fewer to one that is away at noon. So each company's first, second, … meeting is charged what its
cheapest day grows by, idle rounds and seats at the prices of `idle`. As the flow's best fairness fixes how many
companies have more than k meetings, a charge that is the same for everybody's k-th changes no choice; it is raised so
far that later meetings cost more, and then a flow of least cost takes each company's meetings in order. What it costs,
less what all seats cost, bounds the idle rounds of every plan that is as good in the goals before (Lagrange).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from solver.board import Board
from solver.methods.flows import Pause
from solver.methods.idle import PARTS, IdleRounds, Prices
from solver.methods.network import CostOverflowError, Network
from solver.methods.relaxation import Ideal, Tie, ideal


def calmest(
    board: Board, days: IdleRounds, goals: Sequence[str], prices: Prices, pause: Pause | None = None
) -> tuple[Ideal, int] | None:
    """The calmest flow that is best for `goals`, and the fewest idle rounds of any plan as good in these.

    `goals` are linear ones with `fair` among them, and every meeting counts as a wish. None where that does not fit
    64-bit integers.
    """
    least = _cheapest_days(days, prices)
    growth = np.diff(least, axis=1)
    rises = int(np.maximum(growth[:, :-1] - growth[:, 1:], 0).max(initial=0))
    charge = growth + rises * np.arange(growth.shape[1])

    def per_meeting(table: np.ndarray, network: Network) -> np.ndarray:
        return table[network.step_company, np.minimum(network.step, table.shape[1] - 1)]

    def tie(network: Network) -> Tie:
        own = int(charge.max(initial=0)) - per_meeting(charge, network)
        gain = np.zeros(len(network.tails), dtype=np.int64)
        gain[: network.first_pair] = own
        return Tie(gain, int(own.sum()))

    try:
        found = ideal(board, goals, tie=tie, pause=pause)
    except CostOverflowError:
        return None
    if found is None:
        return None
    taken = found.flow[: found.network.first_pair]
    total = int(least[:, 0].sum()) + int(per_meeting(growth, found.network) @ taken)
    return found, max(0, -(-(total - int(prices.seat @ days.seats)) // PARTS))


def _cheapest_days(days: IdleRounds, prices: Prices) -> np.ndarray:
    """Per company and number of meetings, what its cheapest day costs; more meetings than it can have cost no more."""
    cost, most = days.cost(prices.seat), days.board.rounds
    of_kind = {}
    for kind, sets in days.sets.items():
        meets = np.bitwise_count(sets)
        least = np.full(most + 1, np.iinfo(np.int64).max)
        np.minimum.at(least, meets, cost[sets])
        known = np.flatnonzero(least < np.iinfo(np.int64).max)
        nearest = np.clip(np.arange(most + 1), known[0], known[-1])
        of_kind[kind] = least[nearest]
    return np.array([of_kind[kind] for kind in days.kinds])
