"""Helpers for days that are mended: publish a plan, change the day, repair."""

from __future__ import annotations

import solver


def published_of(document):
    return solver.solve(solver.parse(document))


def as_published(document, *assignments):
    """A published plan by hand: "c1 t1 r1", …"""
    rows = [dict(zip(("company", "table", "round"), each.split(), strict=True)) for each in assignments]
    return solver.parse_solution({"schema": "eventday.solution/1", "assignments": rows}, solver.parse(document))


def repaired(document, published, **how):
    """The repair, which the checker has passed."""
    instance = solver.parse(document)
    found = solver.repair(instance, published, **how)
    assert solver.check(instance, found).ok
    return found


def seats(solution):
    return [f"{each.company} {each.table} {each.round}" for each in solution.assignments]


def strict_moves(solution):
    return [move for move in solution.moves if move.reason in ("crowded", "promise", "better")]
