"""A draft changed by hand, one step at a time. Every write names the revision that it was made on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ...models import Event, Plan, PlanEdit, db
from ...rules.board import REASONS, Board, Seat, Verdict
from ...rules.errors import Invalid, Stale
from . import rule_book, steps
from .answers import explained
from .drafts import objective_of
from .ids import seats_of
from .instance import event_instance
from .today import as_of

EXPLAIN_SECONDS = 5.0


def board_of(event: Event, plan: Plan, *, now: datetime) -> Board:
    """The draft under the rules as they stand now."""
    return _board_with(event, seats_of(plan), now=now)


def _board_with(event: Event, seats: list[Seat], *, now: datetime) -> Board:
    """Who takes no part any more is left out."""
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
    if _has_withdrawn(board, plan, company, origin):
        return {("off", ""): Verdict(None)}
    _known(board, company, origin)
    found = board.verdicts(company, origin)
    return found | ({("off", ""): board.removal(origin)} if origin else {})


def _has_withdrawn(board: Board, plan: Plan, company: str, origin: Seat | None) -> bool:
    """Whether the chip is of a company that takes no part any more: it may leave the board, and go nowhere else."""
    return company not in board.law.companies and origin in seats_of(plan)


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
) -> int:
    """Take `company` from `origin` (None: it was not seated) to `target` (None: off the board); returns the revision.

    Raises Stale when the draft is not at `revision`, Invalid with the rule that refuses the seat. Commits.
    """
    steps.claim(plan, revision)
    board = board_of(event, plan, now=now)
    if target is None and origin is not None and _has_withdrawn(board, plan, company, origin):
        return _moved(plan, [origin], [], now=now, actor=actor)
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
    return _moved(plan, [origin] if origin else [], [target] if target else [], now=now, actor=actor)


def _moved(plan: Plan, removed: list[Seat], added: list[Seat], *, now: datetime, actor: str) -> int:
    return steps.take(plan, PlanEdit(plan_id=plan.id, removed=[*removed], added=[*added], rules=[], at=now, by=actor))


def rule(
    event: Event, plan: Plan, rules: list[tuple[str, list[str], Any]], *, revision: int, now: datetime, actor: str
) -> int:
    """Let each (kind, key, value) of `rule_book` hold, as one step that can be undone; returns the draft's revision.

    The rules are the event's: every draft and every later plan is judged by them. Raises Stale when the draft is not at
    `revision`, Invalid or NotFound for a rule that cannot be. Commits.
    """
    steps.claim(plan, revision)
    changed = [[kind, key, rule_book.value_of(event, kind, key), value] for kind, key, value in rules]
    step = PlanEdit(plan_id=plan.id, removed=[], added=[], at=now, by=actor)
    step.rules = [each for each in changed if each[2] != each[3]]
    if step.rules:
        return steps.take(plan, step, action="plan.rule")
    db.session.rollback()  # it holds already: nothing to note, nothing to undo
    return revision


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
    steps.claim(plan, revision)
    _refuse_faults(event, (set(seats_of(plan)) - set(removed)) | set(put), now=now)
    _moved(plan, removed, put, now=now, actor=actor)


def lay_anew(event: Event, plan: Plan, found: Plan, *, revision: int, now: datetime, actor: str) -> None:
    """Put the meetings of `found` in place of the draft's, as one step; its question and answer come along as proof.

    Raises Stale when the draft is not at `revision`, Invalid with the rule that a meeting breaks by now. Commits.
    """
    steps.claim(plan, revision)
    before, after = set(seats_of(plan)), set(seats_of(found))
    _refuse_faults(event, after, now=now)
    plan.instance, plan.solution = found.instance, found.solution
    if before == after:
        db.session.commit()  # the same meetings, now with their proof: there is nothing to undo
    else:
        _moved(plan, sorted(before - after), sorted(after - before), now=now, actor=actor)


def _refuse_faults(event: Event, seats: set[Seat], *, now: datetime) -> None:
    """Raises Invalid with the first rule that one of `seats` breaks as the rules stand now."""
    faults = list(_board_with(event, sorted(seats), now=now).faults())
    if faults:
        raise Invalid(REASONS[faults[0][0]], code=faults[0][0])
