"""What merging changed, row by row, so that it can be taken back: the rows that name two people or their companies, as
they were before and after.

Whatever somebody changed since is newer than what is put back, and stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, Table, UniqueConstraint, and_, delete, insert, or_, select, update

from ...models import Badge, Base, Company, Delegate, Need, Participation, Presence, Project, Scan, WalkIn, Wish, db
from ...models.base import UtcDateTime

# {table: {primary key: row}}, values as JSON can hold them
Rows = dict[str, dict[tuple[Any, ...], dict[str, Any]]]
Journal = dict[str, list[Any]]
# The log is never changed, and where somebody is follows from it; walk-ins are settled by who merges them.
_APART = {kind.__tablename__ for kind in (Scan, Presence, WalkIn)}
# What these rows consist of is told by rows of other tables.
_WITH_PARTS = {kind.__tablename__ for kind in (Wish, Participation, Project, Need)}
_COUNTED = "revision"


def rows_about(people: Collection[int], companies: Collection[int]) -> Rows:
    """Every row that is one of these people or companies, names one, or is a part of one that does."""
    named = {Delegate.__tablename__: set(people), Company.__tablename__: set(companies)}
    found: Rows = {}
    for table in Base.metadata.sorted_tables:
        if table.name in _APART:
            continue
        where = [column.in_(named[other]) for column, other in _references(table) if other in named]
        if table.name in named:
            where.append(table.c.id.in_(named[table.name]))
        if not where:
            continue
        found[table.name] = {_key(table, row): row for row in _read(table, or_(*where))}
        if table.name in _WITH_PARTS:
            named[table.name] = {row["id"] for row in found[table.name].values()}
    return found


def what_changed(before: Rows, after: Rows) -> Journal:
    """`changed`: [table, key, {column: [was, is]}, what makes it that row]; `gone` and `new`: [table, row]."""
    journal: Journal = {"changed": [], "gone": [], "new": []}
    for name in before.keys() | after.keys():
        old, new = before.get(name, {}), after.get(name, {})
        journal["gone"] += [[name, old[key]] for key in old.keys() - new.keys()]
        journal["new"] += [[name, new[key]] for key in new.keys() - old.keys()]
        for key in old.keys() & new.keys():
            told = {column: [was, new[key][column]] for column, was in old[key].items() if was != new[key][column]}
            if told.keys() - {_COUNTED}:
                same = {column: new[key][column] for column in _identity(name) if column not in told}
                journal["changed"].append([name, list(key), told, same])
    return journal


def put_back(journal: Journal) -> None:
    """Make the rows what they were before. Raises IntegrityError where too much stands on what they are now."""
    tables = Base.metadata.tables
    for name, row in journal["new"]:
        table = tables[name]
        known = [row[column.name] for column in table.primary_key]
        if next(_read(table, _is(table, known)), None) == row:
            db.session.execute(delete(table).where(_is(table, known)))
    moved = _insert_again(journal)
    for name, key, told, same in sorted(journal["changed"], key=lambda each: "revoked_at" in each[2]):
        table = tables[name]
        now = next(_read(table, _is(table, key)), None)
        if now is None or any(now[column] != value for column, value in same.items()):
            continue  # it is gone, and perhaps another has its number
        values = {each: was for each, (was, then) in told.items() if each != _COUNTED and now[each] == then}
        if name == Badge.__tablename__ and "revoked_at" in values and _has_live_badge(values, now):
            del values["revoked_at"]
        if values:
            row = _typed(table, _pointing(table, values, moved))
            db.session.execute(update(table).where(_is(table, key)).values(row))


def _insert_again(journal: Journal) -> dict[tuple[str, Any], Any]:
    """Write the rows that went, those that others point to first; {(table, number): the number it has now}."""
    gone: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for name, row in journal["gone"]:
        gone[name].append(row)
    moved: dict[tuple[str, Any], Any] = {}
    for table in Base.metadata.sorted_tables:
        for row in gone.get(table.name, ()):
            known = [row[column.name] for column in table.primary_key]
            taken = "id" in row and next(_read(table, _is(table, known)), None) is not None
            values = _typed(table, _pointing(table, row, moved))
            if taken:  # SQLite gives the number of a row that is gone to the next
                del values["id"]
            written = db.session.execute(insert(table).values(values))
            if taken:
                moved[table.name, row["id"]] = written.inserted_primary_key[0]  # type: ignore[attr-defined]
    return moved


def _has_live_badge(values: dict[str, Any], now: dict[str, Any]) -> bool:
    """Whether the badge's owner was given another one since: nobody has two that are valid."""
    owner = values.get("delegate_id", now["delegate_id"])
    return db.session.query(Badge.id).filter_by(delegate_id=owner, revoked_at=None).first() is not None


def _identity(name: str) -> set[str]:
    """The columns of which there may be only one of a kind, and that are never empty."""
    constraints = Base.metadata.tables[name].constraints
    unique = [constraint for constraint in constraints if isinstance(constraint, UniqueConstraint)]
    return {column.name for constraint in unique for column in constraint.columns if not column.nullable}


def _references(table: Table) -> Iterator[tuple[Any, str]]:
    """(column, the table that it points to)."""
    for column in table.columns:
        for key in column.foreign_keys:
            yield column, key.column.table.name


def _pointing(table: Table, row: dict[str, Any], moved: dict[tuple[str, Any], Any]) -> dict[str, Any]:
    """`row` with its references to rows that have another number now."""
    others = {column.name: other for column, other in _references(table)}
    return {name: moved.get((others.get(name, ""), value), value) for name, value in row.items()}


def _read(table: Table, where: ColumnElement[bool]) -> Iterator[dict[str, Any]]:
    for row in db.session.execute(select(table).where(where)):
        yield {name: _plain(value) for name, value in row._mapping.items()}


def _is(table: Table, key: Collection[Any]) -> ColumnElement[bool]:
    return and_(*(column == value for column, value in zip(table.primary_key, key, strict=True)))


def _key(table: Table, row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in table.primary_key)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {name: _as(table.c[name].type, value) for name, value in row.items()}


def _as(kind: Any, value: Any) -> Any:
    if value is not None and isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if value is not None and isinstance(kind, Date) else value
