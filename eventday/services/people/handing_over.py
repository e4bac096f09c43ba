"""When two records are one: whatever names the second is made to name the first.

Table by table as the models declare them, so that a table added later is not forgotten. Where both have a row of which
there may be only one (the same wish, the same visit), the two rows are joined; where no rule fits, nothing is done.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from sqlalchemy import UniqueConstraint

from ...models import Apart, Base, db
from ...rules.errors import Invalid

# How two rows of which there may be only one become one: the first is kept.
Joins = Mapping[type, Callable[[Any, Any], None]]


def hand_over_all(target: type, gone: int, kept: int, joins: Joins, *, but: Collection[Any] = ()) -> None:
    """Every row that names row `gone` of `target` names `kept` afterwards, except in the columns or models `but`.

    Raises Invalid where two rows contradict each other.
    """
    for kind, column in _columns_naming(target):
        # Looked for by identity: to compare columns is to write SQL.
        if any(each is kind or each is column for each in but):
            continue
        for row in db.session.query(kind).filter(column == gone).all():
            _hand_over(row, column.key, kept, joins)


def _columns_naming(target: Any) -> list[tuple[Any, Any]]:
    """(model, column) of every column that points at `target`."""
    return [
        (mapper.class_, mapper.get_property_by_column(column).class_attribute)
        for mapper in Base.registry.mappers
        for column in mapper.local_table.columns
        if any(key.column.table is target.__table__ for key in column.foreign_keys)
    ]


def _hand_over(row: Any, name: str, number: int, joins: Joins) -> None:
    twin = _twin(row, name, number)
    if twin is None:
        setattr(row, name, number)
        if isinstance(row, Apart) and row.first_id > row.second_id:
            row.first_id, row.second_id = row.second_id, row.first_id
    else:
        join = joins.get(type(row))
        if join is None:
            raise Invalid(
                "Both have a record of which there can be only one. Remove one of the two first.", field="other"
            )
        join(twin, row)
        db.session.delete(row)
    db.session.flush()


def _twin(row: Any, name: str, number: int) -> Any:
    """The row that would be the same as `row` once its column `name` says `number`, where only one may be."""
    wanted = {column.key: getattr(row, column.key) for column in row.__table__.columns} | {name: number}
    if isinstance(row, Apart):
        wanted["first_id"], wanted["second_id"] = sorted((wanted["first_id"], wanted["second_id"]))
    for constraint in row.__table__.constraints:
        if isinstance(constraint, UniqueConstraint) and name in constraint.columns:
            same = {column.key: wanted[column.key] for column in constraint.columns}
            found = db.session.query(type(row)).filter_by(**same).first()
            if found is not None and found is not row:
                return found
    return None
