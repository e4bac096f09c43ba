"""What a scan at a table needs of the published plan: whose seat it is, and how many nobody holds."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select

from ...models import Assignment, ForumTable, Participation, Plan, Round, TableVisit, db
from ...rules.checkin import Meeting, Place, Slot, seat_at


def lock_tables(table_ids: Collection[int]) -> None:
    """Nobody else seats anybody at these tables until the transaction ends. In the order of their numbers, so that
    two transactions never wait for each other."""
    if table_ids:
        these = select(ForumTable.id).where(ForumTable.id.in_(table_ids)).order_by(ForumTable.id)
        db.session.execute(these.with_for_update())


class SeatBook:
    """The live plan of one event, read once a batch; knows who sits where."""

    def __init__(self, event_id: int) -> None:
        self.event_id = event_id
        rounds = db.session.execute(select(Round.id, Round.start, Round.end).where(Round.event_id == event_id))
        self.rounds = [Slot(*row) for row in rounds]
        self.tables = {table.id: table for table in db.session.query(ForumTable).filter_by(event_id=event_id)}
        self.meetings: dict[int, list[Meeting]] = {}
        planned = (
            select(Assignment.company_id, Assignment.table_id, Assignment.round_id)
            .join(Plan, Plan.id == Assignment.plan_id)
            .where(Plan.event_id == event_id, Plan.state == "published")
        )
        for company_id, table_id, round_id in db.session.execute(planned):
            self.meetings.setdefault(company_id, []).append(Meeting(table_id, round_id))
        seats = select(Participation.company_id, Participation.seats).where(Participation.event_id == event_id)
        self.seats = {row[0]: row[1] for row in db.session.execute(seats)}

    def find_table(self, named: int | str | None, own: int | None) -> ForumTable | None:
        """The table called or numbered `named`, else the station's own."""
        if named is None:
            return self.tables.get(own) if own is not None else None
        if isinstance(named, int):
            return self.tables.get(named)
        by_label = {table.label.casefold(): table for table in self.tables.values()}
        if named.casefold() in by_label:
            return by_label[named.casefold()]
        return self.tables.get(int(named)) if named.isascii() and named.isdigit() else None

    def place(self, company_id: int, table: ForumTable, at: datetime) -> Place:
        """Whether the company belongs at `table`; the host always does, and so does a walk-up's colleague."""
        found = seat_at(table.id, self.meetings.get(company_id, []), self.rounds, at)
        welcome = company_id == table.host_id or company_id in self.guests(table.id, found.round)
        return Place("mine", found.round, found.right) if welcome else found

    def guests(self, table_id: int, round_id: int | None) -> set[int]:
        """Companies that sit at the table in this round without an assignment."""
        walked_up = select(TableVisit.company_id).where(
            TableVisit.table_id == table_id, TableVisit.round_id == round_id, TableVisit.walk_up
        )
        return set(db.session.scalars(walked_up))

    def free_seats(self, table: ForumTable, round_id: int | None) -> int:
        """Seats at `table` in this round that neither the plan nor a walk-up holds."""
        here = Meeting(table.id, round_id) if round_id is not None else None
        planned = {company for company, meetings in self.meetings.items() if here in meetings}
        return table.capacity - sum(self.seats.get(each, 1) for each in planned | self.guests(table.id, round_id))

    def visit(self, table_id: int, round_id: int | None, delegate_id: int) -> TableVisit | None:
        """The visit of this person that was recorded before, if any."""
        same = {"table_id": table_id, "round_id": round_id, "delegate_id": delegate_id}
        return db.session.query(TableVisit).filter_by(**same).first()

    def describe(self, meeting: Meeting | None) -> dict[str, Any] | None:
        """A meeting as a person is told it."""
        if meeting is None or meeting.table not in self.tables:
            return None
        table, slot = self.tables[meeting.table], next(each for each in self.rounds if each.id == meeting.round)
        return {
            "table": table.label,
            "table_id": table.id,
            "room": table.room,
            "room_en": table.room_en,
            "round_id": slot.id,
            "start": slot.start.isoformat(),
        }
