"""A published version of the plan as files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from sqlalchemy.orm import joinedload, selectinload

from ...badges.plan_papers import board_pdf, company_slips_pdf, table_sheets_pdf
from ...models import Assignment, Company, Event, ForumTable, Participation, Plan, Round, db
from ...rules.errors import Invalid, NotFound
from ...rules.pinyin_keys import syllables
from ...rules.timetable import Meeting, Place, Slot, Timetable, Visitor
from ...sheets.writing.calendar import plan_calendar
from ...sheets.writing.csv_text import plan_csv
from ...sheets.writing.plan_workbook import plan_workbook
from ..planning.ids import company_id, host_id
from .reporting import report_paper

WRITERS: dict[str, Callable[[Timetable], bytes]] = {
    "xlsx": plan_workbook,
    "csv": plan_csv,
    "ics": plan_calendar,
    "pdf": table_sheets_pdf,
}
# What else there is on paper; `pdf` alone means the sheets for the tables.
PAPERS: dict[str, Callable[[Timetable], bytes]] = {
    "tables": table_sheets_pdf,
    "slips": company_slips_pdf,
    "board": board_pdf,
}
REPORT = "report"  # of goals, fairness and load: made from the plan itself, not from the timetable
ENDINGS = (*WRITERS, "json")


def export_plan(event: Event, ending: str, *, version: int | None = None, paper: str = "tables") -> bytes:
    """The live version of the plan (or `version`) as a file with this `ending`; for pdf, which `paper`.

    Raises NotFound while nothing is published, Invalid for an ending or a paper that there is not.
    """
    if ending not in ENDINGS:
        raise Invalid(
            "The plan cannot be written as “%(ending)s”; choose one of %(choices)s.",
            field="ending",
            ending=ending,
            choices=", ".join(ENDINGS),
        )
    if paper not in (*PAPERS, REPORT):
        raise Invalid("There is no paper called %(paper)s.", field="paper", paper=paper)
    plan = published_plan(event, version)
    if ending == "json":
        return plan_json(plan)
    if ending == "pdf" and paper == REPORT:
        return report_paper(event, plan)
    timetable = timetable_of(event, plan)
    db.session.rollback()  # writing takes seconds; no transaction stays open for it
    return (PAPERS[paper] if ending == "pdf" else WRITERS[ending])(timetable)


def published_plan(event: Event, version: int | None = None) -> Plan:
    """The version that people see, or an earlier one by its number; raises NotFound."""
    query = db.session.query(Plan).filter(Plan.event_id == event.id)
    if version is None:
        plan = query.filter(Plan.state == "published").one_or_none()
        if plan is None:
            raise NotFound("No plan is published yet. Make one, publish it, then export it.")
        return plan
    plan = query.filter(Plan.version == version).one_or_none()
    if plan is None:
        raise NotFound("There is no version %(version)s of the plan.", version=version)
    return plan


def versions_of(event: Event) -> list[Plan]:
    """Every version that was ever published, newest first."""
    return (
        db.session.query(Plan)
        .filter(Plan.event_id == event.id, Plan.version.is_not(None))
        .order_by(Plan.version.desc())
        .all()
    )


def plan_json(plan: Plan) -> bytes:
    """What the optimiser was asked, with its published answer under "solution"; it can be checked by anybody."""
    return json.dumps({**plan.instance, "solution": plan.solution}, ensure_ascii=False, indent=1).encode()


def timetable_of(event: Event, plan: Plan) -> Timetable:
    """`plan`, a published version, as people read it. Companies that it leaves without a meeting are named too."""
    if plan.version is None or plan.published_at is None:
        raise NotFound("No plan is published yet. Make one, publish it, then export it.")
    assignments = (
        db.session.query(Assignment)
        .filter_by(plan_id=plan.id)
        .options(joinedload(Assignment.company), joinedload(Assignment.table), joinedload(Assignment.round))
        .order_by(Assignment.id)
        .all()
    )
    slots = {each.id: _slot(each) for each in event.rounds}
    tables = (
        db.session.query(ForumTable)
        .filter_by(event_id=event.id)
        .options(joinedload(ForumTable.host), selectinload(ForumTable.closed_rounds))
    )
    places = {each.id: _place(each) for each in sorted(tables, key=lambda table: _natural(table.label))}
    visitors = {each.id: _visitor(each) for each in _companies(event, plan, assignments)}
    interests = {(wish["company"], wish["host"]): wish["interest"] for wish in plan.instance.get("wishes", ())}
    meetings = (
        Meeting(
            visitors[each.company_id],
            places[each.table_id],
            slots[each.round_id],
            interests.get((company_id(each.company_id), host_id(each.table.host_id))),
        )
        for each in sorted(assignments, key=lambda each: _by_pinyin(each.company))
    )
    return Timetable(
        slug=event.slug,
        event=event.name,
        event_en=event.name_en,
        venue=event.venue,
        zone=event.zone,
        version=plan.version,
        published_at=plan.published_at,
        slots=tuple(slots.values()),
        places=tuple(places.values()),
        visitors=tuple(visitors.values()),
        meetings=tuple(meetings),
    )


def _companies(event: Event, plan: Plan, assignments: list[Assignment]) -> list[Company]:
    """Whom the plan was to serve, and whom it seats, in the order of their pinyin."""
    asked = {each["id"] for each in plan.instance.get("companies", ())}
    seated = {each.company_id for each in assignments}
    part = db.session.query(Company).join(Participation).filter(Participation.event_id == event.id)
    found = {each.id: each for each in part if company_id(each.id) in asked or each.id in seated}
    found |= {each.company_id: each.company for each in assignments}
    return sorted(found.values(), key=_by_pinyin)


def _by_pinyin(company: Company) -> tuple[str, str]:
    return syllables(company.name), company.name


def _slot(each: Round) -> Slot:
    return Slot(each.id, each.name, each.start, each.end, each.name_en)


def _place(table: ForumTable) -> Place:
    return Place(
        key=table.id,
        label=table.label,
        host_key=table.host_id,
        host=table.host.name,
        host_en=table.host.name_en,
        room=table.room,
        room_en=table.room_en,
        video=table.video,
        closed=frozenset(each.id for each in table.closed_rounds),
    )


def _visitor(company: Company) -> Visitor:
    return Visitor(company.id, company.name, company.name_en, company.capabilities)


def _natural(label: str) -> list[tuple[int, str]]:
    """Sorts T2 before T10."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", label)]
