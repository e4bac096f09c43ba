"""Ids of the documents: a letter and the row's number (`c12` company, `h3` host, `t4` table, `r2` round)."""

from __future__ import annotations

from ...models import Assignment, Plan, db
from ...rules.board import Seat
from ...rules.errors import Invalid


def company_id(number: int) -> str:
    """The id of a company that sits."""
    return f"c{number}"


def host_id(number: int) -> str:
    """The id of a company that receives; a company may be both, so the letters differ."""
    return f"h{number}"


def table_id(number: int) -> str:
    """The id of a table."""
    return f"t{number}"


def round_id(number: int) -> str:
    """The id of a round."""
    return f"r{number}"


def number(identifier: str) -> int:
    """The row behind an id; raises Invalid for what is no id of a row."""
    if not identifier[1:].isdecimal():
        raise Invalid("%(id)s names nothing in this event.", id=identifier)
    return int(identifier[1:])


def seat(company: int, table: int, round_: int) -> Seat:
    """An assignment's seat."""
    return Seat(company_id(company), table_id(table), round_id(round_))


def seats_of(plan: Plan) -> list[Seat]:
    """The seats of any plan: from its rows, or from the answer itself where a scenario has no rows."""
    if plan.state == "scenario":
        return [Seat(each["company"], each["table"], each["round"]) for each in plan.solution.get("assignments", ())]
    rows = db.session.query(Assignment.company_id, Assignment.table_id, Assignment.round_id).filter_by(plan_id=plan.id)
    return sorted(seat(*row) for row in rows)


def write_seats(plan: Plan, seats: list[Seat]) -> None:
    """Give `plan`, which has none yet, its rows."""
    db.session.add_all(
        Assignment(
            plan_id=plan.id,
            company_id=number(each.company),
            table_id=number(each.table),
            round_id=number(each.round),
        )
        for each in seats
    )
