"""Published plans and a programme for the tests of phones and screens."""

from __future__ import annotations

from datetime import datetime, timedelta

from eventday.models import Assignment, Plan, ProgrammeItem, db
from eventday.services.forum.events import touch
from tests.builders import NOW, Forum

HALL = ("主会场", "Main hall")


def publish(forum: Forum, *seats: tuple[int, int, int], version: int = 1, at: datetime = NOW) -> Plan:
    """Publish (company, table, round), named by their places in `forum`, as `version` in place of the one before."""
    db.session.commit()  # what a server wrote meanwhile is seen from here on
    for older in db.session.query(Plan).filter_by(event_id=forum.event.id, state="published"):
        older.state = "superseded"
    db.session.flush()
    plan = Plan(
        event_id=forum.event.id,
        state="published",
        version=version,
        created_at=at,
        published_at=at + timedelta(minutes=version),
    )
    plan.assignments = [
        Assignment(company_id=forum.companies[c].id, table_id=forum.tables[t].id, round_id=forum.rounds[r].id)
        for c, t, r in seats
    ]
    db.session.add(plan)
    touch(forum.event.id)
    db.session.commit()
    return plan


def programme(forum: Forum) -> None:
    """Speeches, the unveiling, both rounds, the signing."""
    begin = forum.rounds[0].start
    lines = [
        ("speech", "领导致辞", "Opening address", -60, -40, HALL, "区领导", None),
        ("unveiling", "应用场景需求发布", "Unveiling of needs", -40, -10, HALL, "", None),
        *(
            ("round", round_.name, round_.name_en, 30 * i, 30 * i + 25, ("", ""), "", round_.id)
            for i, round_ in enumerate(forum.rounds)
        ),
        ("signing", "项目签约", "Signing", 60, 80, HALL, "", None),
    ]
    for kind, title, title_en, start, end, (room, room_en), speaker, round_id in lines:
        db.session.add(
            ProgrammeItem(
                event_id=forum.event.id,
                kind=kind,
                title=title,
                title_en=title_en,
                start=begin + timedelta(minutes=start),
                end=begin + timedelta(minutes=end),
                room=room,
                room_en=room_en,
                speaker=speaker,
                round_id=round_id,
            )
        )
    db.session.commit()
