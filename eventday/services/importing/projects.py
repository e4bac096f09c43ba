"""Past projects, with companies that may never have come to an event."""

from __future__ import annotations

from ...models import Company, Event, Project, db
from ...rules.tidy_text import fold
from ...sheets import Problem
from ...sheets.rows import ProjectRow
from .changes import Changes
from .companies import CompanyBook


class ProjectBook:
    """The projects of an event, and what the sheets add to them."""

    def __init__(self, event: Event, changes: Changes, companies: CompanyBook) -> None:
        self._event = event
        self._changes = changes
        self._companies = companies
        self.warnings: list[Problem] = []
        rows = db.session.query(Project).filter_by(event_id=event.id)
        self.all = {self._key(row.name, row.host, row.supplier, row.origin): row for row in rows}

    def take(self, rows: list[ProjectRow]) -> None:
        """Adds or updates projects. The same two companies may have one project of a name from each session."""
        for row in rows:
            host, supplier = self._companies.find(row.host), self._companies.find(row.supplier)
            if host is None or supplier is None:
                continue
            key = self._key(row.name, host, supplier, row.origin)
            project = self.all.get(key) or self._new(row, host, supplier)
            self.all[key] = project
            # A project that has been carried on since then does not fall back to what an old sheet says of it.
            if not (project.updated_on and row.updated_on and row.updated_on < project.updated_on):
                self._changes.put("projects", project, stage=row.stage, updated_on=row.updated_on)

    def _new(self, row: ProjectRow, host: Company, supplier: Company) -> Project:
        project = Project(
            event_id=self._event.id,
            name=row.name,
            host=host,
            supplier=supplier,
            origin=row.origin,
            stage=row.stage,
            sign_on_stage=False,
        )
        return self._changes.add("projects", project)

    @staticmethod
    def _key(name: str, host: Company, supplier: Company, origin: str) -> tuple[str, Company, Company, str]:
        return fold(name), host, supplier, fold(origin)
