"""What proves a plan: question, answer, verdict, spread, who is worst off. Verifiable from the file alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import solver

from ...models import Plan
from ...rules.board import Seat
from ...rules.errors import Invalid
from .answers import assignments, judged, read_instance
from .ids import seats_of

SCHEMA = "eventday.certificate/1"


def certificate(plan: Plan) -> dict[str, Any]:
    """The certificate of `plan`: `instance` and `solution` are the documents that `python -m solver check` reads."""
    seats = seats_of(plan)
    instance = read_instance(plan.instance)
    solution = plan.solution | {"assignments": [seat._asdict() for seat in seats]}
    goals = tuple(goal["name"] for goal in plan.solution.get("goals", ()))
    if plan.revision and plan.state == "draft":
        solution |= {"goals": measured(plan.instance, seats, goals, plan.solution), "status": "feasible"}
    verdict = solver.check(instance, solver.Solution("feasible", assignments(seats), now=instance.now), objective=goals)
    wished = _wished(instance, seats)
    least = min(wished.values(), default=0)
    return {
        "schema": SCHEMA,
        "version": plan.version,
        "published_at": plan.published_at.isoformat() if plan.published_at else None,
        "verdict": verdict.to_json(),
        "spread": [list(wished.values()).count(level) for level in range(max(wished.values(), default=0) + 1)],
        "worst_off": sorted(company for company, count in wished.items() if count == least),
        "seed": solution.get("seed"),
        "solver": solution.get("solver"),
        "instance": plan.instance,
        "solution": solution,
    }


def _wished(instance: solver.Instance, seats: Sequence[Seat]) -> Counter[str]:
    host_of = {table.id: table.host for table in instance.tables}
    pairs = {(wish.company, wish.host) for wish in instance.wishes}
    counts = Counter({company.id: 0 for company in instance.companies})
    for seat in seats:
        counts[seat.company] += (seat.company, host_of[seat.table]) in pairs
    return counts


def measured(
    document: dict[str, Any], seats: Sequence[Seat], goals: Sequence[str], stated: dict[str, Any]
) -> list[dict[str, Any]]:
    """The goals of seats laid by hand; none while they break a rule, since a broken plan is worth nothing."""
    try:
        return list(judged(document, seats, goals, stated)["goals"])
    except Invalid:
        return []
