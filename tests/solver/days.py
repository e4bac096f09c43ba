"""Small days to plan: by hand with `day`, or drawn at random with every rule there is."""

from __future__ import annotations

import random
from typing import Any

import solver
from solver import Instance


def day(rounds: int = 2, tables: Any = 1, companies: Any = 2, wishes: Any = None, **more: Any) -> dict[str, Any]:
    """An instance document. Numbers mean plain things: r1…, t1… of h1…, c1…; by default everybody wishes everyone."""
    if isinstance(tables, int):
        tables = [{"id": f"t{n}", "host": f"h{n}", "capacity": 1} for n in range(1, tables + 1)]
    if isinstance(companies, int):
        companies = [{"id": f"c{n}"} for n in range(1, companies + 1)]
    if wishes is None:
        hosts = dict.fromkeys(table["host"] for table in tables)
        wishes = [(company["id"], host, 1) for company in companies for host in hosts]
    return {
        "schema": "eventday.instance/1",
        "rounds": [{"id": f"r{n}"} for n in range(1, rounds + 1)],
        "tables": tables,
        "companies": companies,
        "wishes": [_wish(each) for each in wishes],
        **more,
    }


def _wish(wish: Any) -> dict[str, Any]:
    return wish if isinstance(wish, dict) else dict(zip(("company", "host", "interest"), wish, strict=True))


def parsed(*args: Any, **more: Any) -> Instance:
    """The instance of `day`."""
    return solver.parse(day(*args, **more))


def pair(company: str, host: str) -> dict[str, str]:
    return {"company": company, "host": host}


def lock(company: str, table: str, round_id: str) -> dict[str, str]:
    return {"company": company, "table": table, "round": round_id}


def crowd(absent: float, seed: int = 3, *, seats: int = 8, minimum: int = 0, apart: int = 0) -> Instance:
    """120 companies at twelve tables in six rounds, each missing some; so many pairs are kept apart."""
    rng = random.Random(seed)
    rounds = [f"r{n}" for n in range(1, 7)]
    companies = [{"id": f"c{n}", "rounds": [r for r in rounds if rng.random() >= absent]} for n in range(120)]
    tables = [{"id": f"t{n}", "host": f"h{n}", "capacity": seats, "min": minimum} for n in range(12)]
    wishes = [(f"c{c}", f"h{h}", rng.randint(1, 5)) for c in range(120) for h in rng.sample(range(12), 7)]
    return parsed(6, tables, companies, wishes, apart=[[f"c{2 * n}", f"c{2 * n + 1}"] for n in range(apart)])


def random_day(seed: int, rules: bool = True) -> dict[str, Any]:
    """A tiny day drawn from `seed`; with `rules`, each kind of rule appears now and then."""
    rng = random.Random(seed)
    rounds = [f"r{n}" for n in range(1, rng.choice((1, 2, 2, 3)) + 1)]
    hosts = [f"h{n}" for n in range(1, rng.randint(1, 3) + 1)]
    names = [f"c{n}" for n in range(1, rng.randint(1, 4) + 1)]
    tables = [{"id": f"t{n}", "host": host, "capacity": rng.randint(1, 2)} for n, host in enumerate(hosts, 1)]
    if rng.random() < 0.3:
        tables.append({"id": "t9", "host": hosts[0], "capacity": 1})
    companies: list[dict[str, Any]] = [{"id": name} for name in names]
    everyone = [(name, host) for name in names for host in hosts]
    wished = rng.sample(everyone, min(len(everyone), rng.randint(1, 5)))
    wishes = [{"company": c, "host": h, "interest": rng.randint(1, 5)} for c, h in wished]
    document = day(len(rounds), tables, companies, wishes)
    if rules:
        _add_rules(rng, document, everyone, names, rounds)
    return document


def _add_rules(
    rng: random.Random, document: dict[str, Any], everyone: list[tuple[str, str]], names: list[str], rounds: list[str]
) -> None:
    for company in document["companies"]:
        _limit_company(rng, company, rounds)
    for table in document["tables"]:
        if rng.random() < 0.2:
            table["rounds"] = [each for each in rounds if rng.random() < 0.7]
        if rng.random() < 0.12:
            table["min"] = 1
    for wish in document["wishes"]:
        if rng.random() < 0.3:
            wish["host_interest"] = rng.randint(1, 5)
    document["hosts"] = [
        {"id": host} | ({"max_meetings": rng.randint(1, 3)} if rng.random() < 0.2 else {})
        for host in dict.fromkeys(table["host"] for table in document["tables"])
    ]
    document["must"] = [pair(*each) for each in rng.sample(everyone, min(len(everyone), rng.choice([0, 0, 1, 2])))]
    document["never"] = [pair(*each) for each in rng.sample(everyone, rng.choice([0, 0, 0, 1]))]
    if len(names) > 1 and rng.random() < 0.3:
        document["apart"] = [rng.sample(names, 2)]
    if rng.random() < 0.2:
        table = rng.choice(document["tables"])
        document["locks"] = [lock(rng.choice(names), table["id"], rng.choice(rounds))]
    document["allow_unwished"] = rng.random() < 0.15 and len(everyone) <= 6


def _limit_company(rng: random.Random, company: dict[str, Any], rounds: list[str]) -> None:
    if rng.random() < 0.3:
        company["rounds"] = [each for each in rounds if rng.random() < 0.7]
    if rng.random() < 0.1:
        company["min_meetings"] = 1
    if rng.random() < 0.2:
        company["max_meetings"] = rng.randint(1, 2)
    if rng.random() < 0.15:
        company["seats"] = 2
    if rng.random() < 0.15:
        company["delegations"] = 2
