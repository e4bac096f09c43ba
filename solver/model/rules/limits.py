"""How many meetings a company must and may have, and how many a host may have at all its tables."""

from __future__ import annotations

from solver.model.seats import Seats


def add(seats: Seats) -> None:
    """For each company and each host: its meetings lie between its least and its most."""
    board = seats.board
    for company, (least, company_most) in enumerate(zip(board.least, board.most, strict=True)):
        choices = seats.of_company.get(company, [])
        if least > 0 or len(choices) > company_most:
            seats.model.add_linear_constraint(seats.total(choices), least, max(least, company_most))
            if least > company_most:
                seats.model.add_bool_or([])
    for host, most in enumerate(board.host_most):
        choices = seats.of_host.get(host, [])
        if most is not None and len(choices) > most:
            seats.model.add(seats.total(choices) <= most)
