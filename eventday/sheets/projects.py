"""Past projects: what meetings of earlier sessions became."""

from __future__ import annotations

from .headers import Schema
from .record import Record
from .rows import Kind, ProjectRow
from .vocabulary import words

STAGES = words("stages")

SCHEMA = Schema(
    Kind.PROJECTS,
    fields=words("projects"),
    required=(("project",), ("supplier",), ("host",)),
    patterns=((r"项目.{0,4}名称", "project"), (r"项目.{0,4}(?:状态|进展|阶段)", "stage")),
)


def read_project(record: Record) -> ProjectRow:
    """A project. Raises RowRefusedError without a name, a host or a supplier.

    A stage that is missing or unreadable (with a warning) counts as `matched`: the least that is certain.
    """
    return ProjectRow(
        place=record.place,
        name=record.needed("project", "no_project_name"),
        host=record.needed("host", "no_host"),
        supplier=record.needed("supplier", "no_supplier"),
        stage=record.one_of("stage", STAGES, "unknown_stage") or "matched",
        origin=record.text("origin"),
        updated_on=record.day("updated_on"),
    )
