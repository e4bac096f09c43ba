"""The import itself, and its rehearsal: one transaction, everything or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ...models import Company, CompanyAlias, Event, ForumTable, Participation, db, only_reading, writing
from ...rules.errors import NotFound
from ...sheets import Choices, KnownHost, Problem, Reading, SheetFile, read_files
from .. import audit
from ..forum import events
from .changes import Changes
from .companies import CompanyBook
from .delegates import DelegateBook
from .hosts import HostBook
from .projects import ProjectBook
from .report import Report
from .wishes import WishBook

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Rehearsal:
    """What importing would do, and how each sheet was understood."""

    report: Report
    reading: Reading


def rehearse_import(
    event_id: int,
    files: Sequence[SheetFile],
    *,
    now: datetime,
    choices: Choices | None = None,
    progress: Progress | None = None,
) -> Rehearsal:
    """What `import_sheets` would do with these files. Nothing is written and no lock is held."""
    reading = _read(event_id, files, choices, progress)
    if progress:
        progress("matching", 0, 1)
    with only_reading():
        report = _apply(_event(event_id), reading, Changes(rehearsal=True), now=now, new_code=lambda: "", tell=progress)
    return Rehearsal(report, reading)


def import_sheets(
    event_id: int,
    files: Sequence[SheetFile],
    *,
    now: datetime,
    actor: str,
    new_code: Callable[[], str],
    choices: Choices | None = None,
    progress: Progress | None = None,
) -> Report:
    """Imports what is right in these files and reports what is not. Either all of it is committed or nothing.

    `new_code` makes badge codes for new delegates. `progress(stage, done, total)` hears of the stages files, rows,
    matching and saving. Raises NotFound when the event is gone.
    """
    reading = _read(event_id, files, choices, progress)
    if progress:
        progress("matching", 0, 1)
    with writing():
        event = _event(event_id)
        changes = Changes(rehearsal=False)
        with db.session.no_autoflush:
            report = _apply(event, reading, changes, now=now, new_code=new_code, tell=progress)
        changes.save()
        if changes:
            events.touch(event.id)
            names = [file.name for file in files]
            audit.record(
                at=now, actor=actor, action="import", event_id=event.id, target=", ".join(names), **report.changes
            )
    if progress:
        progress("saving", 1, 1)
    return report


def _event(event_id: int) -> Event:
    event = db.session.get(Event, event_id)
    if event is None:
        raise NotFound("There is no such event.")
    return event


def _read(event_id: int, files: Sequence[SheetFile], choices: Choices | None, progress: Progress | None) -> Reading:
    """Opening files takes the longest, so it happens while no transaction is open."""
    with only_reading():
        event = _event(event_id)
        day, known = event.date, _known_hosts(event)
    return read_files(files, day=day, known_hosts=known, choices=choices, progress=progress)


def _known_hosts(event: Event) -> list[KnownHost]:
    """Hosts of the event by all their names, so that a column headed by one is understood."""
    hosting = db.session.query(ForumTable.host_id).filter_by(event_id=event.id)
    attending = db.session.query(Participation.company_id).filter_by(event_id=event.id)
    companies = db.session.query(Company).filter(
        Company.id.in_(hosting) | (Company.id.in_(attending) & (Company.kind == "soe"))
    )
    known = []
    for company in companies:
        aliases = db.session.query(CompanyAlias.alias).filter_by(company_id=company.id)
        names = (company.short_name, company.name_en, *(alias for (alias,) in aliases))
        known.append(KnownHost(company.name, tuple(name for name in names if name)))
    return known


def _apply(
    event: Event,
    reading: Reading,
    changes: Changes,
    *,
    now: datetime,
    new_code: Callable[[], str],
    tell: Progress | None,
) -> Report:
    """Matches rows with what the database holds, room by room; hosts before those who wish for them."""
    companies = CompanyBook(changes)
    companies.learn(reading)
    hosts = HostBook(event, changes, companies, now=now)
    hosts.take_tables(reading.tables)
    hosts.take_needs(reading.needs)
    hosts.take_rounds(reading.rounds)
    delegates = DelegateBook(event, changes, companies, now=now, new_code=new_code)
    people = delegates.take(reading.registrations)
    for table in hosts.tables:
        delegates.take_part(table.host)
    attending = {delegate.company for delegate in delegates.all} | {table.host for table in hosts.tables}
    wishes = WishBook(event, changes, companies, hosts, attending)
    wishes.take(people, reading.wishes)
    projects = ProjectBook(event, changes, companies)
    projects.take(reading.projects)
    if tell:
        tell("saving", 0, 1)
    books: tuple[HostBook | WishBook, ...] = (hosts, wishes)
    rejected = [*reading.rejected, *(problem for book in books for problem in book.rejected)]
    told = (companies, hosts, delegates, wishes, projects)
    warnings = [*reading.warnings, *(problem for book in told for problem in book.warnings)]
    kinds = Counter(company.kind for company in attending)
    # A guest of nobody's is rare; the other kinds are always named, so that a zero is seen.
    shown = [kind for kind in ("sme", "soe", "agency", "media", "guest") if kind != "guest" or kinds[kind]]
    return Report(
        companies={kind: kinds[kind] for kind in shown},
        delegates=len(delegates.all),
        remote_delegates=sum(delegate.remote for delegate in delegates.all),
        needs=len(hosts.needs),
        tables=len(hosts.tables),
        rounds=len(hosts.rounds),
        wishes=len(wishes.all),
        projects=len(projects.all),
        duplicates=delegates.duplicates,
        rejected=sorted(_once(rejected), key=_by_place),
        warnings=sorted(_once(warnings), key=_by_place),
        changes=changes.counts(),
        look_alikes=companies.look_alikes(attending),
        rows=reading.row_count(),
    )


def _once(problems: list[Problem]) -> list[Problem]:
    unique = {(problem.place, problem.code, tuple(sorted(problem.params.items()))): problem for problem in problems}
    return list(unique.values())


def _by_place(problem: Problem) -> tuple[str, str, int, str]:
    return (problem.place.file, problem.place.sheet, problem.place.row or 0, problem.code)
