"""The optimiser's answers as rows: nothing is stored that its checker has not passed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import solver
from solver.board import Board
from solver.measure import histogram
from solver.unmet import unmet

from ...rules.board import Seat
from ...rules.errors import Invalid


def read_instance(document: dict[str, Any]) -> solver.Instance:
    """The optimiser's own form of `document`; raises Invalid naming the place when an organiser's entry cannot be."""
    try:
        return solver.parse(document)
    except solver.BadInput as error:
        raise Invalid(
            "The plan cannot be made from what was entered: %(reason)s", field=error.path, reason=str(error)
        ) from error


def assignments(seats: Sequence[Seat]) -> tuple[solver.Assignment, ...]:
    """Seats in the optimiser's form."""
    return tuple(solver.Assignment(*seat) for seat in seats)


def judged(
    document: dict[str, Any], seats: Sequence[Seat], objective: Sequence[str], stated: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The answer document of seats laid by hand: measured and checked anew, with every unmet wish named.

    Bounds proven earlier (`stated`, an answer to the same question) are kept, since no plan can pass them; without
    them a goal's bound is unknown and nothing is called proven. Raises Invalid when a rule is broken.
    """
    instance = read_instance(document)
    if {seat.company for seat in seats} - {each.id for each in instance.companies}:
        raise Invalid("A company in this plan will not come any more. Take it off the board, or search again.")
    laid = assignments(seats)
    answer = solver.Solution("feasible", laid, now=instance.now)
    report = solver.check(instance, answer, objective=objective)
    if not report.ok:
        raise Invalid("The plan breaks a rule: %(reason)s", reason=report.violations[0].detail)
    board = _board(instance, seats)
    document = solver.Solution(
        "feasible", laid, unmet=unmet(board, board.triples(laid)), method="by hand", now=instance.now
    ).to_json()
    document["goals"] = _goals(instance, report.goals, stated or {})
    proven = all(goal["proven"] for goal in document["goals"])
    return document | {"status": "optimal" if proven else "feasible"}


def _goals(instance: solver.Instance, values: Mapping[str, Any], stated: dict[str, Any]) -> list[dict[str, Any]]:
    """Each goal with a bound that holds: the stated one while all goals before it are as stated, else by counting."""
    known = {goal["name"]: goal for goal in stated.get("goals", ())}
    goals, as_stated = [], True
    for name, value in values.items():
        plain = list(value) if isinstance(value, tuple) else value
        bound = known[name]["bound"] if as_stated and name in known else _by_counting(instance, name)
        goals.append({"name": name, "value": plain, "bound": bound, "proven": plain == bound})
        as_stated = as_stated and name in known and known[name]["value"] == plain
    return goals


def _by_counting(instance: solver.Instance, name: str) -> Any:
    """A bound that needs no search: everybody gets every wish that their rounds have room for."""
    if name == "must":
        return len(instance.must)
    if name == "gaps":
        return 0
    worths: dict[str, list[int]] = {company.id: [] for company in instance.companies}
    for wish in instance.wishes:
        worths[wish.company].append(wish.worth)
    if name == "fair":
        room = {company.id: len(company.rounds) * company.delegations for company in instance.companies}
        return list(histogram([min(len(worth), max(room[who], 0)) for who, worth in worths.items()]))
    sums = [sum(worth) for worth in worths.values()]
    return min(sums, default=0) if name == "floor" else sum(sums)


def binds_as_much(now: dict[str, Any], then: dict[str, Any]) -> bool:
    """Bounds proven of `then` hold for `now`: the same question, or one with more locks."""
    plain = [{key: value for key, value in each.items() if key not in ("name", "locks")} for each in (now, then)]
    locks = [{tuple(lock.values()) for lock in each.get("locks", ())} for each in (now, then)]
    return plain[0] == plain[1] and locks[0] >= locks[1]


def unmet_of(document: dict[str, Any], seats: Sequence[Seat]) -> list[dict[str, str]]:
    """Every promise and wish that these seats leave without a meeting, with the reason's fixed word."""
    instance = read_instance(document)
    board = _board(instance, seats)
    return [each._asdict() for each in unmet(board, board.triples(assignments(seats)))]


def _board(instance: solver.Instance, seats: Sequence[Seat]) -> Board:
    """The optimiser's own board, rounds that have begun being history."""
    order = {each.id: index for index, each in enumerate(instance.rounds)}
    start = order[instance.now] if instance.now else 0
    return Board(instance, assignments([seat for seat in seats if order[seat.round] < start]), start)


def explained(
    document: dict[str, Any], seats: Sequence[Seat], company: str, host: str, objective: Sequence[str], seconds: float
) -> dict[str, Any]:
    """Why the two do not meet, who holds the seats, and the cheapest swap, found by solving again."""
    instance = read_instance(document)
    answer = solver.Solution("feasible", assignments(seats), now=instance.now)
    found = solver.explain(instance, answer, company, host, seconds=seconds, objective=objective)
    return dict(found[0].to_json())
