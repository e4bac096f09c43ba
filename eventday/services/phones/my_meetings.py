"""The meetings of one company: where it goes, and who comes to it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select

from ...models import Assignment, Company, ForumTable, Round, db
from ...rules.day import Meeting, Slot, Stood

_SEAT = (
    Round.id,
    Round.name,
    Round.name_en,
    Round.start,
    Round.end,
    ForumTable.id,
    ForumTable.label,
    ForumTable.room,
    ForumTable.room_en,
    Company.id,
    Company.name,
    Company.name_en,
    ForumTable.video_url,
    ForumTable.video_state,
    ForumTable.stood,
)
_SEATS = (
    select(*_SEAT, Assignment.plan_id)
    .join(Assignment, Assignment.round_id == Round.id)
    .join(ForumTable, ForumTable.id == Assignment.table_id)
    .join(Company, Company.id == ForumTable.host_id)
    .where(Assignment.company_id == bindparam("company"), Assignment.plan_id.in_(bindparam("plans", expanding=True)))
)


def _meeting(row: Any, **more: Any) -> Meeting:
    *what, stood = row[5 : len(_SEAT)]
    more["stood"] = tuple(Stood(each["room"], each["room_en"], datetime.fromisoformat(each["until"])) for each in stood)
    return Meeting(Slot(*row[:5]), *what, **more)


def visits(company_id: int, plan_ids: list[int]) -> list[tuple[int, Meeting]]:
    """The company's seats at hosts' tables in each of these plans, as (plan, meeting)."""
    rows = db.session.execute(_SEATS, {"company": company_id, "plans": plan_ids})
    return [(row[-1], _meeting(row)) for row in rows]


def receptions(company_id: int, plan_id: int) -> list[Meeting]:
    """A host's own tables, round by round, with how many companies come; who they are takes a bound phone."""
    rows = db.session.execute(
        select(*_SEAT, func.count(Assignment.id))
        .join(Assignment, Assignment.round_id == Round.id)
        .join(ForumTable, ForumTable.id == Assignment.table_id)
        .join(Company, Company.id == ForumTable.host_id)
        .where(ForumTable.host_id == company_id, Assignment.plan_id == plan_id)
        .group_by(Round.id, ForumTable.id, Company.id)
    )
    return [_meeting(row, receiving=True, expected=row[-1]) for row in rows]
