"""A day of the simulation: a forum as it was published, and what becomes of it. Used by simulated_day.py."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

ROUNDS = [f"r{i}" for i in range(1, 5)]
SEATS, TABLES, COMPANIES, PROMISES = 8, 4, 45, 3
Seat = tuple[str, str, str]


@dataclass
class Luck:
    """What happens on one day; nobody knows it beforehand. Numbers are places in ROUNDS."""

    absent: set[str]
    late: dict[str, int]
    early: dict[str, int]
    walk_ins: dict[str, int]
    host_late: dict[str, int]


def forum(dice: random.Random) -> tuple[dict[str, Any], Luck]:
    """A day as published and what becomes of it. Wishes: four ranks, the first hosts more sought after."""
    hosts = [f"h{i}" for i in range(1, TABLES + 1)]
    names = [f"c{i}" for i in range(1, COMPANIES + 4)]
    wishes = []
    for name in names:
        liked = sorted(hosts, key=lambda host: dice.random() * (1 + hosts.index(host) / 2))[: dice.randint(2, 4)]
        wishes += [{"company": name, "host": host, "interest": 5 - rank} for rank, host in enumerate(liked)]
    announced, newcomers = names[:COMPANIES], names[COMPANIES:]
    wished = {(wish["company"], wish["host"]) for wish in wishes}
    unwished = [(name, host) for name in announced for host in hosts if (name, host) not in wished]
    fate = {name: dice.random() for name in announced}
    luck = Luck(
        {name for name, f in fate.items() if f < 0.08},
        {name: dice.randint(1, 2) for name, f in fate.items() if 0.08 <= f < 0.18},
        {name: dice.randint(2, 3) for name, f in fate.items() if 0.18 <= f < 0.24},
        {name: dice.randint(0, 2) for name in newcomers if dice.random() < 0.7},
        {dice.choice(hosts): 1} if dice.random() < 0.2 else {},
    )
    document = {
        "schema": "eventday.instance/1",
        "rounds": [{"id": each} for each in ROUNDS],
        "tables": [{"id": f"t{i}", "host": host, "capacity": SEATS} for i, host in enumerate(hosts, 1)],
        "companies": [{"id": name} for name in names],
        "wishes": wishes,
        "must": [{"company": name, "host": host} for name, host in dice.sample(unwished, PROMISES)],
    }
    return document, luck


def there(name: str, luck: Luck) -> list[str]:
    """The rounds in which a company really is there."""
    first = luck.late.get(name, luck.walk_ins.get(name, 0))
    return [] if name in luck.absent else ROUNDS[first : luck.early.get(name, len(ROUNDS))]


def known_at(document: dict[str, Any], luck: Luck, moment: int, newcomers: set[str]) -> dict[str, Any]:
    """The question shortly before round `moment`: who is not here misses that round, and may still come."""
    companies = []
    for company in document["companies"]:
        name, rounds = company["id"], ROUNDS
        if name in newcomers and (name not in luck.walk_ins or luck.walk_ins[name] > moment):
            rounds = []
        elif luck.early.get(name, len(ROUNDS)) <= moment:
            rounds = ROUNDS[:moment]
        elif moment < len(ROUNDS) and ROUNDS[moment] not in there(name, luck):
            rounds = [each for each in ROUNDS if each != ROUNDS[moment]]
        companies.append({"id": name, "rounds": list(rounds)})
    tables = [
        table | {"rounds": [r for r in ROUNDS if r != ROUNDS[moment] or luck.host_late.get(table["host"], 0) <= moment]}
        for table in document["tables"]
    ]
    return document | {"now": ROUNDS[moment], "companies": companies, "tables": tables}


def held(plan: list[Seat], document: dict[str, Any], luck: Luck) -> list[Seat]:
    """The meetings that really take place."""
    host = {table["id"]: table["host"] for table in document["tables"]}
    return [
        each
        for each in plan
        if each[2] in there(each[0], luck) and ROUNDS.index(each[2]) >= luck.host_late.get(host[each[1]], 0)
    ]


def met(seats: list[Seat], document: dict[str, Any]) -> int:
    """How many of the meetings somebody had wished for."""
    host = {table["id"]: table["host"] for table in document["tables"]}
    wished = {(wish["company"], wish["host"]) for wish in document["wishes"]}
    return sum((company, host[table]) in wished for company, table, _round in seats)
