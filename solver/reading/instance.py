"""`eventday.instance/1` → `Instance`."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from operator import itemgetter
from typing import Any

from solver.collector import collector_rests
from solver.instance import SCHEMA, Company, Host, Instance, Lock, Pair, Round, Table, Wish
from solver.reading.errors import BadInstance
from solver.reading.fields import Fields, items
from solver.reading.rounds import in_time_order, read_round

# `solution`: an exported event carries its published plan in the same file; it is read by `parse_solution`.
KEYS = [
    "schema",
    "name",
    "now",
    "rounds",
    "tables",
    "hosts",
    "companies",
    "wishes",
    "must",
    "never",
    "apart",
    "locks",
    "allow_unwished",
    "solution",
]
INTEREST = (1, 1000)


@collector_rests()
def parse(document: Any) -> Instance:
    """Read an instance; raises `BadInstance` with the JSON path of the first thing that is wrong."""
    top = Fields(document, "$", BadInstance, tuple(KEYS))
    if top.text("schema") != SCHEMA:
        raise BadInstance("$.schema", f"expected {SCHEMA!r}")
    rounds = _named(top.list("rounds", read_round, required=True), "rounds")
    in_time_order(list(rounds.values()))
    tables = _named(top.list("tables", _table(rounds), required=True), "tables")
    hosts = _hosts(top, tables)
    companies = _named(top.list("companies", _company(rounds), required=True), "companies")
    pair = _pair(companies, hosts)
    now = top.reference("now", rounds, "round") if "now" in top.value else None
    return Instance(
        name=top.text("name", None),
        now=now,
        rounds=tuple(rounds.values()),
        tables=tuple(tables.values()),
        hosts=tuple(hosts.values()),
        companies=tuple(companies.values()),
        wishes=_different(_wishes(top, companies, hosts), "wishes", itemgetter(0, 1)),
        must=_different(top.list("must", pair), "must", lambda p: p),
        never=_different(top.list("never", pair), "never", lambda p: p),
        apart=_different(top.list("apart", _apart(companies)), "apart", frozenset),
        locks=_different(top.list("locks", _lock(companies, tables, rounds)), "locks", lambda lock: lock),
        allow_unwished=top.boolean("allow_unwished", False),
    )


def _table(rounds: dict[str, Round]) -> Callable[[Any, str], Table]:
    def read(value: Any, path: str) -> Table:
        fields = Fields(value, path, BadInstance, ("id", "host", "capacity", "min", "rounds"))
        capacity = fields.integer("capacity", 0)
        return Table(
            id=fields.text("id"),
            host=fields.text("host"),
            capacity=capacity,
            min=fields.integer("min", 0, capacity, default=0),
            rounds=fields.references("rounds", rounds, "round"),
        )

    return read


def _hosts(top: Fields, tables: dict[str, Table]) -> dict[str, Host]:
    """The hosts listed; without a list those of the tables. A table of a host that is not listed is an error."""
    if "hosts" not in top.value:
        return {table.host: Host(table.host) for table in tables.values()}

    def read(value: Any, path: str) -> Host:
        fields = Fields(value, path, BadInstance, ("id", "max_meetings"))
        return Host(fields.text("id"), fields.integer("max_meetings", 0, default=None))

    hosts = _named(top.list("hosts", read), "hosts")
    for index, table in enumerate(tables.values()):
        if table.host not in hosts:
            raise BadInstance(f"$.tables[{index}].host", f"there is no host {table.host!r}")
    return hosts


def _company(rounds: dict[str, Round]) -> Callable[[Any, str], Company]:
    keys = ("id", "rounds", "min_meetings", "max_meetings", "seats", "delegations")

    def read(value: Any, path: str) -> Company:
        fields = Fields(value, path, BadInstance, keys)
        least, most = fields.integer("min_meetings", 0, default=0), fields.integer("max_meetings", 0, default=None)
        if most is not None and least > most:
            raise BadInstance(f"{path}.min_meetings", f"{least} is more than max_meetings, {most}")
        return Company(
            id=fields.text("id"),
            rounds=fields.references("rounds", rounds, "round"),
            min_meetings=least,
            max_meetings=most,
            seats=fields.integer("seats", 1, default=1),
            delegations=fields.integer("delegations", 1, default=1),
        )

    return read


def _wishes(top: Fields, companies: dict[str, Company], hosts: dict[str, Host]) -> tuple[Wish, ...]:
    keys = {"company", "host", "interest", "host_interest"}

    def read(value: Any, path: str) -> Wish:
        if type(value) is dict and len(value) == 3 and value.keys() < keys and "host_interest" not in value:
            # The plain case, by far the most frequent of the largest list, without the detour over `Fields`.
            company, host, interest = value["company"], value["host"], value["interest"]
            known = type(company) is type(host) is str and company in companies and host in hosts
            if known and type(interest) is int and INTEREST[0] <= interest <= INTEREST[1]:
                return Wish(company, host, interest)
        fields = Fields(value, path, BadInstance, ("company", "host", "interest", "host_interest"))
        return Wish(
            fields.reference("company", companies, "company"),
            fields.reference("host", hosts, "host"),
            fields.integer("interest", *INTEREST),
            fields.integer("host_interest", *INTEREST, default=None),
        )

    return top.list("wishes", read)


def _pair(companies: dict[str, Company], hosts: dict[str, Host]) -> Callable[[Any, str], Pair]:
    def read(value: Any, path: str) -> Pair:
        fields = Fields(value, path, BadInstance, ("company", "host"))
        return Pair(fields.reference("company", companies, "company"), fields.reference("host", hosts, "host"))

    return read


def _lock(
    companies: dict[str, Company], tables: dict[str, Table], rounds: dict[str, Round]
) -> Callable[[Any, str], Lock]:
    def read(value: Any, path: str) -> Lock:
        fields = Fields(value, path, BadInstance, ("company", "table", "round"))
        return Lock(
            fields.reference("company", companies, "company"),
            fields.reference("table", tables, "table"),
            fields.reference("round", rounds, "round"),
        )

    return read


def _apart(companies: dict[str, Company]) -> Callable[[Any, str], tuple[str, str]]:
    def read(value: Any, path: str) -> tuple[str, str]:
        names = [Fields({"id": name}, at, BadInstance, ("id",)) for at, name in items(value, path, BadInstance)]
        if len(names) != 2:
            raise BadInstance(path, "expected two companies")
        for name in names:
            if not isinstance(name.value["id"], str) or name.value["id"] not in companies:
                raise BadInstance(name.path, f"there is no company {name.value['id']!r}")
        first, second = names[0].value["id"], names[1].value["id"]
        if first == second:
            raise BadInstance(path, f"{first!r} cannot be kept apart from itself")
        return first, second

    return read


def _named(values: Iterable[Any], key: str) -> dict[str, Any]:
    """The values by id; ids must differ."""
    by_id: dict[str, Any] = {}
    for index, value in enumerate(values):
        if value.id in by_id:
            raise BadInstance(f"$.{key}[{index}].id", f"{value.id!r} is listed twice")
        by_id[value.id] = value
    return by_id


def _different(values: tuple[Any, ...], key: str, identity: Callable[[Any], Hashable]) -> tuple[Any, ...]:
    if len(set(map(identity, values))) < len(values):
        seen = set()
        for index, value in enumerate(values):
            if identity(value) in seen:
                raise BadInstance(f"$.{key}[{index}]", "is listed twice")
            seen.add(identity(value))
    return values
