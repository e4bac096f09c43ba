"""`eventday.solution/1` → `Solution`. Read leniently where another program may have written less than we do."""

from __future__ import annotations

from typing import Any

from solver.instance import Instance
from solver.reading.errors import BadSolution
from solver.reading.fields import LARGEST, Fields, items, kind
from solver.solution import SCHEMA, Assignment, Goal, Move, Problem, Seat, Solution, Unmet

KEYS = ["schema", "status", "assignments", "goals", "unmet", "moves", "problems", "seconds", "seed", "solver", "now"]
STATUSES = ("optimal", "feasible", "infeasible", "unknown")
DEFAULT_STATUS = "feasible"
NAMED = ("companies", "hosts", "tables", "rounds")


def parse_solution(document: Any, instance: Instance, *, published: bool = False) -> Solution:
    """Read a solution of `instance`; only `schema` and `assignments` must be there.

    A `published` plan may be older than the instance: it may name companies and tables that are no longer in it.

    Raises `BadSolution` with a JSON path when it breaks the schema or names what the instance does not have.
    """
    top = Fields(document, "$", BadSolution, tuple(KEYS))
    if top.text("schema") != SCHEMA:
        raise BadSolution("$.schema", f"expected {SCHEMA!r}")
    status = top.text("status", DEFAULT_STATUS)
    if status not in STATUSES:
        raise BadSolution("$.status", f"{status!r} is not one of {', '.join(STATUSES)}")
    solver = top.text("solver", "")
    return Solution(
        status=status,
        assignments=_assignments(top, instance, published),
        goals=top.list("goals", _goal),
        unmet=top.list("unmet", _unmet),
        moves=top.list("moves", _move),
        problems=top.list("problems", _problem),
        seconds=_seconds(top),
        seed=top.integer("seed", 0, default=0),
        method=solver.partition(" ")[2],
        now=top.text("now", None),
    )


def _assignments(top: Fields, instance: Instance, published: bool) -> tuple[Assignment, ...]:
    companies = dict.fromkeys(company.id for company in instance.companies)
    tables = dict.fromkeys(table.id for table in instance.tables)
    rounds = dict.fromkeys(each.id for each in instance.rounds)

    def read(value: Any, path: str) -> Assignment:
        fields = Fields(value, path, BadSolution, ("company", "table", "round"))
        if published:
            return Assignment(*(fields.text(key) for key in ("company", "table", "round")))
        return Assignment(
            fields.reference("company", companies, "company"),
            fields.reference("table", tables, "table"),
            fields.reference("round", rounds, "round"),
        )

    return top.list("assignments", read, required=True)


def _goal(value: Any, path: str) -> Goal:
    fields = Fields(value, path, BadSolution, ("name", "value", "bound", "proven"))
    claimed = fields.boolean("proven", False) if "proven" in fields.value else None
    return Goal(fields.text("name"), _value(fields, "value"), _value(fields, "bound"), claimed)


def _value(fields: Fields, key: str) -> int | tuple[int, ...]:
    raw = fields.value.get(key)
    if isinstance(raw, list):
        return tuple(_count(n, at) for at, n in items(raw, f"{fields.path}.{key}", BadSolution))
    return int(fields.integer(key, -(10**15), 10**15))


def _count(value: Any, path: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST:
        raise BadSolution(path, f"expected an integer from 0 to {LARGEST}")
    return value


def _unmet(value: Any, path: str) -> Unmet:
    fields = Fields(value, path, BadSolution, ("company", "host", "kind", "reason", "detail"))
    return Unmet(*(fields.text(key) for key in ("company", "host", "kind", "reason", "detail")))


def _seat(value: Any, path: str) -> Seat:
    fields = Fields(value, path, BadSolution, ("table", "round"))
    return Seat(fields.text("table"), fields.text("round"))


def _move(value: Any, path: str) -> Move:
    fields = Fields(value, path, BadSolution, ("company", "from", "to", "reason"))
    to = fields.value.get("to")
    return Move(
        fields.text("company"),
        _seat(fields.value.get("from"), f"{path}.from"),
        None if to is None else _seat(to, f"{path}.to"),
        fields.text("reason"),
    )


def _problem(value: Any, path: str) -> Problem:
    fields = Fields(value, path, BadSolution, ("reason", "detail", "zh", "en", *NAMED))
    reason, zh, en = (fields.text(key, "") for key in ("reason", "zh", "en"))
    return Problem(reason, zh, en, **{key: fields.list(key, _id) for key in NAMED})


def _id(value: Any, path: str) -> str:
    if not isinstance(value, str):
        raise BadSolution(path, f"expected a string, got {kind(value)}")
    return value


def _seconds(top: Fields) -> float:
    seconds = top.value.get("seconds", 0)
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 <= seconds <= LARGEST:
        raise BadSolution("$.seconds", f"expected a number of seconds from 0 to {LARGEST}")
    return float(seconds)
