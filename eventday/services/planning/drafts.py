"""Drafts: made by the optimiser, copied, named, thrown away. Attendees never see one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import solver

from ...models import Event, Plan, db
from ...rules.board import Seat
from ...rules.errors import Invalid, NotFound
from .. import audit
from .answers import assignments, read_instance
from .ids import seats_of, write_seats
from .instance import event_instance
from .today import as_of

MOST_SECONDS = 600.0
GOALS = ("must", "fair", "floor", "interest", "gaps")


def objective_of(event: Event) -> tuple[str, ...]:
    """The goals of the event's plan, in order; raises Invalid for a name that is no goal."""
    names = tuple(name.strip() for name in event.objective.split(",") if name.strip())
    for name in names:
        if name not in GOALS:
            raise Invalid("%(name)s is no goal of a plan.", field="objective", name=name)
    return names


def find_plan(event: Event, plan_id: int) -> Plan:
    """A plan of this event; raises NotFound."""
    plan = db.session.query(Plan).filter_by(event_id=event.id, id=plan_id).one_or_none()
    if plan is None:
        raise NotFound("There is no such plan.")
    return plan


def hold(plan: Plan) -> None:
    """See `plan` as it is by now, and let nobody else change it until this transaction ends.

    For whoever decides by its state or revision; on SQLite every writer holds everything anyway.
    """
    db.session.query(Plan).filter_by(id=plan.id).populate_existing().with_for_update().one()


def plans_of(event: Event, *states: str) -> list[Plan]:
    """The event's plans in these states, latest first."""
    return (
        db.session.query(Plan).filter(Plan.event_id == event.id, Plan.state.in_(states)).order_by(Plan.id.desc()).all()
    )


def live_plan(event_id: int) -> Plan | None:
    """The version that people see."""
    return db.session.query(Plan).filter_by(event_id=event_id, state="published").one_or_none()


def solve_event(
    event: Event,
    *,
    now: datetime,
    actor: str,
    seconds: float = 60.0,
    base: Plan | None = None,
    progress: Callable[[solver.Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> tuple[Plan | None, dict[str, Any]]:
    """Ask the optimiser; returns the new draft (None when there is no plan) and the answer document.

    The search starts from the meetings of `base`. While the forum runs, what has begun stays as it is there (or in the
    live version), and the rest of the day is planned. No transaction is open while it works, so that the door and the
    stations go on writing.
    """
    start = base or live_plan(event.id)
    seats = seats_of(start) if start else []
    document, event_id, goals = as_of(event, event_instance(event), seats, now=now), event.id, objective_of(event)
    based_on_id = base.id if base else None
    known = seats if base or "now" in document else ()
    answer = solve_document(document, goals, start=known, seconds=seconds, progress=progress, cancel=cancel)
    if not answer["assignments"] and answer["status"] not in ("optimal", "feasible"):
        return None, answer
    plan = add_draft(event_id, document, answer, now=now, actor=actor, based_on_id=based_on_id)
    db.session.commit()
    return plan, answer


def solve_document(
    document: dict[str, Any],
    goals: tuple[str, ...],
    *,
    seconds: float,
    start: Sequence[Seat] = (),
    progress: Callable[[solver.Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> dict[str, Any]:
    """The optimiser's checked answer to `document`, searched from the seats in `start`. Ends the open transaction."""
    if not 0 < seconds <= MOST_SECONDS:
        raise Invalid("Give the search between 1 and %(most)s seconds.", field="seconds", most=int(MOST_SECONDS))
    instance = read_instance(document)
    db.session.rollback()
    before = solver.Solution("feasible", assignments(start if instance.now else _that_exist(document, start)))
    search = partial(solver.solve, hint=before if before.assignments else None)
    if instance.now:  # a repair knows what history is; with every move allowed it is a search like any other
        search = partial(solver.repair, published=before, max_moves=len(start))
    solution = search(instance, seconds=seconds, objective=goals, progress=progress, cancel=cancel)
    report = solver.check(instance, solution)
    if not report.ok:
        raise AssertionError(report.violations[0].detail)  # the solver checks itself; this guards the door to the rows
    return solution.to_json()


def _that_exist(document: dict[str, Any], seats: Sequence[Seat]) -> list[Seat]:
    """Of `seats` those whose company, table and round the question still knows."""
    known = {each["id"] for part in ("companies", "tables", "rounds") for each in document[part]}
    return [seat for seat in seats if known.issuperset(seat)]


def add_draft(
    event_id: int,
    document: dict[str, Any],
    answer: dict[str, Any],
    *,
    now: datetime,
    actor: str,
    based_on_id: int | None = None,
) -> Plan:
    """A draft in the transaction at hand, which may go on to publish it; nothing is committed."""
    plan = Plan(
        event_id=event_id,
        based_on_id=based_on_id,
        instance=document,
        solution=answer,
        created_at=now,
        created_by=actor,
    )
    db.session.add(plan)
    db.session.flush()
    write_seats(plan, [Seat(each["company"], each["table"], each["round"]) for each in answer["assignments"]])
    audit.record(at=now, actor=actor, action="plan.draft", event_id=event_id, target=f"plan {plan.id}")
    return plan


def copy_to_draft(plan: Plan, *, now: datetime, actor: str) -> Plan:
    """A new draft with the meetings of `plan`, to edit while the live version stays as it is."""
    if plan.state == "scenario":
        raise Invalid("A scenario is adopted before it is edited.")
    answer = plan.solution | {"assignments": [seat._asdict() for seat in seats_of(plan)]}
    draft = add_draft(plan.event_id, plan.instance, answer, now=now, actor=actor, based_on_id=plan.id)
    db.session.commit()
    return draft


def discard(plan: Plan, *, now: datetime, actor: str) -> None:
    """Put a draft or scenario away; it stays in the database for the record. Raises Invalid for a version. Commits."""
    hold(plan)
    if plan.state not in ("draft", "scenario"):
        raise Invalid("Only a draft can be discarded.")
    plan.state = "discarded"
    audit.record(at=now, actor=actor, action="plan.discard", event_id=plan.event_id, target=f"plan {plan.id}")
    db.session.commit()


def rename(plan: Plan, name: str, *, now: datetime, actor: str) -> None:
    """Call a draft or version something."""
    plan.name = name.strip()[:80]
    audit.record(at=now, actor=actor, action="plan.rename", event_id=plan.event_id, target=f"plan {plan.id}")
    db.session.commit()
