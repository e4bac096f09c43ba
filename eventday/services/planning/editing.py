"""A draft changed by hand, one step at a time. Every write names the revision that it was made on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update

from ...models import Assignment, Event, Plan, PlanEdit, db
from ...rules.board import REASONS, Board, Seat, Verdict
from ...rules.errors import Invalid, Stale
from .. import audit
from .answers import explained
from .drafts import objective_of
from .ids import number, seats_of
from .instance import event_instance
from .today import as_of

EXPLAIN_SECONDS = 5.0


def board_of(event: Event, plan: Plan, *, now: datetime) -> Board:
    """The draft under the rules as they stand now."""
    seats = seats_of(plan)
    document = as_of(event, event_instance(event), seats, now=now)
    known = {each["id"] for each in document["companies"]}
    return Board(document, [seat for seat in seats if seat.company in known])


def verdicts(
    event: Event, plan: Plan, company: str, origin: Seat | None, *, now: datetime
) -> dict[tuple[str, str], Verdict]:
    """For every cell: may the company sit there, which rule says no, what would it cost?

    A chip that sits also hears of `("off", "")`: what leaving the board would cost.
    """
    board = board_of(event, plan, now=now)
    _known(board, company, origin)
    found = board.verdicts(company, origin)
    return found | ({("off", ""): board.removal(origin)} if origin else {})


def _known(board: Board, company: str, origin: Seat | None) -> None:
    if company not in board.law.companies:
        raise Invalid("This company takes no part in the plan.", field="company")
    if origin is not None and origin not in board.seats:
        raise Stale("The meeting is not where you saw it. The board has been brought up to date.")


def move(
    event: Event,
    plan: Plan,
    company: str,
    origin: Seat | None,
    target: Seat | None,
    *,
    revision: int,
    now: datetime,
    actor: str,
) -> None:
    """Take `company` from `origin` (None: it was not seated) to `target` (None: off the board).

    Raises Stale when the draft is not at `revision`, Invalid with the rule that refuses the seat. Commits.
    """
    _claim(plan, revision)
    board = board_of(event, plan, now=now)
    _known(board, company, origin)
    if target is None:
        if origin is None:
            raise Invalid("There is nothing to move.")
        verdict = board.removal(origin)
    else:
        found = board.verdicts(company, origin).get((target.table, target.round))
        if found is None:
            raise Invalid("The company sits there already.")
        verdict = found
    if verdict.reason:
        raise Invalid(REASONS[verdict.reason], code=verdict.reason)
    _step(plan, [origin] if origin else [], [target] if target else [], now=now, actor=actor)


def _claim(plan: Plan, revision: int) -> None:
    """Raise the draft's revision, or refuse: of two planners who write on the same one, exactly one gets through."""
    statement = (
        update(Plan)
        .where(Plan.id == plan.id, Plan.revision == revision, Plan.state == "draft")
        .values(revision=revision + 1)
    )
    if not db.session.execute(statement).rowcount:  # type: ignore[attr-defined]
        raise Stale("Somebody else changed this draft first. Nothing was lost: look at it as it is now, then go on.")
    db.session.refresh(plan)


def _step(plan: Plan, removed: list[Seat], added: list[Seat], *, now: datetime, actor: str) -> None:
    db.session.query(PlanEdit).filter_by(plan_id=plan.id, undone=True).delete()
    db.session.add(PlanEdit(plan_id=plan.id, removed=[*removed], added=[*added], at=now, by=actor))
    _swap_rows(plan, removed, added)
    audit.record(at=now, actor=actor, action="plan.edit", event_id=plan.event_id, target=f"plan {plan.id}")
    db.session.commit()


def _swap_rows(plan: Plan, removed: list[Seat], added: list[Seat]) -> None:
    for seat in removed:
        row = db.session.query(Assignment).filter_by(plan_id=plan.id, **_columns(seat)).one_or_none()
        if row is None:
            raise Stale("The meeting is not where you saw it. The board has been brought up to date.")
        db.session.delete(row)
    db.session.flush()
    db.session.add_all(Assignment(plan_id=plan.id, **_columns(seat)) for seat in added)


def _columns(seat: Seat) -> dict[str, int]:
    return {"company_id": number(seat.company), "table_id": number(seat.table), "round_id": number(seat.round)}


def undo(plan: Plan, *, revision: int, now: datetime, actor: str) -> None:
    """Take back the last step. Raises Stale, or Invalid when there is none. Commits."""
    _claim(plan, revision)
    query = db.session.query(PlanEdit).filter_by(plan_id=plan.id, undone=False)
    step = query.order_by(PlanEdit.id.desc()).first()
    if step is None:
        raise Invalid("There is nothing to undo.")
    step.undone = True
    _swap_rows(plan, _seats(step.added), _seats(step.removed))
    audit.record(at=now, actor=actor, action="plan.undo", event_id=plan.event_id, target=f"plan {plan.id}")
    db.session.commit()


def redo(plan: Plan, *, revision: int, now: datetime, actor: str) -> None:
    """Do again what was last undone. Raises Stale, or Invalid when there is nothing. Commits."""
    _claim(plan, revision)
    query = db.session.query(PlanEdit).filter_by(plan_id=plan.id, undone=True)
    step = query.order_by(PlanEdit.id).first()
    if step is None:
        raise Invalid("There is nothing to redo.")
    step.undone = False
    _swap_rows(plan, _seats(step.removed), _seats(step.added))
    audit.record(at=now, actor=actor, action="plan.redo", event_id=plan.event_id, target=f"plan {plan.id}")
    db.session.commit()


def _seats(rows: list[list[str]]) -> list[Seat]:
    return [Seat(*row) for row in rows]


def steps(plan: Plan) -> tuple[int, int]:
    """How many steps could be undone, and how many redone."""
    rows = [undone for (undone,) in db.session.query(PlanEdit.undone).filter_by(plan_id=plan.id)]
    return rows.count(False), rows.count(True)


def why_unmet(event: Event, plan: Plan, company: str, host: str, *, now: datetime) -> dict[str, Any]:
    """The optimiser's explanation of one unmet pair in this plan, with the cheapest swap. Only reads."""
    seats = seats_of(plan)
    document = as_of(event, event_instance(event), seats, now=now) if plan.state == "draft" else plan.instance
    known = {each["id"] for each in document["companies"]}
    goals = objective_of(event)
    db.session.rollback()
    mine = [seat for seat in seats if seat.company in known]
    return explained(document, mine, company, host, goals, EXPLAIN_SECONDS)


def apply_swap(event: Event, plan: Plan, swap: dict[str, Any], *, revision: int, now: datetime, actor: str) -> None:
    """Put the moves of an explanation's swap on the draft as one step. Raises Stale, or Invalid with a broken rule."""
    moves, added = swap["moves"], swap["added"]
    removed = [Seat(each["company"], each["from"]["table"], each["from"]["round"]) for each in moves]
    put = [Seat(each["company"], each["to"]["table"], each["to"]["round"]) for each in moves if each["to"]]
    put += [Seat(each["company"], each["table"], each["round"]) for each in added]
    _claim(plan, revision)
    seats = (set(seats_of(plan)) - set(removed)) | set(put)
    document = as_of(event, event_instance(event), sorted(seats), now=now)
    faults = list(Board(document, seats).faults())
    if faults:
        raise Invalid(REASONS[faults[0][0]], code=faults[0][0])
    _step(plan, removed, put, now=now, actor=actor)
