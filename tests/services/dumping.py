"""Everything a database holds, for comparing before and after."""

from __future__ import annotations

from sqlalchemy import text

from eventday.models import db

# What may differ between two runs that did the same: random codes, times, and the trail.
_OF_THE_RUN = {"badge": {"code", "issued_at"}, "delegate": {"created_at"}}


def dump(*, without_run: bool = False) -> dict[str, list[tuple]]:
    """Table → its rows. `without_run` leaves out what is random or depends on the time of the import."""
    held = {}
    for table in db.metadata.sorted_tables:
        if table.name == "audit_entry" and without_run:
            continue
        left_out = _OF_THE_RUN.get(table.name, set()) if without_run else set()
        columns = [column.name for column in table.columns if column.name not in left_out]
        quoted = ", ".join(f'"{name}"' for name in columns)
        held[table.name] = sorted(
            map(tuple, db.session.execute(text(f'SELECT {quoted} FROM "{table.name}"'))), key=repr
        )
    db.session.rollback()
    return held
