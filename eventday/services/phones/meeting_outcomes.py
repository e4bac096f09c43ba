"""What both sides said of their meetings, side by side: for organisers, who follow a match until it is a contract."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ...models import OUTCOMES, Assignment, Company, Event, ForumTable, MeetingNote, Plan, Project, TableVisit, db
from ...rules.errors import NotFound
from ..people.projects import ProjectData, save_project, today

SILENT = "none"  # nobody has said anything yet


@dataclass(frozen=True)
class Outcome:
    """A pair that met or is to meet: each side's note, whether a station saw them, the project it became."""

    host: Company
    company: Company
    said_by_host: MeetingNote | None
    said_by_company: MeetingNote | None
    seen: bool
    project: Project | None

    @property
    def said(self) -> set[str]:
        """The outcomes that either side named; SILENT alone while neither has."""
        return {note.outcome for note in (self.said_by_host, self.said_by_company) if note} or {SILENT}


def outcomes_of(event: Event) -> list[Outcome]:
    """Every pair of the published plan, seen at a table, or noted by a side; first those of whom something was said."""
    notes = {
        (note.host_id, note.company_id, note.side): note
        for note in db.session.query(MeetingNote).filter_by(event_id=event.id)
    }
    seen = _seen_at_tables(event)
    pairs = sorted({(host, company) for host, company, _side in notes} | seen | _planned(event))
    names = {each for pair in pairs for each in pair}
    companies = {row.id: row for row in db.session.query(Company).filter(Company.id.in_(names))}
    projects = {(row.host_id, row.supplier_id): row for row in db.session.query(Project).filter_by(event_id=event.id)}
    outcomes = [
        Outcome(
            host=companies[host],
            company=companies[company],
            said_by_host=notes.get((host, company, "host")),
            said_by_company=notes.get((host, company, "company")),
            seen=(host, company) in seen,
            project=projects.get((host, company)),
        )
        for host, company in pairs
    ]
    return sorted(outcomes, key=lambda each: SILENT in each.said)  # within each part by host, then company


def _planned(event: Event) -> set[tuple[int, int]]:
    rows = (
        db.session.query(ForumTable.host_id, Assignment.company_id)
        .join(Assignment, Assignment.table_id == ForumTable.id)
        .join(Plan, Plan.id == Assignment.plan_id)
        .filter(Plan.event_id == event.id, Plan.state == "published")
    )
    return {(row[0], row[1]) for row in rows}


def _seen_at_tables(event: Event) -> set[tuple[int, int]]:
    rows = (
        db.session.query(ForumTable.host_id, TableVisit.company_id)
        .join(TableVisit, TableVisit.table_id == ForumTable.id)
        .filter(TableVisit.event_id == event.id)
    )
    return {(row[0], row[1]) for row in rows}


def count_outcomes(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """How many pairs have each outcome named by either side, in the order of OUTCOMES; last the silent ones."""
    said = [each.said for each in outcomes]
    return {name: sum(name in one for one in said) for name in (*OUTCOMES, SILENT)}


def follow(event: Event, host_id: int, company_id: int, *, now: datetime, actor: str) -> Project:
    """The project by which organisers follow this pair from now on; the one there is, if any. Raises NotFound."""
    pairs = {(each.host.id, each.company.id): each for each in outcomes_of(event)}
    found = pairs.get((host_id, company_id))
    if found is None:
        raise NotFound("The plan has no meeting of the two.")
    if found.project is not None:
        return found.project
    data = ProjectData(
        name=f"{found.company.label} – {found.host.label}",
        host_id=host_id,
        supplier_id=company_id,
        origin="",
        stage="matched" if found.said == {SILENT} and not found.seen else "met",
        updated_on=today(event, now),
        sign_on_stage=False,
    )
    return save_project(event, None, data, now=now, actor=actor)
