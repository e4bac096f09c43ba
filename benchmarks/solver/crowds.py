"""Generated events: popularity is skewed, some are away, tables may have minima, companies may be kept apart."""

from __future__ import annotations

import itertools
import random
from typing import Any


def crowd(
    companies: int,
    hosts: int,
    rounds: int,
    *,
    absent: float = 0.0,
    wishes: int = 12,
    fill: float = 0.8,
    minimum: int = 0,
    apart: int = 0,
    skew: float = 0.8,
    seed: int = 1,
) -> dict[str, Any]:
    """An instance document.

    `fill` is seats per company and round, `wishes` the mean number per company (never more than hosts), `absent` the
    chance that a company misses a round, `skew` the exponent by which popularity falls with a host's rank.
    """
    rng = random.Random(seed)
    names = [f"r{n}" for n in range(1, rounds + 1)]
    capacity = max(1, round(companies * fill / hosts))
    weights = list(itertools.accumulate(1 / (rank + 1) ** skew for rank in range(hosts)))
    guests, wanted = [], []
    for number in range(1, companies + 1):
        here = [name for name in names if rng.random() >= absent]
        guests.append({"id": f"c{number}", "rounds": here})
        chosen: set[int] = set()
        target = min(hosts, rng.randint(max(1, wishes // 2), wishes + wishes // 2))
        while len(chosen) < target:
            chosen.add(rng.choices(range(hosts), cum_weights=weights)[0])
        wanted += [
            {"company": f"c{number}", "host": f"h{h + 1}", "interest": rng.randint(1, 5)} for h in sorted(chosen)
        ]
    return {
        "schema": "eventday.instance/1",
        "rounds": [{"id": name} for name in names],
        "tables": [{"id": f"t{n}", "host": f"h{n}", "capacity": capacity, "min": minimum} for n in range(1, hosts + 1)],
        "companies": guests,
        "wishes": wanted,
        "apart": [[f"c{2 * n - 1}", f"c{2 * n}"] for n in range(1, apart + 1)],
    }


def forum(seed: int = 7) -> dict[str, Any]:
    """45 × 4 × 4 with every rule: absences, minima, limits, big companies, promises, bans, locks, kept-apart pairs."""
    rng = random.Random(seed)
    document = crowd(45, 4, 4, wishes=3, absent=0.1, fill=0.7, minimum=2, apart=2, seed=seed)
    for company in document["companies"]:
        if rng.random() < 0.1:
            company["seats"] = 2
        if rng.random() < 0.1:
            company["max_meetings"] = 2
    for wish in document["wishes"]:
        if rng.random() < 0.5:
            wish["host_interest"] = rng.randint(1, 5)
    some = rng.sample(document["wishes"], 10)
    document["must"] = [{"company": wish["company"], "host": wish["host"]} for wish in some[:8]]
    document["never"] = [{"company": wish["company"], "host": wish["host"]} for wish in some[8:]]
    present = next(each for each in document["companies"] if len(each["rounds"]) == 4)
    document["locks"] = [{"company": present["id"], "table": "t2", "round": "r2"}]
    document["must"].append({"company": present["id"], "host": "h2"})
    document["must"] = [each for index, each in enumerate(document["must"]) if each not in document["must"][:index]]
    return document


def whole_forum(seed: int = 7) -> dict[str, Any]:
    """The forum with what else there is: several delegations, companies that must meet somebody, a host's limit."""
    rng = random.Random(seed + 1000)
    document = forum(seed)
    for company in document["companies"]:
        if rng.random() < 0.1:
            company["delegations"] = 2
        if rng.random() < 0.2 and len(company["rounds"]) == 4:
            company["min_meetings"] = 1
    document["hosts"] = [{"id": table["host"]} for table in document["tables"]]
    document["hosts"][0]["max_meetings"] = 22
    return document


def fully_seated(seed: int = 5) -> dict[str, Any]:
    """200 × 47 × 3: every table 3 to 7 in every round, everyone placed in every round, unwished seats allowed."""
    rng = random.Random(seed)
    weights = [1 / (rank + 1) ** 0.6 for rank in range(47)]
    wanted = []
    for number in range(200):
        chosen: set[int] = set()
        while len(chosen) < 6:
            chosen.add(rng.choices(range(47), weights)[0])
        ranked = sorted(chosen, key=lambda _: rng.random())
        wanted += [
            {"company": f"c{number}", "host": f"h{host}", "interest": max(1, 5 - rank)}
            for rank, host in enumerate(ranked)
        ]
    return {
        "schema": "eventday.instance/1",
        "rounds": [{"id": f"r{n}"} for n in (1, 2, 3)],
        "tables": [{"id": f"t{h}", "host": f"h{h}", "capacity": 7, "min": 3} for h in range(47)],
        "companies": [{"id": f"c{n}", "min_meetings": 3} for n in range(200)],
        "wishes": wanted,
        "allow_unwished": True,
    }
