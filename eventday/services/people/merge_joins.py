"""How two rows of which there may be only one become one when their companies do; nothing that was said is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...models import (
    PROJECT_STAGES,
    Apart,
    Assignment,
    HostLimit,
    Lock,
    Need,
    PairRule,
    Participation,
    Project,
    Wish,
    db,
)
from ...rules.errors import Invalid


def _text(first: str, second: str) -> str:
    return first if not second or second in first else f"{first}\n{second}".strip()


def _join_parts(one: Participation, two: Participation) -> None:
    one.min_meetings = max(one.min_meetings, two.min_meetings)
    limits = [part.max_meetings for part in (one, two)]
    one.max_meetings = None if None in limits else max(limit for limit in limits if limit is not None)
    one.seats, one.delegations = max(one.seats, two.seats), max(one.delegations, two.delegations)
    one.absent_rounds = [each for each in one.absent_rounds if each in two.absent_rounds]
    one.withdrawn_at = one.withdrawn_at and two.withdrawn_at  # one that comes is enough
    one.late_until = min(one.late_until, two.late_until) if one.late_until and two.late_until else None
    one.walk_in = one.walk_in and two.walk_in
    one.note = _text(one.note, two.note)
    two.absent_rounds = []


def _join_wishes(one: Wish, two: Wish) -> None:
    one.interest = max(one.interest, two.interest)
    one.host_interest = max(one.host_interest or 0, two.host_interest or 0) or None
    one.note = _text(one.note, two.note)
    one.needs = [*one.needs, *(need for need in two.needs if need not in one.needs)]
    two.needs = []


def _join_rules(one: PairRule, two: PairRule) -> None:
    if one.rule != two.rule:
        raise Invalid(
            "One of the two must meet a host that the other must never meet. Settle that first.", field="other"
        )
    one.note = _text(one.note, two.note)


def _join_needs(one: Need, two: Need) -> None:
    for name in ("description", "description_en", "keywords"):
        setattr(one, name, _text(getattr(one, name), getattr(two, name)))
    for name in ("number", "title_en", "department"):
        setattr(one, name, getattr(one, name) or getattr(two, name))
    for wish in db.session.query(Wish).filter(Wish.needs.any(Need.id == two.id)):
        wish.needs = [*(need for need in wish.needs if need not in (one, two)), one]


def _join_limits(one: HostLimit, two: HostLimit) -> None:
    one.max_meetings = max(one.max_meetings, two.max_meetings)


def _join_projects(one: Project, two: Project) -> None:
    going_on = [each.stage for each in (one, two) if each.stage != "dropped"]
    one.stage = max(going_on, key=PROJECT_STAGES.index, default="dropped")
    one.updated_on = max(filter(None, (one.updated_on, two.updated_on)), default=None)
    one.sign_on_stage = one.sign_on_stage or two.sign_on_stage
    one.steps = [*one.steps, *two.steps]


def _same(_one: Any, _two: Any) -> None:
    """The two rows say the same; one of them is enough."""


JOIN: dict[type, Callable[[Any, Any], None]] = {
    Participation: _join_parts,
    Wish: _join_wishes,
    PairRule: _join_rules,
    Need: _join_needs,
    HostLimit: _join_limits,
    Project: _join_projects,
    Apart: _same,
    Lock: _same,
    Assignment: _same,
}
