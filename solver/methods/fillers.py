"""Unwished seats, counted instead of named.

Where unwished meetings are allowed, almost every pair may meet and almost none of these pairs matters: they only fill
minima. So the collapsed day keeps its wished pairs as variables, and of the rest just how many each company takes and
each table receives. That forgets who fills which seat, hence it is a relaxation; `relaxation.complete` then finds
fillers by a flow, and if it succeeds nothing was lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from solver.board import Board
from solver.model.seats import Seats


def fillers(whole: Board) -> Callable[[Seats], None]:
    """The constraints that tie a model of wished pairs to the minima of `whole`, the collapsed day with all pairs."""
    unwished = [pair for pair, is_wished in zip(whole.pairs, whole.wished, strict=True) if not is_wished]
    of_company = Counter(company for company, _ in unwished)
    of_host = Counter(host for _, host in unwished)

    def require(seats: Seats) -> None:
        model = seats.model
        taken = []
        for company, least in enumerate(whole.least):
            extra = model.new_int_var(0, of_company[company], "")
            met = seats.total(seats.of_company.get(company, [])) + extra
            model.add_linear_constraint(met, least, max(least, whole.most[company]))
            taken.append(extra)
        received = []
        for table, least in enumerate(whole.minimum):
            extra = model.new_int_var(0, of_host[whole.table_host[table]], "")
            load = seats.total(x for _, x in seats.at_table.get((table, 0), [])) + extra
            model.add_linear_constraint(load, least, whole.capacity[table])
            received.append(extra)
        for host, most in enumerate(whole.host_most):
            if most is not None:
                extra = seats.total(received[table] for table in whole.tables_of[host])
                model.add(seats.total(seats.of_host.get(host, [])) + extra <= most)
        model.add(seats.total(taken) == seats.total(received))

    return require
